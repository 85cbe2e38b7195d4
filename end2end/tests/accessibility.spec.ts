import { axeFindings } from "../support/axe.js";
import { brief, everyPage } from "../support/pages.js";
import { expect, test } from "../support/test.js";

test("axe finds nothing on any page", async ({ page }) => {
  for (const path of everyPage) {
    await page.goto(path);
    expect.soft(await axeFindings(page), brief(path)).toEqual([]);
  }
});
