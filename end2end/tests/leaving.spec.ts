import type { Page } from "@playwright/test";
import { Frames } from "../support/frames.js";
import { articles } from "../support/pages.js";
import { exitLink, expect, test } from "../support/test.js";

const article = articles[0];
/** What the page says to a screen reader while Shift is counted. */
const announced = ".leave [role=status]";

const ways: Record<string, (page: Page) => Promise<void>> = {
  "a click": (page) => exitLink(page).click({ noWaitAfter: true }),
  "a click with Ctrl held": (page) => exitLink(page).click({ noWaitAfter: true, modifiers: ["Control"] }),
  "a middle click": (page) => exitLink(page).click({ noWaitAfter: true, button: "middle" }),
  Enter: async (page) => {
    await exitLink(page).focus();
    await page.keyboard.press("Enter");
  },
  "Shift three times, left and right mixed": async (page) => {
    for (const key of ["ShiftLeft", "ShiftRight", "ShiftLeft"]) await page.keyboard.press(key);
  },
  "Shift three times in the search field": async (page) => {
    await page.getByRole("searchbox").focus();
    for (const key of ["ShiftRight", "ShiftRight", "ShiftRight"]) await page.keyboard.press(key);
  },
};

for (const [way, leave] of Object.entries(ways)) {
  test(`${way} clears the screen before the next frame, even if the exit site hangs, and does not tell it from where`, async ({ page, context, exitSite }) => {
    await exitSite.hang();
    const frames = await Frames.watch(page);
    // Heard before the page's own listeners; what it asks for comes when they all have run, before anything is painted.
    await page.addInitScript(() => {
      const hear = () => requestAnimationFrame(() => console.debug("next frame"));
      for (const event of ["click", "auxclick"]) addEventListener(event, hear, { capture: true });
    });
    await page.goto("/om/");
    await expect.poll(() => frames.texts).not.toEqual([]);
    const nextFrame = page.waitForEvent("console", (message) => message.text() === "next frame");
    await leave(page);
    await nextFrame;
    frames.forget();
    await expect.poll(async () => (await exitSite.visits()).length).toBe(1);
    await expect.poll(() => frames.ours.length).toBeGreaterThan(30);
    expect(frames.texts).toEqual([]);
    expect(frames.titles).toEqual(["Laddar"]);
    expect(Math.max(...frames.ours.map(({ parts }) => parts))).toBe(0);

    const [visit, ...more] = await exitSite.visits();
    expect(more).toEqual([]);
    for (const telling of ["referer", "origin", "cookie"]) expect(visit).not.toHaveProperty(telling);
    expect(context.pages()).toHaveLength(1);
  });
}

test("nothing is left of the page when the click has been heard, even if the exit site hangs", async ({ page, exitSite }) => {
  await exitSite.hang();
  await page.goto(article);
  // How long that is, `script/bench leaving` says.
  const left = await page.evaluate(() => {
    document.querySelector<HTMLElement>("[data-leave]")!.click();
    return { shown: document.documentElement.checkVisibility(), parts: document.body.childNodes.length };
  });
  expect(left).toEqual({ shown: false, parts: 0 });
});

test("typing capitals, tabbing backwards and clicking with Shift are no wish to leave", async ({ page, exitSite }) => {
  await page.goto("/om/");
  await page.getByRole("searchbox").focus();
  for (const key of ["KeyO", "KeyR", "KeyO", "KeyS"]) await page.keyboard.press(`Shift+${key}`);
  for (let back = 0; back < 4; back++) await page.keyboard.press("Shift+Tab");
  for (let click = 0; click < 4; click++) await page.getByRole("heading", { level: 1 }).click({ modifiers: ["Shift"] });
  for (const key of ["Control+Shift", "Alt+Shift", "Control+Shift", "Alt+Shift"]) await page.keyboard.press(key);
  await page.keyboard.down("Shift");
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down("Shift");
  await page.keyboard.up("Shift");
  // All of that counts as one press at most: two more are needed, and the page is still there to count them.
  await expect(page.locator(announced)).toHaveText("Tryck Skift två gånger till för att lämna sidan");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(await exitSite.visits()).toEqual([]);
});

test("each Shift is announced; more than five seconds between two start the count anew", async ({ page, exitSite }) => {
  await page.clock.install({ time: "2026-01-01T12:00:00" });
  await page.goto("/om/");
  await page.clock.pauseAt("2026-01-01T12:01:00");
  await page.keyboard.press("ShiftLeft");
  await expect(page.locator(announced)).toHaveText("Tryck Skift två gånger till för att lämna sidan");
  await page.clock.runFor(4900);
  await page.keyboard.press("ShiftRight");
  await expect(page.locator(announced)).toHaveText("Tryck Skift en gång till för att lämna sidan");
  await page.clock.runFor(5100);
  await expect(page.locator(announced)).toBeEmpty();

  await page.keyboard.press("ShiftLeft");
  await page.keyboard.press("ShiftLeft");
  await expect(page.locator(announced)).toHaveText("Tryck Skift en gång till för att lämna sidan");
  expect(await exitSite.visits()).toEqual([]);
  await page.clock.runFor(4900);
  await page.keyboard.press("ShiftLeft");
  await page.waitForURL(exitSite.url);
});

test("the way out works before the rest of the page has come", async ({ page, exitSite }) => {
  // Never answered: neither the keys nor the islands wake.
  await page.route(/leave|islands|wasm/, () => {});
  await page.goto("/ordlista/", { waitUntil: "commit" });
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
});

test("the way out works where the browser stores nothing", async ({ page, exitSite }) => {
  await page.addInitScript(() => {
    for (const storage of ["sessionStorage", "localStorage"]) {
      Object.defineProperty(window, storage, {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      });
    }
  });
  await page.goto(article);
  for (let press = 0; press < 3; press++) await page.keyboard.press("ShiftLeft");
  await page.waitForURL(exitSite.url);
  await page.goto(article);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a search is not told to the exit site", async ({ page, exitSite }) => {
  await page.goto("/sok?q=barn");
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
  expect(JSON.stringify(await exitSite.visits())).not.toMatch(/barn|sok|referer/);
});
