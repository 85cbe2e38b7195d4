import { axeFindings } from "../support/axe.js";
import { Device, invitation, join, test } from "../support/staff.js";
import { expect } from "../support/test.js";

/** Two by two red points. */
const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4IScHRAwQCgAfJgQRoo8irwAAAABJRU5ErkJggg==",
  "base64",
);
const document = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

test("a picture is uploaded, put into a page and shown, and stays while it is used", async ({ page, portal }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.getByRole("link", { name: "Filer: bilder och dokument till sidorna" }).click();
  expect(await axeFindings(page)).toEqual([]);

  // What is refused is told beside the field, and what was typed is still there.
  await page.getByText("Ladda upp en bild", { exact: true }).click();
  await page.getByLabel("Vad visar bilden?").fill("En röd yta");
  await page.getByLabel("Bild", { exact: true }).setInputFiles({ name: "bild.png", mimeType: "image/png", buffer: Buffer.from("<svg onload='alert(1)'/>") });
  await page.getByRole("button", { name: "Ladda upp bilden" }).click();
  await expect(page.getByText("innehållet är något annat")).toBeVisible();
  await expect(page.getByLabel("Vad visar bilden?")).toHaveValue("En röd yta");
  expect(await axeFindings(page)).toEqual([]);

  await page.getByLabel("Bild", { exact: true }).setInputFiles({ name: "Röd yta.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("button", { name: "Ladda upp bilden" }).click();
  await expect(page.getByText("Filen är uppladdad")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  const line = await page.getByLabel("Rad att klistra in i texten").inputValue();
  expect(line).toMatch(/^!\[En röd yta\]\(\/media\/[0-9a-f]{16}-2x2\/rod-yta\.png\)$/);

  await page.goto("/redaktion/sidor/ny/");
  await page.getByLabel("Rubrik").fill("Stödet i Skåne");
  await page.getByRole("button", { name: "Börja skriva" }).click();
  await page.getByLabel("Ingress").fill("Vart du vänder dig i Skåne.");
  await page.getByText("Uppgifter om sidan").click();
  await page.getByRole("group", { name: "Ämnen" }).getByRole("checkbox").first().check();
  await page.getByLabel("Skola").check();
  await page.getByLabel("Text", { exact: true }).fill(line.replace(")", ' "Så ser det ut")'));
  await page.getByRole("button", { name: "Spara och förhandsvisa" }).click();
  const shown = page.getByRole("figure").getByRole("img", { name: "En röd yta" });
  await expect(shown).toBeVisible();
  expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(2);
  await expect(page.getByText("Så ser det ut")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.goto("/redaktion/filer/");
  await page.getByRole("listitem").filter({ hasText: "Röd yta" }).getByText("Ändra", { exact: false }).first().click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Ta bort filen" }).click();
  await expect(page.getByRole("alert")).toContainText("Stödet i Skåne (utkast)");
  expect(await axeFindings(page)).toEqual([]);
});

test("a document is asked for an accessible form, and is downloaded instead of shown", async ({ page, portal }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.goto("/redaktion/filer/");
  await page.getByText("Ladda upp ett dokument", { exact: true }).click();
  const file = { name: "Råd.pdf", mimeType: "application/pdf", buffer: document };
  await page.getByLabel("Dokument", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Ladda upp dokumentet" }).click();
  await expect(page.getByText("Svara på om alla kan läsa dokumentet.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Nej, men samma innehåll finns i en annan form").check();
  await page.getByLabel("Var finns samma innehåll i annan form?").fill("/om/");
  await page.getByLabel("Dokument", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Ladda upp dokumentet" }).click();
  await expect(page.getByText("Filen är uppladdad")).toBeVisible();
  await expect(page.getByLabel("Rad att klistra in i texten")).toHaveValue(/^\[Råd \(pdf, 1 kB\)\]\(\/media\/.*, \[i annan form\]\(\/om\/\)$/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Råd", exact: true }).click()]);
  expect(download.suggestedFilename()).toBe("Råd.pdf");
});

test("a file that is too large is told on our page, with what was typed, not on one of the browser's", async ({ page, portal }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.goto("/redaktion/filer/");
  await page.getByText("Ladda upp en bild", { exact: true }).click();
  await page.getByLabel("Vad visar bilden?").fill("En röd yta");
  await page.getByLabel("Bild", { exact: true }).setInputFiles({ name: "bild.png", mimeType: "image/png", buffer: Buffer.alloc(45_000_000) });
  await page.getByRole("button", { name: "Ladda upp bilden" }).click();
  await expect(page.getByText("Den får vara högst 20 MB")).toBeVisible();
  await expect(page.getByLabel("Vad visar bilden?")).toHaveValue("En röd yta");
});
