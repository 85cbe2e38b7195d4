import { expect, type Page, test as base } from "@playwright/test";
import { ExitSite } from "./exit-site.js";

type World = {
  exitSite: ExitSite;
  /** What the browser complained of, and whom it asked besides the portal. Must be empty when a test ends. */
  complaints: string[];
};

export const test = base.extend<World>({
  baseURL: async ({}, use) => use(process.env.PORTAL),

  userAgent: async ({}, use, { testId, repeatEachIndex }) => use(`Mozilla/5.0 Chromium (test ${testId} ${repeatEachIndex})`),

  exitSite: async ({ userAgent }, use) => use(new ExitSite(process.env.EXIT_SITE ?? "", userAgent ?? "")),

  complaints: [
    async ({ context, baseURL, exitSite }, use) => {
      const complaints: string[] = [];
      const ours = new URL(baseURL ?? "").origin;
      context.on("console", (message) => {
        if (!["error", "warning"].includes(message.type())) return;
        // An error page's own status is no complaint; a missing part of a page is.
        const page = message.page()?.url();
        if (page === message.location().url && message.text().startsWith("Failed to load resource")) return;
        complaints.push(`${page}: ${message.text()}`);
      });
      context.on("weberror", (error) => complaints.push(`${error.page()?.url()}: ${error.error()}`));
      context.on("request", (request) => {
        const { origin, href } = new URL(request.url());
        const leaving = request.isNavigationRequest() && href === exitSite.url;
        if (origin !== ours && !leaving) complaints.push(`asked ${href}`);
      });
      await use(complaints);
      expect(complaints, "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The way out. */
export const exitLink = (page: Page) => page.getByRole("complementary", { name: "Lämna sidan snabbt" }).getByRole("link");

/** The reader has set the browser's text to twice its size. */
export async function doubleTextSize(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
}

/** Presses Tab (or another key) until `wanted`, or something within it, has focus, as somebody without a mouse would. */
export async function tabTo(page: Page, wanted: ReturnType<Page["locator"]>, key = "Tab", atEachStop = async () => {}): Promise<void> {
  const target = await wanted.elementHandle();
  for (let stop = 0; stop < 300; stop++) {
    await page.keyboard.press(key);
    await atEachStop();
    if (await target?.evaluate((element) => element.contains(document.activeElement))) return;
  }
  throw new Error(`${key} never comes there`);
}

/** In the page: what hides the focus, if anything, and what has it; nothing after the last stop. */
export function judgeFocus(): { hidden: string; where: string } {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return { hidden: "", where: "" };
  const where = focused.outerHTML.slice(0, 100);
  const bar = document.querySelector(".leave")!;
  const edge = bar.getBoundingClientRect();
  const box = focused.getBoundingClientRect();

  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return { hidden: "no outline", where };
  if (box.bottom <= 0 || box.top >= innerHeight) return { hidden: "outside the window", where };
  // What is taller than the room below the bar cannot be seen whole.
  if (bar.contains(focused) || box.height > innerHeight - edge.height) return { hidden: "", where };
  const overlaps = [...focused.getClientRects()].some(({ top, bottom }) => top < edge.bottom - 0.5 && bottom > edge.top + 0.5);
  return { hidden: overlaps ? `under the bar: ${box.top} < ${edge.bottom}` : "", where };
}
