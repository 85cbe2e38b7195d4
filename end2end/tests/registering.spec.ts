import type { Page } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { test } from "../support/staff.js";
import { expect, tabTo } from "../support/test.js";

const form = "/konferenser/provdagen/anmalan";

/** What everybody has to fill in. */
async function fillIn(page: Page, name: string): Promise<void> {
  await page.getByLabel("Ditt namn").fill(name);
  await page.getByLabel("E-post", { exact: true }).fill(`${name.replace(" ", ".")}@kommun.example`);
  await page.getByLabel("Organisation", { exact: true }).fill("Provköpings kommun");
  await page.getByLabel("Län som du arbetar i").selectOption("Skåne län");
}

async function send(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Skicka anmälan" }).click();
}

const heading = (page: Page, name: string) => page.getByRole("heading", { name, level: 1 });

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`from the page of a conference to a place, ${how}`, async ({ browser, baseURL }) => {
    const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto("/konferenser/provdagen/");
    await expect(page.getByText("100 platser kvar")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("link", { name: "Anmäl dig" }).click();
    await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
    await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);

    // Nothing is filled in: everything is asked for, each with a link to its field.
    await send(page);
    const summary = page.getByRole("alert");
    await expect(summary.getByRole("link")).toHaveCount(6);
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
    await summary.getByRole("link", { name: "Skriv ditt namn." }).click();
    await expect(page.getByLabel("Ditt namn")).toBeFocused();

    // What is wrong is told beside its field, and what was typed is still there.
    await fillIn(page, "Åsa Ek");
    await page.getByRole("radio", { name: "På distans" }).check();
    await page.getByRole("checkbox", { name: "Samtalet" }).check();
    await page.getByRole("checkbox", { name: "Skyddet" }).check();
    await page.getByRole("radio", { name: "Buss" }).check();
    await page.getByLabel("Kost (frivilligt)").fill("Ring 811218-9876");
    await page.getByLabel("Organisationsnummer").fill("556000-0002");
    await page.getByRole("checkbox", { name: "Jag har skyddade personuppgifter" }).check();
    await send(page);
    await expect(page.getByText("”Skyddet” och ”Samtalet” är samtidigt.").or(page.getByText("”Samtalet” och ”Skyddet” är samtidigt.")).first()).toBeVisible();
    await expect(page.getByLabel("Ditt namn")).toHaveValue("Åsa Ek");
    await expect(page.getByLabel("Län som du arbetar i")).toHaveValue("skane");
    await expect(page.getByRole("checkbox", { name: "Samtalet" })).toBeChecked();
    await expect(page.getByLabel("Organisationsnummer")).toHaveAccessibleDescription(/Läs av organisationsnumret igen/);
    await expect(page.getByLabel("Kost (frivilligt)")).toHaveAccessibleDescription(/Raderas den .* Ta bort personnumret/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);

    await page.getByRole("radio", { name: "På plats" }).check();
    await page.getByRole("checkbox", { name: "Skyddet" }).uncheck();
    await page.getByRole("radio", { name: "Tåg" }).check();
    await page.getByLabel("Kost (frivilligt)").fill("Vegetariskt");
    await page.getByRole("checkbox", { name: "Jag har skyddade personuppgifter" }).uncheck();
    await send(page);
    await expect(page.getByText("Du har en plats.")).toBeVisible();
    await expect(page).toHaveTitle("Din anmälan – Frid");
    await expect(page.getByText("Vegetariskt")).toHaveCount(0);
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);

    await page.getByText("Byt pass").click();
    await page.getByRole("checkbox", { name: "Barnen" }).check();
    await page.getByRole("button", { name: "Spara passen" }).click();
    await expect(page.getByRole("main").getByRole("status")).toHaveText("Det är sparat.");
    await expect(page.getByText("Samtalet, Barnen").or(page.getByText("Barnen, Samtalet"))).toBeVisible();

    await page.getByText("Rätta namn och e-post").click();
    await page.getByLabel("E-post", { exact: true }).fill("asa");
    await page.getByRole("button", { name: "Spara uppgifterna" }).click();
    await expect(page.getByRole("alert")).toContainText("Skriv en e-postadress");
    await expect(page.getByLabel("E-post", { exact: true })).toHaveValue("asa");
    if (javaScriptEnabled) expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });
}

test("by keyboard alone, from the form to a cancelled place", async ({ page }) => {
  await page.goto(form);
  await tabTo(page, page.getByRole("radio", { name: "På plats" }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByLabel("Ditt namn"));
  await page.keyboard.type("Bo Berg");
  await tabTo(page, page.getByLabel("E-post", { exact: true }));
  await page.keyboard.type("bo.berg@kommun.example");
  await tabTo(page, page.getByLabel("Organisation", { exact: true }));
  await page.keyboard.type("Provköpings kommun");
  await tabTo(page, page.getByLabel("Län som du arbetar i"));
  await page.keyboard.type("Skåne");
  await tabTo(page, page.getByRole("radio", { name: "Tåg" }));
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Du har en plats.")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Avboka" }));
  await page.keyboard.press("Enter");
  await expect(heading(page, "Vill du avboka?")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await tabTo(page, page.getByRole("button", { name: "Ja, avboka" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Anmälan är avbokad.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test("one person registers three, and writes a name later", async ({ page }) => {
  await page.goto(form);
  await page.getByLabel("Hur många anmäler du?").selectOption("3");
  await page.getByRole("button", { name: "Visa formuläret" }).click();
  await send(page);
  await expect(page.getByRole("alert")).toContainText("Skriv ditt namn");
  expect(await axeFindings(page)).toEqual([]);
  await fillIn(page, "Bo Berg");
  await page.getByRole("radio", { name: "På plats" }).check();
  await page.getByRole("radio", { name: "Tåg" }).check();
  await page.getByRole("group", { name: "Person 1" }).getByLabel("Namn (frivilligt)").fill("Di Dahl");
  await page.getByRole("group", { name: "Person 2" }).getByRole("checkbox", { name: "Barnen" }).check();
  await send(page);
  await expect(heading(page, "Er anmälan")).toBeVisible();
  await expect(page.getByText("3 har plats.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Se och ändra Person 2: namn saknas" }).click();
  await page.getByText("Rätta namn och e-post").click();
  await page.getByLabel("Namn", { exact: true }).fill("Eva Ek");
  await page.getByLabel("E-post", { exact: true }).fill("eva.ek@kommun.example");
  await page.getByRole("button", { name: "Spara uppgifterna" }).click();
  await expect(page.getByRole("definition").filter({ hasText: "Eva Ek" })).toBeVisible();
});

test("a place goes to a colleague, once", async ({ page, browser, baseURL }) => {
  await page.goto(form);
  await fillIn(page, "Åsa Ek");
  await page.getByRole("radio", { name: "På plats" }).check();
  await page.getByRole("radio", { name: "Tåg" }).check();
  await send(page);
  const own = page.url();
  await page.getByText("Låt en kollega ta över platsen").click();
  await page.getByRole("button", { name: "Skapa en länk" }).click();
  const link = await page.locator("code.secret").innerText();
  expect(await axeFindings(page)).toEqual([]);

  const context = await browser.newContext({ baseURL });
  const colleague = await context.newPage();
  // The link names the portal as its visitors do.
  const path = new URL(link).pathname;
  await colleague.goto(path);
  expect(await axeFindings(colleague)).toEqual([]);
  await colleague.getByLabel("Ditt namn").fill("Bo Berg");
  await colleague.getByLabel("E-post", { exact: true }).fill("bo.berg@kommun.example");
  await colleague.getByLabel("Organisation", { exact: true }).fill("Annanby kommun");
  await colleague.getByRole("button", { name: "Ta över platsen" }).click();
  await expect(colleague.getByRole("alert")).toContainText("Platsen hör till Provköpings kommun.");
  expect(await axeFindings(colleague)).toEqual([]);
  await colleague.getByLabel("Organisation", { exact: true }).fill("Provköpings kommun");
  await colleague.getByRole("button", { name: "Ta över platsen" }).click();
  await expect(colleague.getByText("Du har en plats.")).toBeVisible();
  await colleague.goto(path);
  await expect(heading(colleague, "Platsen går inte att ta över")).toBeVisible();
  expect(await axeFindings(colleague)).toEqual([]);
  await page.goto(own);
  await expect(heading(page, "Länken gäller inte längre")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await context.close();
});

test("whoever is next in line is offered the place, and takes it with a button", async ({ page }) => {
  const places: string[] = [];
  for (const name of ["Åsa Ek", "Bo Berg"]) {
    await page.goto("/konferenser/enda-platsen/anmalan");
    await fillIn(page, name);
    await send(page);
    places.push(page.url());
  }
  const [first, second] = places as [string, string];
  await expect(page.getByText("Du står först i kön.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.goto(first);
  await page.getByRole("link", { name: "Avboka" }).click();
  await page.getByRole("button", { name: "Ja, avboka" }).click();
  await page.goto(second);
  await expect(page.getByRole("heading", { name: "Vill du ha platsen?" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Ja, jag tar platsen" }).click();
  await expect(page.getByText("Du har en plats.")).toBeVisible();
});
