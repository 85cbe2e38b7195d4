import { axeFindings } from "../support/axe.js";
import { brief, everyPage } from "../support/pages.js";
import { expect, test } from "../support/test.js";

const appearances = {
  "in the dark": { colorScheme: "dark" },
  "in forced colours": { colorScheme: "dark", forcedColors: "active" },
  "with more contrast": { contrast: "more" },
} as const;

for (const [name, appearance] of Object.entries(appearances)) {
  test(`axe finds nothing on any page ${name}`, async ({ page }) => {
    await page.emulateMedia(appearance);
    for (const path of everyPage) {
      await page.goto(path);
      expect.soft(await axeFindings(page), brief(path)).toEqual([]);
    }
  });
}
