import { axeFindings } from "../support/axe.js";
import { brief, parts } from "../support/pages.js";
import { expect, test } from "../support/test.js";

for (const [part, paths] of Object.entries(parts)) {
  test(`axe finds nothing on any page of ${part}`, async ({ page }) => {
    for (const path of paths) {
      await page.goto(path);
      expect.soft(await axeFindings(page), brief(path)).toEqual([]);
    }
  });
}
