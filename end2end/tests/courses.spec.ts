import type { Locator, Page } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { expect, tabTo, test } from "../support/test.js";

const first = "/utbildning/kurser/prov/alla-slag/";
const question = (page: Page, id: string) => page.locator(`section#fraga-${id}`);
/** What axe finds with the whole of every target in sight: at the edge of the exit bar some are half covered. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(() => scrollTo(0, 0));
  return axeFindings(page);
}
const send = (asked: Locator) => asked.getByRole("button").click();

/** Right answers to every question of the first module. */
async function answerAll(page: Page): Promise<void> {
  const said = (id: string) => expect(question(page, id).getByText(/^(Rätt\.|Det slutade bra\.)$/)).toBeVisible();
  await question(page, "vanta").getByLabel("Anmäler genast.").check();
  await send(question(page, "vanta"));
  await said("vanta");
  await question(page, "tecken").getByLabel("Hen får aldrig följa med.").check();
  await question(page, "tecken").getByLabel("Någon väntar alltid utanför.").check();
  await send(question(page, "tecken"));
  await said("tecken");
  const places = ["Skyddsbedömning", "Beslut om utredning", "Utredningen är klar"];
  for (const [at, part] of places.entries()) await question(page, "efter").getByLabel(part).selectOption(String(at + 1));
  await send(question(page, "efter"));
  await said("efter");
  const pairs = { Polisen: "utreder brott", Socialnämnden: "bedömer skydd", Vården: "frågar och dokumenterar" };
  for (const [left, right] of Object.entries(pairs)) await question(page, "vem").getByLabel(left).selectOption(right);
  await send(question(page, "vem"));
  await said("vem");
  await question(page, "kvallen").getByLabel("Ringer socialjouren.").check();
  await send(question(page, "kvallen"));
  await question(page, "kvallen").getByLabel("Berättar allt.").check();
  await send(question(page, "kvallen"));
  await said("kvallen");
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`a whole course is taken, kept and certified, ${how}`, async ({ browser, baseURL, request }) => {
    const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto("/utbildning/");
    await page.getByRole("link", { name: "Provkursen" }).click();
    await page.getByRole("link", { name: "Börja läsa" }).click();
    await expect(page).toHaveURL(first);
    if (javaScriptEnabled) await expect(page.locator("html[data-islands=awake]")).toHaveCount(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);

    // Nothing chosen, then something wrong: both are told where they are.
    await send(question(page, "vanta"));
    await expect(question(page, "vanta").getByText("Välj ett svar först.")).toBeVisible();
    await question(page, "vanta").getByLabel("Väntar på bevis.").check();
    await send(question(page, "vanta"));
    await expect(question(page, "vanta").getByText("Inte riktigt.")).toBeVisible();
    await expect(question(page, "vanta").getByText("Misstanke räcker.", { exact: true })).toBeVisible();
    await expect(question(page, "vanta").getByRole("link", { name: "19 kap. 1 § SoL" })).toBeVisible();
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    await answerAll(page);
    await expect(page.getByText("Modulen är klar: 5 av 5 frågor rätt.")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);

    // Only now is anything kept.
    await page.getByRole("button", { name: "Spara mina svar" }).click();
    await expect(page.getByText("Sparat. Skriv upp koden eller spara länken.")).toBeVisible();
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    const code = (await page.locator("code.key").textContent())!;
    await context.close();

    // Another day, another device.
    const other = await browser.newContext({ baseURL, javaScriptEnabled });
    const there = await other.newPage();
    await there.goto("/utbildning/mina-kurser/");
    await there.getByLabel("Kursens kod").fill(code.toLowerCase());
    await there.getByRole("button", { name: "Fortsätt" }).click();
    await expect(there.getByRole("listitem").filter({ hasText: "Frågor av alla slag" }).getByText("Klar")).toBeVisible();
    await there.getByRole("link", { name: "Börja på ”En fråga till”" }).click();
    await question(there, "tolk").getByLabel("Maken.").check();
    await send(question(there, "tolk"));
    await expect(question(there, "tolk").getByText("Aldrig en anhörig.")).toBeVisible();
    await question(there, "tolk").getByLabel("En bokad tolk.").check();
    await send(question(there, "tolk"));
    await expect(question(there, "tolk").getByText("Rätt.", { exact: true })).toBeVisible();
    await there.goto(there.url().replace(/en-fraga\/.*/, ""));
    await there.getByRole("link", { name: "Hämta ditt intyg" }).click();
    await there.getByRole("button", { name: "Hämta intyg (pdf)" }).click();
    await expect(there.getByRole("link", { name: "Skriv namnet som ska stå på intyget." })).toBeVisible();
    if (javaScriptEnabled) expect(await findings(there)).toEqual([]);
    await there.getByLabel("Ditt namn").fill("Åsa Ek");
    const download = there.waitForEvent("download");
    await there.getByRole("button", { name: "Hämta intyg (pdf)" }).click();
    expect((await download).suggestedFilename()).toBe("intyg.pdf");
    await there.reload();
    const certificate = (await there.getByText(/Intyget har koden/).textContent())!.match(/\S{4}-\S{4}-\S{4}/)![0];
    await other.close();
    const checked = await (await request.get(`/intyg/${certificate}/`)).text();
    expect(checked).toContain("Intyget är äkta");
    expect(checked).not.toContain("Åsa Ek");
  });
}

test("a module is read and answered by keyboard alone", async ({ page }) => {
  await page.goto(first);
  await expect(page.locator("html[data-islands=awake]")).toHaveCount(1);
  await tabTo(page, question(page, "vanta").getByLabel("Väntar på bevis."));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  // What is said has the focus, so that it is read out.
  await expect(question(page, "vanta").locator("[data-feedback]")).toBeFocused();
  await expect(question(page, "vanta").getByText("Skyldigheten är personlig.")).toBeVisible();
  await tabTo(page, question(page, "kvallen").getByLabel("Ringer hem."));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(question(page, "kvallen").getByText("Du valde: Ringer socialjouren.")).toBeVisible();
});

test("what is thought about is sent nowhere", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.goto(first);
  await page.getByLabel("Vem ringer ni en fredag kväll?").fill("kanariefrida");
  await question(page, "vanta").getByLabel("Anmäler genast.").check();
  await send(question(page, "vanta"));
  await expect(question(page, "vanta").getByText("Rätt.", { exact: true })).toBeVisible();
  expect(sent.filter((one) => one.includes("kanariefrida"))).toEqual([]);
  await expect(page.getByLabel("Vem ringer ni en fredag kväll?")).toHaveValue("kanariefrida");
});

test("thirty answer in a group, and the leader's page follows by itself", async ({ page, browser, baseURL, request }) => {
  await page.goto("/utbildning/kurser/prov/");
  await page.getByLabel("Modul", { exact: true }).selectOption("Frågor av alla slag");
  await page.getByRole("button", { name: "Starta en grupp" }).click();
  await expect(page.getByText("Ingen deltar än.")).toBeVisible();
  expect(await findings(page)).toEqual([]);
  const code = (await page.locator(".group-code").textContent())!.trim();
  expect(code).toMatch(/^[0-9A-Z]{6}$/);

  // One on a phone, as people are; the others as their browsers would send it.
  const phone = await browser.newContext({ baseURL, viewport: { width: 320, height: 640 } });
  const own = await phone.newPage();
  await own.goto(`/utbildning/grupp/${code}/`);
  await own.getByRole("button", { name: "Delta" }).click();
  await expect(page.getByText("En deltar.")).toBeVisible();
  expect(await findings(own)).toEqual([]);
  await question(own, "vanta").getByLabel("Anmäler genast.").check();
  await send(question(own, "vanta"));
  await expect(question(own, "vanta").getByText("Rätt.", { exact: true })).toBeVisible();
  const spread = page.getByRole("region", { name: "Fråga 1" });
  await expect(spread.getByText("1 har svarat. Fördelningen visas när minst 3 har svarat.")).toBeVisible();

  const headers = { "sec-fetch-site": "same-origin" };
  for (let member = 1; member < 30; member++) {
    const joined = await request.post("/utbildning/grupp/", { form: { kod: code }, headers, maxRedirects: 0 });
    const there = joined.headers().location!;
    for (const svar of ["2", member % 3 === 0 ? "1" : "2"]) await request.post(there, { form: { fraga: "vanta", svar }, headers, maxRedirects: 0 });
  }
  await expect(page.getByText("30 deltar.")).toBeVisible();
  await expect(spread.getByText("30 har svarat.")).toBeVisible();
  await expect(spread.getByRole("row", { name: /Väntar på bevis/ })).toContainText("9");
  await expect(spread.getByRole("row", { name: /Anmäler genast/ })).toContainText("21");
  expect(await findings(page)).toEqual([]);

  // What was answered here is one's own to go on with.
  await own.getByRole("button", { name: "Spara mina svar" }).click();
  await expect(own.getByText("Påbörjad: 1 av 5 frågor besvarade")).toBeVisible();
  await page.getByRole("button", { name: "Avsluta och radera" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gruppen är avslutad");
  await own.goto(`/utbildning/grupp/${code}/`);
  await expect(own.getByText("Ingen grupp har den koden just nu.")).toBeVisible();
  await phone.close();
});

test("the printed course has its answers last", async ({ page }) => {
  await page.goto("/utbildning/kurser/prov/utskrift/");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 2 }).last()).toHaveText("Svar");
  await expect(page.getByRole("main")).toContainText("Rätt ordning:");
  expect(await findings(page)).toEqual([]);
});
