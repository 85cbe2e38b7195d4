import { articles } from "../support/pages.js";
import { expect, judgeFocus, tabTo, test } from "../support/test.js";

test("finds guidance by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await tabTo(page, page.getByRole("navigation", { name: "Huvudmeny" }).getByRole("link", { name: "Vägledning" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vägledning");
  await tabTo(page, page.getByRole("link", { name: "Anmäla oro" }).first());
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: /^Orosanmälan/ }).first());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/vagledning\/orosanmalan$/);
});

test("searches by keyboard alone", async ({ page }) => {
  await page.goto("/om/");
  await tabTo(page, page.getByRole("searchbox"));
  await page.keyboard.type("orosanmälan");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sök");
  await tabTo(page, page.locator(".results").getByRole("link").first());
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/\/sok/);
});

test("skips to the content", async ({ page }) => {
  await page.goto(articles[0]);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Hoppa till innehållet" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#innehall$/);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement!.closest("main")?.id)).toBe("innehall");
});

for (const path of ["/", articles[0], "/ordlista/", "/sok?q=barn"]) {
  test(`focus is seen, and never under the exit bar, all the way through ${path} and back`, async ({ page }) => {
    await page.goto(path);
    let stops = 0;
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let last = false; !last; stops++) {
        await page.keyboard.press(key);
        const { hidden, where } = await page.evaluate(judgeFocus);
        expect.soft(hidden, `${key}: ${where}`).toBe("");
        expect(stops, "Tab stops").toBeLessThan(1500);
        last = where === "";
      }
    }
    expect(stops).toBeGreaterThan(30);
    // Going backwards is a lot of Shift, and no wish to leave.
    expect(new URL(page.url()).pathname).toBe(path.split("?")[0]);
  });
}
