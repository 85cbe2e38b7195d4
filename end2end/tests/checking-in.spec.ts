import type { BrowserContext, Page } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { Device, invitation, join, test } from "../support/staff.js";
import { expect } from "../support/test.js";

async function register(page: Page, name: string): Promise<void> {
  await page.goto("/konferenser/provdagen/anmalan");
  await page.getByLabel("På plats").check();
  await page.getByLabel("Ditt namn").fill(name);
  await page.getByLabel("E-post", { exact: true }).fill(`${name.replace(" ", ".").toLowerCase()}@kommun.example`);
  await page.getByLabel("Organisation", { exact: true }).fill("Provköpings kommun");
  await page.getByLabel("Län som du arbetar i").selectOption("Skåne län");
  await page.getByLabel("Tåg").check();
  await page.getByRole("button", { name: "Skicka anmälan" }).click();
  await expect(page.getByText("Du har en plats.")).toBeVisible();
}

/** The path of a door that has just been opened. */
async function openDoor(page: Page): Promise<string> {
  await page.goto("/redaktion/konferenser/");
  await page.getByRole("link", { name: "Provdagen" }).click();
  await page.getByRole("link", { name: "Insläpp" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Skapa en länk" }).click();
  const link = await page.getByText("/incheckning/").textContent();
  expect(await axeFindings(page)).toEqual([]);
  return new URL(link!.trim()).pathname;
}

const kom = (page: Page, name: string) => page.getByRole("button", { name: `Kom ${name}` });
const tally = (page: Page) => page.locator(".tally");

/** A phone that has the page, and what it needs without a network. */
async function phone(context: BrowserContext, door: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(door);
  await expect(page.getByText("Nätet fungerar. Allt är skickat.")).toBeVisible();
  const isKept = () => page.evaluate(async () => (await caches.match("/incheckning/utan-nat")) !== undefined);
  await expect.poll(isKept).toBe(true);
  return page;
}

test("two phones let people in, one of them without a network, and agree afterwards", async ({ page, portal, browser, baseURL, complaints }) => {
  for (const name of ["Åsa Ek", "Bo Berg", "Di Dahl"]) await register(page, name);
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  const door = await openDoor(page);

  const contexts = [await browser.newContext({ baseURL, viewport: { width: 320, height: 640 } }), await browser.newContext({ baseURL })] as const;
  const [west, east] = [await phone(contexts[0], door), await phone(contexts[1], door)];
  await expect(tally(west)).toHaveText("0 av 3 har kommit");
  expect(await west.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  expect(await axeFindings(west)).toEqual([]);

  // The west door has no network.
  await contexts[0].setOffline(true);
  await west.getByLabel("Namn eller kod").fill("ås");
  await expect(west.getByRole("main").getByRole("listitem")).toHaveCount(1);
  await kom(west, "Åsa Ek").click();
  await expect(west.getByRole("status").filter({ hasText: "Åsa Ek kom." })).toBeVisible();
  await expect(west.getByText("En ändring väntar på att skickas.")).toBeVisible();
  await west.reload();
  await expect(tally(west)).toHaveText("1 av 3 har kommit");
  await kom(west, "Bo Berg").click();
  await expect(tally(west)).toHaveText("2 av 3 har kommit");
  expect(await axeFindings(west)).toEqual([]);

  // The east door sees Åsa too, and Di.
  await kom(east, "Åsa Ek").click();
  await kom(east, "Di Dahl").click();
  await expect(tally(east)).toHaveText("2 av 3 har kommit");

  await contexts[0].setOffline(false);
  await expect(tally(west)).toHaveText("3 av 3 har kommit");
  await expect(west.getByText("Nätet fungerar. Allt är skickat.")).toBeVisible();
  await expect(west.getByRole("heading", { name: "Avprickade två gånger" })).toBeVisible();
  await expect(west.getByText(/Åsa Ek: kom kl\. .*, avprickad igen kl\./)).toBeVisible();
  await east.reload();
  await expect(tally(east)).toHaveText("3 av 3 har kommit");

  // A mistake, taken back by the keyboard.
  await east.getByRole("button", { name: "Ångra Di Dahl" }).focus();
  await east.keyboard.press("Enter");
  await expect(tally(east)).toHaveText("2 av 3 har kommit");
  await expect(kom(east, "Di Dahl")).toBeFocused();

  // Closed: no name stays in the phone.
  await page.getByRole("button", { name: "Stäng insläppet" }).click();
  await kom(east, "Di Dahl").click();
  await expect(east.getByText("Insläppet är stängt, och listan är borttagen från telefonen.")).toBeVisible();
  expect(await east.evaluate(() => sessionStorage.length)).toBe(0);
  expect(await east.getByText("Åsa Ek").count()).toBe(0);
  for (const context of contexts) await context.close();
  expect(complaints).toEqual([]);
});

test("without JavaScript people are found, let in and taken back", async ({ page, portal, browser, baseURL }) => {
  await register(page, "Åsa Ek");
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  const door = await openDoor(page);
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(door);
  await plain.getByLabel("Namn eller kod").fill("ek");
  await plain.getByRole("button", { name: "Sök", exact: true }).last().click();
  await kom(plain, "Åsa Ek").click();
  await expect(plain.getByText("Åsa Ek kom kl.")).toBeVisible();
  await expect(tally(plain)).toHaveText("1 av 1 har kommit");
  await plain.getByRole("button", { name: "Ångra Åsa Ek" }).click();
  await expect(tally(plain)).toHaveText("0 av 1 har kommit");
  await context.close();
});
