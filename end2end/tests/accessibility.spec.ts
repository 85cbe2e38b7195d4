import AxeBuilder from "@axe-core/playwright";
import { brief, everyPage } from "../support/pages.js";
import { expect, test } from "../support/test.js";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const appearances = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced colours": { colorScheme: "dark", forcedColors: "active" },
} as const;

for (const [name, appearance] of Object.entries(appearances)) {
  test(`axe finds nothing on any page, ${name}`, async ({ page }) => {
    await page.emulateMedia(appearance);
    for (const path of everyPage) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).withTags(rules).setLegacyMode().analyze();
      const findings = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 150)} ${node.failureSummary}`));
      expect.soft(findings, brief(path)).toEqual([]);
    }
  });
}
