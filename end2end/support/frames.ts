import type { Page } from "@playwright/test";

/** What one animation frame, or one change of the title, lets somebody see. */
export type Frame = { url: string; title: string; text: string };

/** Notes every frame of every page from now on, also of pages that come out of the browser's cache. */
export async function watchFrames(page: Page): Promise<Frame[]> {
  const frames: Frame[] = [];
  page.on("console", (message) => {
    const [, frame] = message.text().split("frame:", 2).length === 2 ? message.text().split(/^frame:/) : [];
    if (frame) frames.push(JSON.parse(frame));
  });
  await page.addInitScript(() => {
    const note = () => {
      const rendered = document.documentElement?.checkVisibility() && document.body;
      const frame = { url: location.href, title: document.title, text: rendered ? document.body.innerText.trim().slice(0, 80) : "" };
      console.debug(`frame:${JSON.stringify(frame)}`);
    };
    const next = () => {
      note();
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    new MutationObserver((changes) => {
      if (changes.some(({ addedNodes, target }) => [target, ...addedNodes].some((node) => node.nodeName === "TITLE"))) note();
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return frames;
}
