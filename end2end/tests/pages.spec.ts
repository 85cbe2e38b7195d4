import { articles, brief, errors, everyPage, pages } from "../support/pages.js";
import { expect, test } from "../support/test.js";

// What does not depend on the window.

test("every page has one heading, a neutral title and the help lines in the same place", async ({ page }) => {
  for (const path of everyPage) {
    await page.goto(path);
    await expect.soft(page.locator("html"), brief(path)).toHaveAttribute("lang", "sv");
    await expect.soft(page.getByRole("heading", { level: 1 }), brief(path)).toHaveCount(1);
    const title = await page.title();
    // It stays in the browser's history, where others may read it.
    expect.soft(title, brief(path)).toMatch(/^(Frid|.{2,60} – Frid)$/);
    expect.soft(title, brief(path)).not.toMatch(/våld|sugrörsmodellen|xqzwvkj/i);

    const help = page.getByRole("complementary", { name: "Hjälp på telefon" });
    const numbers = await help.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    expect.soft(numbers.slice(0, 2), brief(path)).toEqual(["tel:112", "tel:+4620505050"]);
    await expect.soft(help.getByRole("link", { name: "020-50 50 50" }), brief(path)).toBeVisible();
    const before = await page.locator("body > :not(script)").evaluateAll((parts) => parts.slice(0, 4).map((part) => part.className));
    expect.soft(before, brief(path)).toEqual(["skip", "leave", "help", "head"]);
    await expect.soft(help.getByRole("link", { name: "Surfa säkert" }), brief(path)).toBeVisible();
    await expect.soft(page.getByRole("contentinfo").getByRole("link", { name: "Tillgänglighet" }), brief(path)).toBeVisible();
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

test("every page names its own address, and a feed of what is new", async ({ page, baseURL }) => {
  for (const path of pages) {
    await page.goto(path);
    await expect.soft(page.locator("link[rel=canonical]"), path).toHaveAttribute("href", `${baseURL}${path}`);
    await expect.soft(page.locator('link[type="application/atom+xml"]'), path).toHaveAttribute("href", "/flode/vagledning.atom");
    const told = await page.locator('script[type="application/ld+json"]').allTextContents();
    const types = told.map((json) => JSON.parse(json)["@type"]);
    // Of what is arranged and of courses there is more to tell.
    expect.soft(types.filter((type) => !["Event", "Course"].includes(type)), path).toEqual(path === "/" ? [] : ["BreadcrumbList"]);
  }
});

test("error pages say what to do, with the right status", async ({ page }) => {
  for (const [path, status] of Object.entries(errors)) {
    const answer = await page.goto(path);
    expect.soft(answer!.status(), brief(path)).toBe(status);
    for (const way of ["Till startsidan", "All vägledning", "Sök", "Behöver du hjälp?"]) {
      await expect.soft(page.getByRole("main").getByRole("link", { name: way, exact: true }), brief(path)).toBeVisible();
    }
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
