import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds on the page as it stands, one line for each place. */
export const axeFindings = (page: Page) => findings(new AxeBuilder({ page }).withTags(rules));

/** The part of it that colours can change. */
export const colourFindings = (page: Page) => findings(new AxeBuilder({ page }).withRules(["color-contrast", "link-in-text-block"]));

async function findings(axe: AxeBuilder): Promise<string[]> {
  // No page of ours holds a frame; looking into each costs a third of the time.
  const { violations } = await axe.setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 150)} ${failureSummary}`));
}
