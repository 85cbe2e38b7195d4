import type { Page, Route } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { expect, tabTo, test } from "../support/test.js";

const field = (page: Page) => page.getByRole("combobox", { name: "Vad söker du?" });
const list = (page: Page) => page.getByRole("listbox", { name: "Förslag" });
const options = (page: Page) => list(page).getByRole("option");
const standsOn = (page: Page) => list(page).getByRole("option", { selected: true });

test("a word is found by keyboard alone, and said aloud", async ({ page, context }) => {
  await page.goto("/sok");
  // The field says that it suggests words once it can.
  await expect(field(page)).toHaveAttribute("aria-expanded", "false");
  await tabTo(page, field(page));
  await page.keyboard.type("o");
  // All at once: one question, and one answer.
  await page.keyboard.insertText("rosan");
  await expect(list(page)).toBeVisible();
  await expect(field(page)).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("status").filter({ hasText: "förslag" })).toHaveText(`${await options(page).count()} förslag. Gå till dem med nedåtpil.`);
  await expect(standsOn(page)).toHaveCount(0);

  const offers = await options(page).allTextContents();
  for (const offer of [...offers, null, offers[0]]) {
    await page.keyboard.press("ArrowDown");
    if (offer) await expect(standsOn(page)).toHaveText(offer);
    else await expect(standsOn(page)).toHaveCount(0);
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(standsOn(page)).toHaveCount(0);
  await page.keyboard.press("ArrowUp");
  const last = offers[offers.length - 1]!;
  await expect(standsOn(page)).toHaveText(last);
  await expect(field(page)).toHaveAttribute("aria-activedescendant", (await standsOn(page).getAttribute("id"))!);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("orosan");

  for (const appearance of [{}, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }] as const) {
    await page.emulateMedia(appearance);
    expect(await axeFindings(page), JSON.stringify(appearance)).toEqual([]);
  }

  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: `på ”${last}”` })).toBeVisible();
  await expect(field(page)).toHaveValue(last);
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test("Escape closes the list and keeps the text; Tab goes on; the way out stays open", async ({ page, exitSite }) => {
  await page.goto("/sok?q=barn");
  await field(page).fill("orosan");
  await expect(list(page)).toBeVisible();
  // Three times is no wish to leave, and is not taken for one.
  await page.keyboard.press("Escape");
  await expect(list(page)).toBeHidden();
  await expect(field(page)).toHaveValue("orosan");
  await page.keyboard.press("ArrowDown");
  await expect(list(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(list(page)).toBeHidden();
  await expect(page.getByRole("main").getByRole("button", { name: "Sök" })).toBeFocused();
  await expect(field(page)).toHaveValue("orosan");
  expect(await exitSite.visits()).toEqual([]);

  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(standsOn(page)).toHaveCount(1);
  // As any other key Escape starts the count anew.
  for (const key of ["Shift", "Shift", "Escape"]) await page.keyboard.press(key);
  await expect(list(page)).toBeHidden();
  await page.keyboard.press("ArrowDown");
  await expect(list(page)).toBeVisible();
  for (const key of ["Shift", "Shift", "Shift"]) await page.keyboard.press(key);
  await page.waitForURL(exitSite.url);
});

test("one question is under way at a time, and a late answer never replaces a newer one", async ({ page }) => {
  const link = await SlowLink.on(page);
  await page.goto("/sok");
  await expect(field(page)).toHaveAttribute("aria-expanded", "false");
  await field(page).pressSequentially("orosan");
  expect(await link.next()).toBe("or");
  await link.answer(["orosanande"]);
  // What was typed meanwhile is asked in one step.
  expect(await link.next()).toBe("orosan");
  await expect(list(page)).toBeHidden();
  await link.answer(["orosanmälan", "orosanmäla"]);
  await expect(options(page)).toHaveText(["orosanmälan", "orosanmäla"]);
  // Until the next answer comes, only what still fits is shown.
  await field(page).pressSequentially("mälan");
  expect(await link.next()).toBe("orosanm");
  await expect(options(page)).toHaveText(["orosanmälan"]);
  await link.answer(["fel"]);
  expect(await link.next()).toBe("orosanmälan");
  await expect(options(page)).toHaveText(["orosanmälan"]);
  await link.fail();
  await expect(list(page)).toBeHidden();
  expect(link.most).toBe(1);

  // Would it have been seen?
  const both = page.evaluate(() => Promise.all(["a", "b"].map((q) => fetch(`/api/v1/forslag?q=${q}`).then((answer) => answer.text()))));
  expect([await link.next(), await link.next()].sort()).toEqual(["a", "b"]);
  expect(link.most).toBe(2);
  await link.answer([]);
  await link.answer([]);
  await both;
});

test("nothing moves when the list opens, and a press on a suggestion searches for it", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/sok?q=barn");
  const places = () => page.locator("h1, .hits, .results h3").evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().top + scrollY));
  const before = await places();
  await field(page).fill("skyddat bo");
  await expect(list(page)).toBeVisible();
  expect(await places()).toEqual(before);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  for (const option of await options(page).all()) expect((await option.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  const second = options(page).nth(1);
  const offer = (await second.textContent())!;
  await second.click();
  await expect(page.getByRole("heading", { level: 2, name: `på ”${offer}”` })).toBeVisible();
});

test("until the island is awake the form is an ordinary one", async ({ page }) => {
  await page.route(/\.wasm$/, () => {});
  await page.goto("/sok");
  await page.getByRole("searchbox", { name: "Vad söker du?" }).fill("orosanmälan");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: "träffar på ”orosanmälan”" })).toBeVisible();
});

/** Suggestions come when the test says so. */
class SlowLink {
  private readonly held: Route[] = [];
  private readonly asked: string[] = [];
  private arrived = () => {};
  /** Questions under way at the same time, at most. */
  most = 0;

  static async on(page: Page): Promise<SlowLink> {
    const link = new SlowLink();
    await page.route("**/api/v1/forslag?*", (route) => {
      link.held.push(route);
      link.asked.push(new URL(route.request().url()).searchParams.get("q")!);
      link.most = Math.max(link.most, link.held.length);
      link.arrived();
    });
    return link;
  }

  /** The next question, when it is there. */
  async next(): Promise<string> {
    if (this.asked.length === 0) await new Promise<void>((arrived) => (this.arrived = arrived));
    return this.asked.shift()!;
  }

  answer(forslag: string[]): Promise<void> {
    return this.held.shift()!.fulfill({ json: { forslag } });
  }

  /** An answer that nobody can read. */
  fail(): Promise<void> {
    return this.held.shift()!.fulfill({ body: "<!DOCTYPE html>" });
  }
}
