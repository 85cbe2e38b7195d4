import { expect, test } from "../support/test.js";

const terms = "dl.terms > div";

test("the words are in Swedish order under their letters", async ({ page }) => {
  await page.goto("/ordlista/");
  const words = await page.locator("dl.terms dt").allTextContents();
  expect(words.length).toBeGreaterThan(20);
  expect(words).toEqual([...words].sort(new Intl.Collator("sv").compare));
  const letters = await page.getByRole("navigation", { name: "Bokstäver" }).getByRole("link").allTextContents();
  expect(letters).toEqual(await page.locator(".letter h2").allTextContents());
});

test("a letter leads to its words", async ({ page }) => {
  await page.goto("/ordlista/");
  await page.getByRole("navigation", { name: "Bokstäver" }).getByRole("link", { name: "S", exact: true }).click();
  await expect(page.getByRole("heading", { name: "S", exact: true, level: 2 })).toBeInViewport();
});

test("the filter shows the words that match, and says how many", async ({ page, javaScriptEnabled }) => {
  await page.goto("/ordlista/");
  const all = await page.locator(terms).count();
  if (javaScriptEnabled !== false) await expect(page.locator("html")).toHaveAttribute("data-islands", "awake");
  await page.getByLabel("Filtrera ord").fill("Barnahus");
  if (javaScriptEnabled === false) await page.getByRole("button", { name: "Filtrera" }).click();
  const shown = page.locator(terms).filter({ visible: true });
  await expect(page.getByRole("status").filter({ hasText: "matchar ”" })).toHaveText(/^\d+ ord matchar ”barnahus”\.$/i);
  await expect(shown.first()).toContainText("barnahus");
  expect(await shown.count()).toBeLessThan(all);
  await expect(page.getByRole("status").filter({ hasText: "matchar ”" })).toHaveText(new RegExp(`^${await shown.count()} `));
});

test("a filter that matches nothing says so", async ({ page }) => {
  await page.goto("/ordlista/?q=sugrörsmodellen");
  await expect(page.getByText("Inget ord matchar ”sugrörsmodellen”.")).toBeVisible();
  await expect(page.locator(terms).filter({ visible: true })).toHaveCount(0);
});

test("a filter that came with the address can be widened again", async ({ page, javaScriptEnabled }) => {
  await page.goto("/ordlista/?q=barnahus");
  if (javaScriptEnabled !== false) await expect(page.locator("html")).toHaveAttribute("data-islands", "awake");
  await page.getByLabel("Filtrera ord").fill("");
  if (javaScriptEnabled === false) await page.getByRole("button", { name: "Filtrera" }).click();
  await expect.poll(() => page.locator(terms).filter({ visible: true }).count()).toBeGreaterThan(20);
});
