import { expect, test } from "../support/test.js";

test("from the start page by role to a guidance page, and on to the next", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("region", { name: "Jag arbetar inom" }).getByRole("link", { name: "Tandvård" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vägledning: Tandvård");
  await page.getByRole("main").locator(".list").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/vagledning\/[^/?]+$/);

  const title = await page.getByRole("heading", { level: 1 }).textContent();
  await page.getByRole("navigation", { name: "Fler sidor" }).locator("[rel=next], [rel=prev]").last().click();
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(title!);
});

test("from the menu by subject to a page, and back along the breadcrumbs", async ({ page }) => {
  await page.goto("/");
  const menu = page.getByRole("navigation", { name: "Huvudmeny" });
  await menu.getByRole("link", { name: "Vägledning" }).click();
  await expect(menu.getByRole("link", { name: "Vägledning" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("main").getByRole("link", { name: "Anmäla oro" }).click();
  await expect(menu.getByRole("link", { name: "Vägledning" })).toHaveAttribute("aria-current", "true");
  await page.getByRole("link", { name: /^Orosanmälan/ }).first().click();
  await expect(page).toHaveURL(/\/vagledning\/orosanmalan$/);

  const crumbs = page.getByRole("navigation", { name: "Länkstig" });
  await expect(crumbs.getByRole("listitem")).toHaveText(["Start", "Vägledning", "Anmäla oro", "Orosanmälan"]);
  await crumbs.getByRole("link", { name: "Anmäla oro" }).click();
  await expect(page).toHaveURL(/\/vagledning\/anmala-oro\/$/);
  await crumbs.getByRole("link", { name: "Start" }).click();
  await expect(page).toHaveURL(/\/$/);
});

test("safe surfing is one step away, and says that history is not erased", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Surfa säkert" }).first().click();
  await expect(page).toHaveURL(/\/surfa-sakert\/$/);
  await expect(page.getByRole("main")).toContainText(/historik/i);
  await expect(page.getByRole("main")).toContainText(/(raderar|raderas|rensar|rensas|tar bort|tas)\b.{0,40}\binte\b|inte\b.{0,40}\b(raderar|raderas|rensar|rensas|tar bort|bort)/i);
});

test("another spelling of an address, and a page that has moved, lead to the right place", async ({ page }) => {
  for (const [asked, right] of [
    ["/vagledning", "/vagledning/"],
    ["/om", "/om/"],
    ["/sok/", "/sok"],
    ["/vagledning/orosanmalan/", "/vagledning/orosanmalan"],
    ["/vagledning/anmala-oro", "/vagledning/anmala-oro/"],
    ["/vagledning/flyttad-sida", "/vagledning/orosanmalan"],
  ]) {
    const answer = await page.goto(asked);
    expect.soft(new URL(page.url()).pathname, asked).toBe(right);
    expect.soft(answer!.status(), asked).toBe(200);
  }
});

test("Back and forward work like on any site", async ({ page }) => {
  await page.goto("/");
  await page.goto("/vagledning/");
  await page.goto("/ordlista/");
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vägledning");
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ordlista");
});
