import { expect, test } from "../support/test.js";

test("a search from any page leads to what answers it", async ({ page }) => {
  await page.goto("/om/");
  await page.getByRole("searchbox", { name: "Sök på Frid" }).fill("orosanmälan");
  await page.getByRole("button", { name: "Sök" }).click();
  await expect(page).toHaveURL(/\/sok\?q=orosanm%C3%A4lan$/);
  await expect(page.getByRole("status").filter({ hasText: "träffar på ”orosanmälan”" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "träffar på ”orosanmälan”" })).toBeVisible();
  await expect(page.locator("mark").filter({ hasText: /orosanm/i }).first()).toBeVisible();
  await page.locator(".results").getByRole("link", { name: /^Orosanmälan/ }).first().click();
  await expect(page).toHaveURL(/\/vagledning\/orosanmalan(#|$)/);
});

test("the start page searches too, and what was typed is kept", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("main").getByRole("searchbox").fill("skyddat boende");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Vad söker du?")).toHaveValue("skyddat boende");
  await expect(page.locator(".results").getByRole("link").first()).toBeVisible();
});

test("without a hit there is advice", async ({ page }) => {
  await page.goto("/sok?q=xqzwvkj");
  await expect(page.getByText("Inga träffar på ”xqzwvkj”.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "vart du kan vända dig" })).toBeVisible();
});

test("what is typed is text, never a part of the page", async ({ page }) => {
  await page.goto(`/sok?q=${encodeURIComponent('"><img src=x onerror=alert(1)><script>alert(2)</script>')}`);
  await expect(page.getByRole("main")).toContainText("<img src=x");
  await expect(page.locator("img, main script")).toHaveCount(0);
});
