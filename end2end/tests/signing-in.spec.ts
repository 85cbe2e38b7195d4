import { axeFindings } from "../support/axe.js";
import { tabTo } from "../support/test.js";
import { Device, invitation, join, signIn, signOut, test } from "../support/staff.js";
import { expect } from "../support/test.js";

test("from an invitation to an account, out, and in again with the key", async ({ page, portal, context }) => {
  const device = await Device.of(page);
  const link = invitation(portal, "adam@lansstyrelsen.example", "admin");
  await page.goto(link);
  await expect(page.getByText("Du är inbjuden som nationell administratör.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await join(page, link, "Adam Ek");
  expect(await device.keys()).toMatchObject([{ isResidentCredential: true }]);

  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ name: "frid", httpOnly: true, sameSite: "Lax", path: "/", expires: -1 });
  expect(cookie!.value).toHaveLength(64);

  await signOut(page);
  expect(await context.cookies()).toEqual([]);
  // Whoever has kept the cookie has nothing.
  await context.addCookies([cookie!]);
  await page.goto("/redaktion/");
  await expect(page).toHaveURL(/\/logga-in\/\?till=%2Fredaktion%2F$/);

  // A session that somebody else laid into the browser before is not the one that is signed in to.
  await signIn(page);
  await expect(page.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
  expect((await context.cookies())[0]!.value).not.toBe(cookie!.value);

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Inbjudan gäller inte" })).toBeVisible();
  expect(portal.command("verify", "--audit")).toContain("4 lines, each as it was written.");
});

test("by keyboard alone, and back to where one was going", async ({ page, portal }) => {
  await Device.of(page);
  await page.goto(invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"));
  await expect(page.getByText("Du är inbjuden som redaktör för Skåne län.")).toBeVisible();
  await tabTo(page, page.getByLabel("Ditt namn"));
  await page.keyboard.type("Eva Berg");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Logga ut" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Du är utloggad" })).toBeVisible();
  await page.goto("/redaktion/mitt-konto/");
  await tabTo(page, page.getByRole("button", { name: "Logga in med nyckel" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/redaktion\/mitt-konto\/$/);
  await expect(page.getByText("redaktör, Skåne län")).toBeVisible();
});

test("a device that asks neither for a finger nor for a PIN is not enough", async ({ page, portal }) => {
  const device = await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor"), "Eva Berg");
  await signOut(page);
  await device.verifies(false);
  await signIn(page);
  await expect(page.getByRole("status").filter({ hasText: "Det avbröts" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Logga in med nyckel" })).toBeFocused();
});

test("a key that is not known here, or not any more, opens nothing and says what to do", async ({ page, portal }) => {
  const device = await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor"), "Eva Berg");
  const old = await device.keys();
  await signOut(page);
  // Lost: a new invitation, a new key.
  await device.forget();
  await page.goto(invitation(portal, "eva@lansstyrelsen.example", "editor"));
  await expect(page.getByText("De slutar gälla när den nya är skapad")).toBeVisible();
  await expect(page.getByLabel("Ditt namn")).toHaveValue("Eva Berg");
  await page.getByRole("button", { name: "Skapa nyckel och logga in" }).click();
  await expect(page.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
  await signOut(page);
  // Found by somebody else.
  await device.forget();
  await device.take(old);
  await signIn(page);
  await expect(page.getByRole("alert")).toContainText("Nyckeln gick inte att använda här.");
  expect(await axeFindings(page)).toEqual([]);
});

test("a copy of a key that has been used less is not let in", async ({ page, portal }) => {
  const device = await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor"), "Eva Berg");
  const copied = await device.keys();
  for (let time = 0; time < 2; time++) {
    await signOut(page);
    await signIn(page);
    await expect(page.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
  }
  await signOut(page);
  await device.forget();
  await device.take(copied);
  await signIn(page);
  await expect(page.getByRole("alert")).toBeVisible();
});

test("one's own keys and sessions: a second key, another browser, and the end of both", async ({ page, portal, browser, baseURL }) => {
  const device = await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor"), "Eva Berg");
  await page.goto("/redaktion/mitt-konto/");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Ta bort nyckeln Första nyckeln" }).click();
  await expect(page.getByRole("alert")).toContainText("Det är din enda nyckel.");
  expect(await axeFindings(page)).toEqual([]);

  // The same device already holds one.
  await page.getByLabel("Vad ska nyckeln heta?").fill("Jobbtelefonen");
  await page.getByRole("button", { name: "Skapa nyckel" }).click();
  await expect(page.getByRole("status").filter({ hasText: "har redan en nyckel" })).toBeVisible();
  const first = await device.keys();
  await device.forget();
  await page.getByRole("button", { name: "Skapa nyckel" }).click();
  await expect(page.getByRole("button", { name: "Ta bort nyckeln Jobbtelefonen" })).toBeVisible();
  const second = await device.keys();

  // In another browser, with the first key.
  const other = await (await browser.newContext({ baseURL })).newPage();
  await (await Device.of(other)).take(first);
  await signIn(other);
  await expect(other.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Avsluta alla utom den här" }).click();
  await other.goto("/redaktion/");
  await expect(other.getByRole("heading", { name: "Logga in", level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Ta bort nyckeln Första nyckeln" }).click();
  await expect(page.getByText("Första nyckeln")).toHaveCount(0);
  await signIn(other);
  await expect(other.getByRole("alert")).toContainText("Nyckeln gick inte att använda här.");
  await other.context().close();
  await signOut(page);
  await device.forget();
  await device.take(second);
  await signIn(page);
  await expect(page.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
});

test("an administrator invites, changes and ends, on a phone too", async ({ page, portal, browser, baseURL }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await Device.of(page);
  await join(page, invitation(portal, "adam@lansstyrelsen.example", "admin"), "Adam Ek");
  await page.getByRole("navigation", { name: "För dig som är inloggad" }).getByRole("link", { name: "Konton" }).click();
  await page.getByLabel("E-post").fill("eva");
  await page.getByRole("button", { name: "Skapa inbjudan" }).click();
  // The browser's own words come first; ours for those that have none.
  await page.locator("form[action='/redaktion/konton/']").evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await page.getByRole("button", { name: "Skapa inbjudan" }).click();
  await expect(page.getByText("Skriv en e-postadress")).toBeVisible();
  await expect(page.getByLabel("E-post")).toHaveValue("eva");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("E-post").fill("eva@lansstyrelsen.example");
  await page.getByLabel("Län", { exact: true }).first().selectOption("Skåne län");
  await page.getByRole("button", { name: "Skapa inbjudan" }).click();
  const link = await page.getByRole("status").locator("code").innerText();
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);

  const eva = await (await browser.newContext({ baseURL })).newPage();
  await Device.of(eva);
  await join(eva, link, "Eva Berg");
  await eva.goto("/redaktion/konton/");
  await expect(eva.getByRole("heading", { name: "Du har inte behörighet till det här" })).toBeVisible();
  expect(await axeFindings(eva)).toEqual([]);

  await page.goto("/redaktion/konton/");
  const row = page.getByRole("listitem").filter({ hasText: "Eva Berg" });
  await row.locator("summary").click();
  await row.getByLabel("Roll").selectOption("Granskare");
  expect(await axeFindings(page)).toEqual([]);
  await row.getByRole("button", { name: "Spara" }).click();
  await expect(row).toContainText("granskare, Skåne län");
  await eva.goto("/redaktion/");
  await expect(eva.getByRole("heading", { name: "Logga in", level: 1 })).toBeVisible();
  await signIn(eva);
  await expect(eva.getByRole("heading", { name: "Redaktionen", level: 1 })).toBeVisible();
  await row.locator("summary").click();
  await row.getByRole("button", { name: "Avsluta kontot" }).click();
  await expect(row).toContainText("Avslutat");
  await signIn(eva);
  await expect(eva.getByRole("alert")).toContainText("Nyckeln gick inte att använda här.");
  await eva.context().close();

  await page.goto("/redaktion/logg/");
  await expect(page.locator("main .rows > li").first()).toContainText("avslutade ett konto");
  expect(await axeFindings(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("without JavaScript the pages say what they need, and the rest works", async ({ browser, page, portal, baseURL, context }) => {
  await Device.of(page);
  await join(page, invitation(portal, "adam@lansstyrelsen.example", "admin"), "Adam Ek");
  const plain = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const visitor = await plain.newPage();
  await visitor.goto("/logga-in/");
  await expect(visitor.getByText("Att logga in med nyckel kräver JavaScript.")).toBeVisible();
  await plain.addCookies(await context.cookies());
  await visitor.goto("/redaktion/konton/");
  await visitor.getByLabel("E-post").fill("eva@lansstyrelsen.example");
  await visitor.getByRole("button", { name: "Skapa inbjudan" }).click();
  await expect(visitor.locator("code")).toContainText("/inbjudan/?kod=");
  await visitor.getByRole("button", { name: "Logga ut" }).click();
  await expect(visitor.getByRole("heading", { name: "Du är utloggad" })).toBeVisible();
  await plain.close();
});
