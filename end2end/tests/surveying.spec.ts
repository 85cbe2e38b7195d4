import { axeFindings } from "../support/axe.js";
import { begin, fillIn } from "../support/organiser.js";
import { Device, invitation, join, test } from "../support/staff.js";
import { expect } from "../support/test.js";
import { tickets } from "../support/tickets.js";

test("those who came answer without a name, once, on a phone without a script, and the organiser reads it when five have", async ({ page, portal, browser, baseURL }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await begin(page);
  await fillIn(page);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await page.getByRole("link", { name: "Enkät" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Frågor", { exact: true }).fill("Hur nöjd är du?\n- Nöjd\n- Missnöjd\n\nNågot mer?");
  await page.getByRole("button", { name: "Spara frågorna" }).click();
  await expect(page.getByText("Det är sparat.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  const event = new URL(page.url()).pathname.split("/")[3]!;
  const [first, ...others] = tickets(portal, event, 6);
  const phone = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  const plain = await phone.newPage();
  // Axe needs a script: the same page, in a browser that runs them.
  const looking = await (await browser.newContext({ baseURL, viewport: { width: 320, height: 640 } })).newPage();
  await looking.goto(first!);
  expect(await axeFindings(looking)).toEqual([]);
  expect(await looking.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await looking.getByRole("button", { name: "Skicka svaren" }).click();
  await expect(looking.getByRole("alert")).toContainText("Svara på minst en fråga.");
  expect(await axeFindings(looking)).toEqual([]);
  await looking.context().close();

  await plain.goto(first!);
  await expect(plain).toHaveTitle(/^Några frågor/);
  await plain.getByLabel("Nöjd", { exact: true }).check();
  await plain.getByLabel("Något mer?").fill("Jag heter 811218-9876");
  await plain.getByRole("button", { name: "Skicka svaren" }).click();
  await expect(plain.getByRole("alert")).toContainText("Det ser ut som ett personnummer.");
  await expect(plain.getByLabel("Nöjd", { exact: true })).toBeChecked();
  await plain.getByLabel("Något mer?").fill("Mer tid för samtal.");
  await plain.getByRole("button", { name: "Skicka svaren" }).click();
  await expect(plain.getByRole("heading", { name: "Tack för dina svar" })).toBeVisible();
  expect(await phone.cookies()).toEqual([]);
  await plain.goto(first!);
  await expect(plain.getByRole("heading", { name: "Länken gäller inte längre" })).toBeVisible();

  await page.reload();
  await expect(page.getByText("Färre än fem har svarat.")).toBeVisible();
  await expect(page.getByText("Mer tid för samtal.")).toHaveCount(0);
  for (const ticket of others) {
    await plain.goto(ticket);
    await plain.getByLabel("Nöjd", { exact: true }).check();
    await plain.getByRole("button", { name: "Skicka svaren" }).click();
    await expect(plain.getByRole("heading", { name: "Tack för dina svar" })).toBeVisible();
  }
  await page.reload();
  await expect(page.getByText("6 har svarat.")).toBeVisible();
  await expect(page.getByRole("row", { name: "Nöjd 6" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await phone.close();
});
