import { type IncomingHttpHeaders, request as ask, type RequestOptions } from "node:http";
import { brief, everyPage } from "../support/pages.js";
import { expect, test } from "../support/test.js";

type Answer = { status: number; headers: IncomingHttpHeaders };

/** As raw as can be: a browser would mend the address and refuse to send some headers. */
function send(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { hostname, port } = new URL(process.env.PORTAL ?? "");
  return new Promise((answered, failed) => {
    const request = ask({ hostname, port, path, ...options }, (response) => {
      response.resume().on("end", () => answered({ status: response.statusCode!, headers: response.headers }));
    });
    request.on("error", failed).end();
  });
}

const kinds: Record<string, { status: number; path: string; options?: RequestOptions }> = {
  "a search": { status: 200, path: "/sok?q=barn" },
  "HEAD of a page": { status: 200, path: "/om/", options: { method: "HEAD" } },
  "a redirect": { status: 308, path: "/om" },
  "the sitemap": { status: 200, path: "/sitemap.xml" },
  "robots.txt": { status: 200, path: "/robots.txt" },
  "the feed": { status: 200, path: "/flode/vagledning.atom" },
  health: { status: 200, path: "/healthz" },
  "the icon": { status: 200, path: "/favicon.ico" },
  "a file that is missing": { status: 404, path: "/pkg/saknas.css" },
  "a broken address": { status: 400, path: "/%ff" },
  "a step upwards": { status: 400, path: "/a/../b" },
  "a method of another site": { status: 403, path: "/om/", options: { method: "POST", headers: { "sec-fetch-site": "cross-site" } } },
  "a method of no site": { status: 403, path: "/om/", options: { method: "DELETE" } },
  "a method that nothing takes": { status: 405, path: "/om/", options: { method: "POST", headers: { "sec-fetch-site": "same-origin" } } },
  "a withdrawn page": { status: 410, path: "/vagledning/indragen-sida" },
  "too much in one go": { status: 413, path: "/om/", options: { method: "POST", headers: { "sec-fetch-site": "same-origin", "content-length": "9000000" } } },
  "an address that is too long": { status: 414, path: `/${"a".repeat(5000)}` },
  "another host": { status: 421, path: "/", options: { headers: { host: "annan.example" } } },
  "headers without end": { status: 431, path: "/", options: { headers: { "x-long": "a".repeat(20_000) } } },
};

for (const [kind, { status, path, options }] of Object.entries(kinds)) {
  test(`${kind} (${status}) is answered with every security header`, async () => {
    const answer = await send(path, options);
    expect(answer.status).toBe(status);
    guarded(answer, kind);
  });
}

test("every page and every file it needs is answered with every security header", async ({ page }) => {
  const files = new Set<string>();
  for (const path of everyPage) {
    guarded(await send(path), brief(path));
    await page.goto(path);
    for (const href of await page.locator("link[rel=stylesheet], link[rel=icon], script[src]").evaluateAll((parts) => parts.map((part) => part.getAttribute("href") ?? part.getAttribute("src")))) {
      files.add(href!);
    }
  }
  expect(files.size).toBeGreaterThanOrEqual(4);
  for (const file of files) {
    const answer = await send(file, { headers: { "accept-encoding": "br" } });
    guarded(answer, file);
    expect.soft(answer.headers["content-encoding"], file).toBe("br");
    expect.soft(answer.headers["cache-control"], file).toContain("immutable");
  }
});

test("a page that has not changed is not sent again, and is guarded all the same", async () => {
  const { headers } = await send("/om/");
  const again = await send("/om/", { headers: { "if-none-match": headers.etag } });
  expect(again.status).toBe(304);
  guarded(again, "304");
});

test("only a page with an island may compile WebAssembly", async ({ page }) => {
  for (const path of everyPage) {
    const policy = (await (await page.goto(path))!.allHeaders())["content-security-policy"];
    const island = (await page.locator("leptos-island").count()) > 0;
    expect.soft(policy.includes("'wasm-unsafe-eval'"), brief(path)).toBe(island);
  }
});

function guarded({ headers }: Answer, what: string): void {
  const policy = Object.fromEntries((headers["content-security-policy"] as string).split(";").map((part) => part.trim().split(/ (.*)/)));
  expect.soft(policy, what).toMatchObject({ "default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'", "form-action": "'self'" });
  expect.soft(policy["script-src"], what).toMatch(/^'self'( 'wasm-unsafe-eval')?$/);
  expect.soft(JSON.stringify(policy), what).not.toMatch(/unsafe-inline|'unsafe-eval'|http:|https:|data:|\*/);
  expect.soft(headers, what).toMatchObject({
    "strict-transport-security": expect.stringMatching(/max-age=\d{8,}/),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
  });
  for (const telling of ["set-cookie", "server", "x-powered-by"]) expect.soft(headers, what).not.toHaveProperty(telling);
}
