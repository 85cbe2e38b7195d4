import type { Page } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { expect, test } from "../support/test.js";

const count = (page: Page) => page.locator(".hits").getByRole("heading", { level: 2 });
const kinds = (page: Page) => page.getByRole("list", { name: "Typ" });
const places = (page: Page) => page.locator(".results .where");

/** The choices are folded where there is little room. */
async function unfold(page: Page): Promise<void> {
  const fold = page.getByText("Begränsa sökningen", { exact: false }).filter({ visible: true });
  if (await fold.count()) await fold.click();
}

test("a choice leaves as many hits as it says, and is taken back the same way", async ({ page }) => {
  await page.goto("/sok?q=barn");
  const all = (await count(page).textContent())!;
  await unfold(page);
  const choice = kinds(page).getByRole("link", { name: /^Regler/ });
  const promised = Number((await choice.textContent())!.match(/\((\d+)\)/)![1]);
  expect(promised).toBeGreaterThan(10);
  expect(promised).toBeLessThanOrEqual(20);
  await choice.click();
  await expect(count(page)).toHaveText(`${promised} träffar på ”barn”`);
  await expect(page).toHaveTitle(`Sök: ${promised} träffar – Frid`);
  await expect(places(page)).toHaveCount(10);
  const seen = await places(page).allTextContents();

  await page.getByRole("navigation", { name: "Fler träffar" }).getByRole("link", { name: "Nästa" }).click();
  await expect(page).toHaveTitle(`Sök: ${promised} träffar, sida 2 av 2 – Frid`);
  await expect(page.locator(".results")).toHaveAttribute("start", "11");
  seen.push(...(await places(page).allTextContents()));
  expect(seen).toHaveLength(promised);
  expect(seen.filter((place) => !place.startsWith("Regler"))).toEqual([]);

  await unfold(page);
  const chosen = kinds(page).getByRole("link", { name: "ta bort valet" });
  await expect(chosen).toHaveAttribute("aria-current", "true");
  await chosen.click();
  await expect(count(page)).toHaveText(all);
});

test("choices that leave nothing can be taken back", async ({ page, javaScriptEnabled }) => {
  await page.goto("/sok?q=orosanm%C3%A4lan&typ=ordlista&malgrupp=tandvard");
  await expect(count(page)).toHaveText("Inga träffar på ”orosanmälan” med dina val.");
  if (javaScriptEnabled !== false) expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "ta bort alla val", exact: true }).click();
  await expect(count(page)).toHaveText(/^\d+ träffar på ”orosanmälan”$/);
});

test("a word that stands nowhere is told, with what is shown in its place", async ({ page }) => {
  await page.goto("/sok?q=orosanmlan+skola");
  const told = page.getByText("”orosanmlan” finns inte i våra texter.");
  await expect(told).toBeVisible();
  await page.getByRole("link", { name: "”orosanmälan skola”" }).click();
  await expect(page.getByLabel("Vad söker du?")).toHaveValue("orosanmälan skola");
  await expect(told).toHaveCount(0);
});

test("without a hit there are words that begin alike, and each of them is found", async ({ page }) => {
  await page.goto("/sok?q=kontaqxzw");
  await expect(count(page)).toHaveText("Inga träffar på ”kontaqxzw”.");
  await page.locator("h3:text-is('Ord som börjar likadant') + ul").getByRole("link").first().click();
  await expect(count(page)).toHaveText(/^\d+ träff/);
});
