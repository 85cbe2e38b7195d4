import { pages } from "../support/pages.js";
import { test } from "../support/test.js";

/** From the click until nothing of the page is left, in milliseconds: what may pass unnoticed. */
const bar = 50;
const times = 20;

test.setTimeout(600_000);

for (const [machine, slowdown] of Object.entries({ "this machine": 1, "a phone at a quarter of its speed": 4 })) {
  test(`leaving on ${machine}`, async ({ page, context, exitSite }) => {
    const devtools = await context.newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    const taken: number[] = [];
    for (const path of await longest(3)) {
      for (let time = 0; time < times; time++) {
        await page.goto(path);
        taken.push(
          await page.evaluate(() => {
            const link = document.querySelector<HTMLElement>("[data-leave]")!;
            const from = performance.now();
            link.click();
            return performance.now() - from;
          }),
        );
        await page.waitForURL(exitSite.url);
      }
    }
    taken.sort((a, b) => a - b);
    const [median, worst] = [taken[taken.length / 2], taken[taken.length - 1]];
    const row = [median, worst].map((time) => `${time.toFixed(1)} ms (${(time / bar).toFixed(2)}x the bar)`);
    console.log(`\n${machine}, ${taken.length} times: median ${row[0]}, worst ${row[1]}`);
  });
}

/** The pages with most to take away. */
async function longest(count: number): Promise<string[]> {
  const sizes: [string, number][] = [];
  for (const path of pages) sizes.push([path, (await (await fetch(`${process.env.PORTAL}${path}`)).text()).length]);
  sizes.sort(([, a], [, b]) => b - a);
  return sizes.slice(0, count).map(([path]) => path);
}
