import { articles, brief, everyPage, pages } from "../support/pages.js";
import { doubleTextSize, expect, test } from "../support/test.js";

test("every page has one heading, a neutral title and the help lines in the same place", async ({ page }) => {
  for (const path of everyPage) {
    await page.goto(path);
    await expect.soft(page.locator("html"), brief(path)).toHaveAttribute("lang", "sv");
    await expect.soft(page.getByRole("heading", { level: 1 }), brief(path)).toHaveCount(1);
    const title = await page.title();
    // It stays in the browser's history, where others may read it.
    expect.soft(title, brief(path)).toMatch(/^(Frid|.{2,60} – Frid)$/);
    expect.soft(title, brief(path)).not.toMatch(/våld|heder|sugrörsmodellen|barn$/i);

    const help = page.getByRole("complementary", { name: "Hjälp på telefon" });
    const numbers = await help.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    expect.soft(numbers.slice(0, 2), brief(path)).toEqual(["tel:112", "tel:+4620505050"]);
    await expect.soft(help.getByRole("link", { name: "020-50 50 50" }), brief(path)).toBeVisible();
    const before = await page.locator("body > :not(script)").evaluateAll((parts) => parts.slice(0, 4).map((part) => part.className));
    expect.soft(before, brief(path)).toEqual(["skip", "leave", "help", "head"]);
    await expect.soft(page.getByRole("contentinfo").getByRole("link", { name: "Tillgänglighet" }), brief(path)).toBeVisible();
  }
});

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

test("nothing moves for a reader who asks for stillness", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of ["/", articles[0], "/ordlista/"]) {
    await page.goto(path);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .filter((element) => {
          const style = getComputedStyle(element);
          const lasts = (durations: string) => durations.split(",").some((duration) => parseFloat(duration) > 0.01);
          return style.scrollBehavior === "smooth" || lasts(style.animationDuration) || lasts(style.transitionDuration);
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    );
    expect.soft(moving, path).toEqual([]);
  }
});

test("every guidance page says how fresh it is and what it builds on", async ({ page }) => {
  expect(articles.length).toBeGreaterThanOrEqual(12);
  for (const path of articles) {
    await page.goto(path);
    const facts = page.locator("dl.meta");
    for (const fact of ["Senast uppdaterad", "Granskad", "Granskas senast", "Målgrupper"]) {
      await expect.soft(facts.getByText(fact, { exact: true }), path).toBeVisible();
    }
    await expect.soft(facts.getByRole("time").first(), path).toHaveAttribute("datetime", /^\d{4}-\d\d-\d\d$/);
    await expect.soft(page.getByRole("region", { name: "Källor" }).getByRole("listitem").first(), path).toBeVisible();
    await expect.soft(page.getByRole("navigation", { name: "Läs också" }).getByRole("link").first(), path).toBeVisible();
  }
});

test("the contents list leads to each heading, and each heading's address can be copied", async ({ page }) => {
  for (const path of articles) {
    await page.goto(path);
    const contents = page.getByRole("navigation", { name: "På sidan" });
    const entries = await contents.getByRole("link").evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.textContent]));
    expect.soft(entries.length, path).toBeGreaterThanOrEqual(3);
    for (const [address, text] of entries) {
      await expect.soft(page.locator(`[id="${address!.slice(1)}"]`), `${path}${address}`).toHaveText(text!);
    }
    const copied = await page.locator(".text h2 > a.anchor").evaluateAll((links) => links.map((link) => link.getAttribute("href") === `#${link.parentElement!.id}`));
    expect.soft(copied.length, path).toBeGreaterThan(0);
    expect.soft(copied, path).not.toContain(false);
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

test("every page names its own address, and a feed of what is new", async ({ page, baseURL }) => {
  for (const path of pages) {
    await page.goto(path);
    await expect.soft(page.locator("link[rel=canonical]"), path).toHaveAttribute("href", `${baseURL}${path}`);
    await expect.soft(page.locator('link[type="application/atom+xml"]'), path).toHaveAttribute("href", "/flode/vagledning.atom");
    const crumbs = await page.locator('script[type="application/ld+json"]').allTextContents();
    expect.soft(crumbs.map((json) => JSON.parse(json)["@type"]), path).toEqual(path === "/" ? [] : ["BreadcrumbList"]);
  }
});

test("error pages say what to do, with the right status", async ({ page }) => {
  const { errors } = await import("../support/pages.js");
  for (const [path, status] of Object.entries(errors)) {
    const answer = await page.goto(path);
    expect.soft(answer!.status(), brief(path)).toBe(status);
    for (const way of ["Till startsidan", "All vägledning", "Sök", "Behöver du hjälp?"]) {
      await expect.soft(page.getByRole("main").getByRole("link", { name: way, exact: true }), brief(path)).toBeVisible();
    }
  }
});
