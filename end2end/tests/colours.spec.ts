import { colourFindings } from "../support/axe.js";
import { brief, parts } from "../support/pages.js";
import { expect, test } from "../support/test.js";

const appearances = {
  "in the dark": { colorScheme: "dark" },
  "in forced colours": { colorScheme: "dark", forcedColors: "active" },
  "with more contrast": { contrast: "more" },
} as const;

for (const [name, appearance] of Object.entries(appearances)) {
  for (const [part, paths] of Object.entries(parts)) {
    test(`axe finds no fault of colour on any page of ${part} ${name}`, async ({ page }) => {
      await page.emulateMedia(appearance);
      for (const path of paths) {
        await page.goto(path);
        expect.soft(await colourFindings(page), brief(path)).toEqual([]);
      }
    });
  }
}
