import { brief, everyPage } from "../support/pages.js";
import { exitLink, expect, test } from "../support/test.js";

test("the way out is an ordinary link on every page, and promises no keys", async ({ page, exitSite }) => {
  for (const path of everyPage) {
    await page.goto(path);
    await expect.soft(exitLink(page), brief(path)).toHaveAttribute("href", exitSite.url);
    await expect.soft(exitLink(page), brief(path)).toBeInViewport({ ratio: 1 });
    await expect.soft(page.locator(".leave").getByText("Skift"), brief(path)).toBeHidden();
  }
});

for (const way of ["click", "Enter"]) {
  test(`leaves with ${way}, and the exit site does not learn from where`, async ({ page, exitSite }) => {
    await page.goto("/sok?q=barn");
    if (way === "click") await exitLink(page).click();
    else await exitLink(page).press("Enter");
    await page.waitForURL(exitSite.url);
    const visits = await exitSite.visits();
    expect(visits).toHaveLength(1);
    expect(visits[0]).not.toHaveProperty("referer");
  });
}
