import { watchFrames } from "../support/frames.js";
import { articles } from "../support/pages.js";
import { exitLink, expect, test } from "../support/test.js";

// What the way back shows in the tab that somebody has left. Run with and without the browser's cache of whole pages.

const read = ["/", "/vagledning/", articles[0]];

test("the browser of this run keeps pages for Back, or does not, as its name says", async ({ page }, { project }) => {
  await page.addInitScript(() => addEventListener("pageshow", ({ persisted }) => console.debug(`persisted ${persisted}`)));
  await page.goto("/");
  await page.goto("/vagledning/");
  const shown = page.waitForEvent("console", (message) => message.text().startsWith("persisted"));
  await page.goBack();
  expect((await shown).text()).toBe(`persisted ${project.metadata.kept}`);
});

for (let deep = 1; deep <= read.length; deep++) {
  test(`Back shows nothing of ours in any frame, after ${deep} page${deep > 1 ? "s" : ""}, as often as one likes`, async ({ page, exitSite }) => {
    const frames = await watchFrames(page);
    for (const path of read.slice(-deep)) await page.goto(path);
    await expect.poll(() => frames.some(({ text }) => text !== "")).toBe(true);
    await exitLink(page).click();
    await page.waitForURL(exitSite.url);
    frames.length = 0;

    // The page one leaves from has lost its place in the history; each of the others leads out again.
    for (let back = 1; back < deep; back++) {
      await page.goBack({ waitUntil: "commit" }).catch(() => {});
      await expect.poll(async () => (await exitSite.visits()).length).toBe(1 + back);
      await page.waitForURL(exitSite.url);
    }
    await page.goBack({ waitUntil: "commit" });
    await expect(page).toHaveURL("about:blank");
    expect(ours(frames)).toEqual([]);

    await page.goForward({ waitUntil: "commit" }).catch(() => {});
    await page.waitForURL(exitSite.url);
    expect(ours(frames)).toEqual([]);
  });
}

/** Frames in which something of the portal could be read, in the window or in its title. */
function ours(frames: import("../support/frames.js").Frame[]) {
  const portal = frames.filter(({ url }) => url.startsWith(process.env.PORTAL ?? ""));
  return portal.filter(({ text, title }) => text !== "" || !["", "Laddar"].includes(title));
}

test("Back to a site that hangs stays blank", async ({ page, exitSite }) => {
  const frames = await watchFrames(page);
  for (const path of read) await page.goto(path);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
  await exitSite.hang();
  frames.length = 0;
  await page.goBack({ waitUntil: "commit" }).catch(() => {});
  await expect.poll(async () => (await exitSite.visits()).length).toBe(2);
  await expect.poll(() => frames.filter(({ url }) => url.startsWith(process.env.PORTAL ?? "")).length).toBeGreaterThan(30);
  expect(ours(frames)).toEqual([]);
});

test("who comes back on purpose can read on", async ({ page, exitSite }) => {
  for (const path of read) await page.goto(path);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);

  await page.goto("/ordlista/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ordlista");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ordlista");
  await page.getByRole("navigation", { name: "Huvudmeny" }).getByRole("link", { name: "Om" }).click();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ordlista");
});

test("a new tab is a new start", async ({ page, context, exitSite }) => {
  await page.goto(articles[0]);
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
  const tab = await context.newPage();
  await tab.goto("/");
  await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
});
