import { articles, brief, everyPage } from "../support/pages.js";
import { doubleTextSize, expect, test } from "../support/test.js";

test("no page is wider than the window, not even with text twice as large", async ({ page, viewport }) => {
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  for (const path of everyPage) {
    await page.goto(path);
    expect.soft(await width(), brief(path)).toBeLessThanOrEqual(viewport!.width);
  }
  await doubleTextSize(page);
  for (const path of everyPage) {
    await page.goto(path);
    expect.soft(await width(), `${brief(path)}, large text`).toBeLessThanOrEqual(viewport!.width);
  }
});

test("a reader may space the text out and loses none of it", async ({ page, viewport }) => {
  for (const path of ["/", "/vagledning/", articles[0], "/ordlista/", "/sok?q=barn", "/hjalp/", "/finns-inte"]) {
    await page.goto(path);
    // WCAG 1.4.12.
    await page.evaluate(() => {
      const wishes = new CSSStyleSheet();
      wishes.replaceSync(
        "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
      );
      document.adoptedStyleSheets = [wishes];
    });
    const lost = await page.evaluate(() => {
      const cut = (element: Element) => {
        const { overflowX, overflowY, clipPath } = getComputedStyle(element);
        const hides = [overflowX, overflowY].some((overflow) => ["hidden", "clip"].includes(overflow)) && clipPath === "none";
        return hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1);
      };
      return [...document.querySelectorAll("body, body *")].filter(cut).map((element) => element.outerHTML.slice(0, 80));
    });
    expect.soft(lost, path).toEqual([]);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(viewport!.width);
  }
});

test("a heading one jumps to is not hidden under the exit bar", async ({ page }) => {
  await page.goto(articles[0]);
  const entry = page.getByRole("navigation", { name: "På sidan" }).getByRole("link").nth(1);
  const id = (await entry.getAttribute("href"))!.slice(1);
  await entry.click();
  await expect(page).toHaveURL(new RegExp(`#${id}$`));
  const [heading, bar] = await Promise.all([page.locator(`[id="${id}"]`).boundingBox(), page.locator(".leave").boundingBox()]);
  expect(heading!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height);
});

test("the first use of a term leads to its explanation", async ({ page }) => {
  await page.goto(articles[0]);
  const term = page.locator(".text a.term").first();
  const id = (await term.getAttribute("href"))!.split("#")[1];
  await term.click();
  await expect(page).toHaveURL(new RegExp(`/ordlista/#${id}$`));
  await expect(page.locator(`[id="${id}"]`)).toBeInViewport();
});
