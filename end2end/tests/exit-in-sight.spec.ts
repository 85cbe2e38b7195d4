import { brief, everyPage } from "../support/pages.js";
import { doubleTextSize, exitLink, expect, test } from "../support/test.js";

test("the way out is at hand on every page: among the first two Tab stops, seen, large, and leading out", async ({ page, exitSite }) => {
  for (const path of everyPage) {
    await page.goto(path);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect.soft(exitLink(page), brief(path)).toBeFocused();
    await expect.soft(exitLink(page), brief(path)).toHaveAttribute("href", exitSite.url);
    const box = await exitLink(page).boundingBox();
    expect.soft(Math.min(box!.width, box!.height), brief(path)).toBeGreaterThanOrEqual(44);
  }
});

for (const large of [false, true]) {
  test(`nothing covers the way out, however far one has scrolled${large ? ", with text twice as large" : ""}`, async ({ page }) => {
    if (large) await doubleTextSize(page);
    for (const path of everyPage) {
      await page.goto(path);
      expect.soft(await page.evaluate(coveredSomewhere), brief(path)).toEqual([]);
    }
  });
}

/** In the page: the scroll positions at which a corner or the middle of the way out cannot be clicked. */
function coveredSomewhere(): string[] {
  const link = document.querySelector("[data-leave]")!;
  const found: string[] = [];
  const end = document.documentElement.scrollHeight - innerHeight;
  for (let at = 0; ; at = Math.min(at + innerHeight / 2, end)) {
    scrollTo({ top: at, behavior: "instant" });
    const { left, right, top, bottom } = link.getBoundingClientRect();
    const points = [[left + 5, top + 5], [right - 5, top + 5], [left + 5, bottom - 5], [right - 5, bottom - 5], [(left + right) / 2, (top + bottom) / 2]];
    for (const [x, y] of points) {
      const hit = document.elementFromPoint(x, y);
      if (!link.contains(hit)) found.push(`at ${at}, ${x}, ${y}: ${hit?.outerHTML.slice(0, 80) ?? "outside the window"}`);
    }
    if (at >= end) return found;
  }
}

test("a click leaves", async ({ page, exitSite }) => {
  await page.goto("/");
  await exitLink(page).click();
  await page.waitForURL(exitSite.url);
});
