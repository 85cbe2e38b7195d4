import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import vnu from "vnu-jar";
import { allPages, answers, brief, errors } from "../support/pages.js";
import { expect, test } from "../support/test.js";

// Cheap enough to be done for all.
const everyPage = [...allPages, ...answers, ...Object.keys(errors)];

test("every page is valid HTML", async ({ request }, testInfo) => {
  const folder = testInfo.outputPath("pages");
  mkdirSync(folder, { recursive: true });
  const names: Record<string, string> = {};
  for (const [number, path] of everyPage.entries()) {
    names[`${number}.html`] = brief(path);
    writeFileSync(join(folder, `${number}.html`), await (await request.get(path)).body());
  }
  // It exits with 1 when it has found something.
  const { stderr } = await promisify(execFile)("java", ["-jar", vnu, "--format", "json", folder], { maxBuffer: 1e8 }).catch((found) => found);
  const { messages } = JSON.parse(stderr) as { messages: { type: string; url: string; message: string; extract: string }[] };
  // The same fault on one page is told once.
  const errors = new Map(
    messages.filter(({ type }) => type !== "info").map(({ url, message, extract }) => [`${names[url.split("/").pop()!]}: ${message}`, extract]),
  );
  expect([...errors].map((error) => error.join(" ")), "what the checker found").toEqual([]);
});

test("every link leads to a page that exists, and to the place on it that it names", async ({ page, request }) => {
  const ids = new Map<string, Set<string>>();
  const links = new Map<string, string>();
  for (const path of everyPage) {
    await page.goto(path);
    const here = new URL(page.url());
    ids.set(here.pathname + here.search, new Set(await page.locator("[id]").evaluateAll((elements) => elements.map(({ id }) => id))));
    for (const href of await page.locator("a[href]").evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href))) {
      if (new URL(href).origin === here.origin) links.set(href, path);
    }
  }
  for (const [href, from] of links) {
    const { pathname, search, hash } = new URL(href);
    const known = ids.get(pathname + search);
    if (!known) expect.soft((await request.get(href, { maxRedirects: 0 })).status(), `${brief(href)} on ${brief(from)}`).toBe(200);
    else if (hash) expect.soft(known.has(decodeURIComponent(hash.slice(1))), `${brief(href)} on ${brief(from)}`).toBe(true);
  }
  expect(links.size).toBeGreaterThan(allPages.length);
});

test("what programs read is well-formed", async ({ page, request }) => {
  await page.goto("/");
  for (const [path, root] of Object.entries({ "/sitemap.xml": "urlset", "/flode/vagledning.atom": "feed" })) {
    const xml = await (await request.get(path)).text();
    const parsed = await page.evaluate((text) => {
      const { documentElement } = new DOMParser().parseFromString(text, "application/xml");
      return [documentElement.localName, documentElement.querySelector("parsererror")?.textContent ?? ""];
    }, xml);
    expect.soft(parsed, path).toEqual([root, ""]);
  }
  const robots = await (await request.get("/robots.txt")).text();
  expect(robots).toMatch(/^Sitemap: http.*\/sitemap\.xml$/m);
});
