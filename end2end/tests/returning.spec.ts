import type { Page } from "@playwright/test";
import { Frames } from "../support/frames.js";
import { articles } from "../support/pages.js";
import { exitLink, expect, test } from "../support/test.js";

// What the way back shows in the tab that somebody has left. Run with and without the browser's cache of whole pages.

const read = ["/", "/vagledning/", articles[0]];

// A page out of the cache is not loaded, so there is no end of loading to wait for.
const back = (page: Page) => page.goBack({ waitUntil: "commit" }).catch(() => {});
const forward = (page: Page) => page.goForward({ waitUntil: "commit" }).catch(() => {});

test("the browser of this run keeps pages for Back, or does not, as its name says", async ({ page }, { project }) => {
  const shown: string[] = [];
  page.on("console", (message) => shown.push(message.text()));
  await page.addInitScript(() => addEventListener("pageshow", ({ persisted }) => console.debug(`persisted ${persisted}`)));
  await page.goto("/");
  await page.goto("/vagledning/");
  await back(page);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Vägledning");
  await expect.poll(() => shown.at(-1)).toBe(`persisted ${project.metadata.kept}`);
});

for (let deep = 1; deep <= read.length; deep++) {
  test(`Back shows nothing of ours in any frame, after ${deep} page${deep > 1 ? "s" : ""}, as often as one likes`, async ({ page, exitSite }) => {
    const frames = await Frames.watch(page);
    for (const path of read.slice(-deep)) await page.goto(path);
    await expect.poll(() => frames.texts).not.toEqual([]);
    await exitLink(page).click();
    await page.waitForURL(exitSite.url);
    frames.forget();

    // The page one leaves from has lost its place in the history; each of the others leads out again.
    for (let again = 1; again < deep; again++) {
      await back(page);
      await expect.poll(async () => (await exitSite.visits()).length).toBe(1 + again);
      await expect(page).toHaveURL(exitSite.url);
      await expect(page.getByRole("heading")).toHaveText("Vädret i dag");
    }
    await back(page);
    await expect(page).toHaveURL("about:blank");
    await forward(page);
    await expect(page).toHaveURL(exitSite.url);
    await expect(page.getByRole("heading")).toHaveText("Vädret i dag");
    expect(frames.texts).toEqual([]);
  });
}

test("Back does not put our title on the tab", async ({ page, exitSite }) => {
  const frames = await Frames.watch(page);
  for (const path of read) await page.goto(path);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
  frames.forget();
  await back(page);
  await expect.poll(async () => (await exitSite.visits()).length).toBe(2);
  await expect(page).toHaveURL(exitSite.url);
  expect(frames.titles.filter((title) => title !== "Laddar")).toEqual([]);
});

test("Back stays blank when the exit site hangs", async ({ page, exitSite }) => {
  const frames = await Frames.watch(page);
  for (const path of read) await page.goto(path);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
  await exitSite.hang();
  frames.forget();
  await back(page);
  await expect.poll(async () => (await exitSite.visits()).length).toBe(2);
  expect(frames.texts).toEqual([]);
});

test("who comes back on purpose can read on", async ({ page, exitSite }) => {
  for (const path of read) await page.goto(path);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);

  const heading = page.getByRole("heading", { level: 1 });
  await page.goto("/om/");
  await expect(heading).toHaveText("Om Frid");
  await page.reload();
  await expect(heading).toHaveText("Om Frid");
  await page.getByRole("navigation", { name: "Huvudmeny" }).getByRole("link", { name: "Vägledning" }).click();
  await expect(heading).toHaveText("Vägledning");
  await back(page);
  await expect(heading).toHaveText("Om Frid");
});

test("a new tab is a new start", async ({ page, context, exitSite }) => {
  await page.goto(articles[0]);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
  const tab = await context.newPage();
  await tab.goto("/");
  await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
});
