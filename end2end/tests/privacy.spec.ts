import type { Request } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { articles, brief, everyPage } from "../support/pages.js";
import { Portal } from "../support/portal.js";
import { expect, test } from "../support/test.js";

// That no page asks another site for anything, breaks its security policy or writes an error to the console
// is watched in every test: see `complaints` in support/test.ts.

test("reading leaves nothing in the browser: no cookie, no storage, no worker", async ({ page, context }) => {
  for (const path of everyPage) {
    await page.goto(path, { waitUntil: "networkidle" });
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: await indexedDB.databases(),
      cookie: document.cookie,
    }));
    expect.soft(kept, brief(path)).toEqual({ local: [], session: [], databases: [], cookie: "" });
    expect.soft(context.serviceWorkers(), brief(path)).toEqual([]);
  }
  expect(await context.cookies()).toEqual([]);
});

test("a page without an island loads two small scripts and no WebAssembly", async ({ page }) => {
  let islands = 0;
  for (const path of everyPage) {
    const loaded: string[] = [];
    const note = (request: Request) => loaded.push(new URL(request.url()).pathname);
    page.on("request", note);
    await page.goto(path, { waitUntil: "networkidle" });
    page.off("request", note);
    const code = loaded.filter((file) => /\.(m?js|wasm)$/.test(file)).map((file) => file.replace(/^\/pkg\/(.*)\.[0-9a-f]+\./, "$1."));
    const written = await page.locator("script:not([src]):not([type='application/ld+json'])").count();
    expect.soft(written, `${brief(path)}: script in the page`).toBe(0);
    if (await page.locator("leptos-island").count()) {
      islands++;
      expect.soft(code.sort(), path).toEqual(["frid.js", "frid.wasm", "guard.js", "islands.js", "leave.js"]);
    } else {
      expect.soft(code.sort(), brief(path)).toEqual(["guard.js", "leave.js"]);
    }
  }
  expect(islands).toBeGreaterThan(0);
});

test("a first visit to a guidance page weighs at most 60 kB", async ({ page }) => {
  for (const path of articles) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.clearBrowserCache");
    let bytes = 0;
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(path, { waitUntil: "networkidle" });
    expect.soft(bytes, path).toBeLessThanOrEqual(60_000);
    expect.soft(bytes, path).toBeGreaterThan(5_000);
    await devtools.detach();
  }
});

test("what somebody searched for stands in nobody's log", async ({ browser }, testInfo) => {
  const folder = testInfo.outputPath("portal");
  mkdirSync(folder, { recursive: true });
  const portal = await Portal.start(folder, { FRID_LOG: "debug" });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${portal.url}/sok?q=kanariefågelbarn`);
  await page.goto(`${portal.url}/sok?q=kanariefagel+barn`);
  // The next pages are asked for with that address as referrer.
  await page.getByRole("navigation", { name: "Huvudmeny" }).getByRole("link", { name: "Ordlista" }).click();
  await page.goto(`${portal.url}/ordlista/?q=kanariefagel`);
  await page.getByRole("link", { name: "Om Frid" }).click();
  await page.goto(`${portal.url}/finns-inte?q=kanariefagel`);
  await context.close();
  await portal.stop();

  expect(portal.log).toContain("Stopped.");
  expect(grep("kanarief", folder)).toBe("");
});

/** Files under `folder` that hold `word`, databases included. */
function grep(word: string, folder: string): string {
  try {
    return execFileSync("grep", ["-rlai", word, folder], { encoding: "utf8" });
  } catch {
    return ""; // grep ends with 1 when it has found nothing
  }
}
