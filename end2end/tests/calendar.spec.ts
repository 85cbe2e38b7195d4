import { axeFindings } from "../support/axe.js";
import { expect, test } from "../support/test.js";

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`the calendar is narrowed to a county and widened again, ${how}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto("/");
    await page.getByRole("region", { name: "På gång" }).getByRole("link", { name: "Hela kalendern" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kalender");
    await expect(page.getByRole("link", { name: "Exempel: Från oro till skydd" })).toBeVisible();

    await page.getByLabel("Län", { exact: true }).selectOption("Västerbottens län");
    await page.getByRole("button", { name: "Visa" }).click();
    await expect(page).toHaveURL(/lan=vasterbotten/);
    await expect(page).toHaveTitle("Kalender: Västerbottens län – Frid");
    await expect(page.getByLabel("Län", { exact: true })).toHaveValue("vasterbotten");
    await expect(page.getByRole("link", { name: /^Exempel: Att bli trodd/ })).toBeVisible();
    await expect(page.getByRole("link", { name: "Exempel: Från oro till skydd" })).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);

    await page.getByLabel("Typ", { exact: true }).selectOption("Konferens");
    await page.getByRole("button", { name: "Visa" }).click();
    await expect(page.getByRole("main")).toContainText("Inget är planerat med dina val.");
    await page.getByRole("link", { name: "Visa hela kalendern" }).first().click();
    await expect(page).toHaveURL(/\/kalender\/$/);
    await context.close();
  });
}

test("what has been stands apart, and leads to what was said", async ({ page }) => {
  await page.goto("/kalender/");
  const held = page.getByRole("region", { name: "Genomfört" });
  await held.getByRole("link", { name: "Exempel: Dialogmöte i Borås" }).click();
  await expect(page.getByRole("main")).toContainText("Frågan ställs för sällan.");
  await page.getByRole("navigation", { name: "Länkstig" }).getByRole("link", { name: "Dialogmöten" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tillsammans i länet");
  await expect(page.getByRole("link", { name: "Exempel: Dialogmöte i Skövde" })).toBeVisible();
});

test("an event is found by search, by its kind", async ({ page }) => {
  await page.goto("/sok?q=temadag+funktionsneds%C3%A4ttning&typ=temadag");
  await page.getByRole("link", { name: /^Exempel: Att bli trodd/ }).click();
  await expect(page).toHaveURL(/\/temadagar\/natverksdagar-i-vasterbotten\/20\d\d\/$/);
});

test("a subscription follows what was chosen, and tells nobody beside the screen what it is about", async ({ page }) => {
  await page.goto("/kalender/?typ=dialogmote");
  const file = page.getByRole("link", { name: /som kalenderfil/ });
  await expect(file).toHaveAttribute("href", "/kalender.ics?typ=dialogmote");
  const ics = await (await page.request.get((await file.getAttribute("href"))!)).text();
  expect(ics.match(/BEGIN:VEVENT/g)).toHaveLength(5);
  expect(ics).toContain("SUMMARY:Exempel: Dialogmöte i Skövde");
});
