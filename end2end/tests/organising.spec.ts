import { axeFindings } from "../support/axe.js";
import { begin, fillIn } from "../support/organiser.js";
import { Device, invitation, join, test } from "../support/staff.js";
import { expect } from "../support/test.js";

test("a conference is planned, published, filled by telephone, and written to", async ({ page, portal }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.getByRole("link", { name: "Konferenser och möten: planera, anmälda och listor" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await begin(page);
  expect(await axeFindings(page)).toEqual([]);

  // What cannot be read is told beside its field; everything else stays.
  await fillIn(page);
  await page.getByLabel("Avgift i kronor").fill("mycket");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Skriv ett helt tal");
  await expect(page.getByLabel("Ingress")).toHaveValue("En dag för dig som möter utsatta.");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("alert").getByRole("link").first().click();
  await expect(page.getByLabel("Avgift i kronor")).toBeFocused();
  await page.getByLabel("Avgift i kronor").fill("");
  await page.getByRole("button", { name: "Spara och förhandsvisa" }).click();
  await expect(page.getByText("Förhandsvisning.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Tillbaka till utkastet" }).click();
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await expect(page.getByText("Publicerat")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("link", { name: "Anmäl någon per telefon" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("På plats").check();
  await page.getByLabel("Ditt namn").fill("Åsa Ek");
  await page.getByLabel("E-post", { exact: true }).fill("asa@kommun.example");
  await page.getByLabel("Organisation", { exact: true }).fill("Lunds kommun");
  await page.getByLabel("Län som du arbetar i").selectOption("skane");
  await page.getByRole("button", { name: "Anmäl" }).click();
  await expect(page.getByRole("heading", { name: "Åsa Ek", level: 1 })).toBeVisible();
  await expect(page.getByText("Anmäld per telefon (Eva Berg)")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Anmälda" }).click();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByRole("link", { name: "Vårens konferens" }).click();
  await page.getByRole("link", { name: "Meddelanden" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Ämnesrad").fill("Hitta hit");
  await page.getByLabel("Text", { exact: true }).fill("Dörren är blå.");
  await page.getByRole("button", { name: "Se hur många det går till" }).click();
  await expect(page.getByText("En person får det.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Skicka till 1" }).click();
  await expect(page.getByText("Hitta hit")).toBeVisible();

  await page.getByRole("link", { name: "Vårens konferens" }).click();
  for (const name of ["Listor och utskrifter", "Kost och tillgänglighet", "Statistik", "Underlag för avgifter"]) {
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    expect(await axeFindings(page), name).toEqual([]);
    await page.goBack();
  }
  await page.getByRole("link", { name: "Listor och utskrifter" }).click();
  const fetched = page.waitForEvent("download");
  await page.getByRole("button", { name: "Hämta som CSV" }).click();
  expect((await fetched).suggestedFilename()).toBe("anmalda-varens-konferens.csv");
});

test("without a script rows come and go, and come back to where they were", async ({ page, portal, browser, baseURL }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  const bare = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState(), baseURL });
  const plain = await bare.newPage();
  await begin(plain, false);
  await fillIn(plain);
  await plain.getByRole("button", { name: "Lägg till fråga" }).click();
  await expect(plain.getByRole("group", { name: "Fråga 1" })).toBeInViewport();
  await plain.getByLabel("Fråga", { exact: true }).fill("Hur reser du?");
  await plain.getByLabel("Svaret är").selectOption("ett");
  await plain.getByRole("button", { name: "Lägg till svar" }).click();
  await plain.getByLabel("Svar", { exact: true }).first().fill("Tåg");
  await plain.getByLabel("Svar", { exact: true }).last().fill("Buss");
  await plain.getByRole("button", { name: "Ta bort Programpunkt 1" }).click();
  await expect(plain.getByLabel("Fråga", { exact: true })).toHaveValue("Hur reser du?");
  // Enter saves, as in any form.
  await plain.getByLabel("Rubrik", { exact: true }).first().press("Enter");
  await expect(plain.getByRole("heading", { name: "Platser" })).toBeVisible();
  await plain.getByRole("link", { name: "Uppgifter", exact: true }).click();
  await expect(plain.getByLabel("Svar", { exact: true }).last()).toHaveValue("Buss");
  expect(await axeFindings(page)).toEqual([]);
  await bare.close();
});

test("of two who write at once, the second sees both texts", async ({ page, portal, context }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await begin(page);
  await fillIn(page);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await page.getByRole("link", { name: "Uppgifter", exact: true }).click();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByLabel("Ingress").fill("Den andras ingress.");
  await other.getByRole("button", { name: "Spara", exact: true }).click();
  await page.getByLabel("Ingress").fill("Min ingress.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Den andras ingress.");
  await expect(page.getByLabel("Ingress")).toHaveValue("Min ingress.");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await page.getByText("Tidigare versioner").click();
  await page.getByRole("link", { name: "Öppna" }).first().click();
  await expect(page.getByLabel("Ingress")).toHaveValue("Den andras ingress.");
});
