import type { Page } from "@playwright/test";

/** What one animation frame, or one change of the title, lets somebody see. */
export type Frame = { url: string; title: string; text: string; parts: number; at: number };

/** Notes every frame of every page from now on, also of pages that come out of the browser's cache. */
export class Frames {
  private all: Frame[] = [];
  private since = 0;

  private constructor() {}

  static async watch(page: Page): Promise<Frames> {
    const frames = new Frames();
    page.on("console", (message) => {
      const [mark, frame] = [message.text().slice(0, 6), message.text().slice(6)];
      if (mark === "frame:") frames.all.push(JSON.parse(frame));
    });
    await page.addInitScript(() => {
      const note = () => {
        const rendered = document.documentElement?.checkVisibility() && document.body;
        const text = rendered ? document.body.innerText.trim().slice(0, 80) : "";
        console.debug(`frame:${JSON.stringify({ url: location.href, title: document.title, text, parts: document.body?.childNodes.length ?? 0, at: Date.now() })}`);
      };
      const next = () => {
        note();
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
      // A title is seen in the tab without waiting for a frame.
      new MutationObserver((changes) => {
        if (changes.some(({ addedNodes, target }) => [target, ...addedNodes].some((node) => node.nodeName === "TITLE"))) note();
      }).observe(document, { childList: true, subtree: true });
    });
    return frames;
  }

  /** Forgets what was seen until now. A page from the cache repeats its old messages; those are forgotten too. */
  forget(): void {
    this.all = [];
    this.since = Date.now();
  }

  /** Of the portal's own pages. */
  get ours(): Frame[] {
    return this.all.filter(({ url, at }) => url.startsWith(process.env.PORTAL ?? "") && at > this.since);
  }

  /** What could be read. */
  get texts(): string[] {
    return [...new Set(this.ours.map(({ text }) => text))].filter(Boolean);
  }

  get titles(): string[] {
    return [...new Set(this.ours.map(({ title }) => title))].filter(Boolean);
  }
}
