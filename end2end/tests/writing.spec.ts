import { axeFindings } from "../support/axe.js";
import { Device, invitation, join, test } from "../support/staff.js";
import { expect, tabTo } from "../support/test.js";

const body = "## Så gör du\n\nRing socialtjänsten. Berätta vad du har sett.\n";

test("from a first word to a published page, found by search, and out of use again", async ({ page, portal, request }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.getByRole("link", { name: "Sidor: skriv, granska och publicera" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Skriv en ny sida" }).click();
  await page.getByLabel("Rubrik").fill("Stödet i Skåne");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Börja skriva" }).click();
  await expect(page.getByRole("heading", { name: "Stödet i Skåne", level: 1 })).toBeVisible();
  await expect(page.getByText("Måste åtgärdas före publicering")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  await page.getByLabel("Ingress").fill("Vart du vänder dig i Skåne.");
  await page.getByLabel("Text", { exact: true }).fill(body);
  await page.getByText("Uppgifter om sidan").click();
  await page.getByRole("group", { name: "Ämnen" }).getByRole("checkbox").first().check();
  await page.getByLabel("Skola").check();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Spara och förhandsvisa" }).click();
  await expect(page.getByText("Förhandsvisning.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Så gör du" })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("link", { name: "Tillbaka till utkastet" }).click();
  await page.getByRole("link", { name: "Till publicering" }).click();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await expect(page.getByText("Sidan är publicerad.")).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);

  // A reader, and search.
  const read = await request.get("/vagledning/stodet-i-skane");
  expect(await read.text()).toContain("Berätta vad du har sett.");
  expect(await (await request.get("/api/v1/sok?q=st%C3%B6det+i+sk%C3%A5ne")).text()).toContain("/vagledning/stodet-i-skane");

  await page.getByLabel("Ta bort: läsaren får veta varför").check();
  await page.getByRole("button", { name: "Ta ur bruk" }).click();
  await expect(page.getByRole("alert")).toContainText("Skriv varför sidan tas bort.");
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Ta bort: läsaren får veta varför").check();
  await page.getByLabel("Varför, om den tas bort?").fill("Stödet har flyttat till regionen.");
  await page.getByRole("button", { name: "Ta ur bruk" }).click();
  await expect(page.getByText("Sidan är borttagen")).toBeVisible();
  const gone = await request.get("/vagledning/stodet-i-skane");
  expect([gone.status(), (await gone.text()).includes("Stödet har flyttat till regionen.")]).toEqual([410, true]);
});

test("what is typed saves itself, and survives a session that has ended and a program that was killed", async ({ page, portal, context, complaints }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.goto("/redaktion/sidor/ny/");
  await page.getByLabel("Rubrik").fill("Stödet i Skåne");
  await page.getByRole("button", { name: "Börja skriva" }).click();
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("Första stycket.");
  await expect(page.getByText("Sparat.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(text).toHaveValue("Första stycket.");

  // The session ends while somebody types.
  const cookies = await context.cookies();
  await context.clearCookies();
  await text.fill("Första stycket. Andra stycket.");
  await expect(page.getByText("Du är inte längre inloggad.")).toBeVisible();
  await context.addCookies(cookies);
  await page.reload();
  await expect(page.getByText("Text som inte hann sparas förra gången är tillbaka.")).toBeVisible();
  await expect(text).toHaveValue("Första stycket. Andra stycket.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(text).toHaveValue("Första stycket. Andra stycket.");
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);

  // The program is killed while it should be saving.
  await text.fill("Första stycket. Andra stycket. Tredje stycket.");
  await portal.killed();
  await expect(page.getByText("Servern svarar inte.")).toBeVisible();
  // Of that, and of the session that had ended, the browser complains.
  expect(complaints.splice(0).filter((told) => !/ERR_CONNECTION_(REFUSED|RESET)|401 \(Unauthorized\)/.test(told))).toEqual([]);
  await portal.again();
  await page.reload();
  await expect(text).toHaveValue("Första stycket. Andra stycket. Tredje stycket.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByRole("button", { name: "Spara", exact: true })).toBeVisible();
  await page.reload();
  await expect(text).toHaveValue("Första stycket. Andra stycket. Tredje stycket.");
});

test("two who write the same page get both texts", async ({ page, portal, browser, baseURL }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.goto("/redaktion/sidor/ny/");
  await page.getByLabel("Rubrik").fill("Stödet i Skåne");
  await page.getByRole("button", { name: "Börja skriva" }).click();
  const other = await (await browser.newContext({ baseURL, javaScriptEnabled: true })).newPage();
  await Device.of(other);
  await join(other, invitation(portal, "rut@lansstyrelsen.example", "reviewer"), "Rut Ek");
  await other.goto(page.url());
  await page.getByLabel("Text", { exact: true }).fill("Evas text.");
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByText("Sparat av Eva Berg")).toBeVisible();
  await other.getByLabel("Text", { exact: true }).fill("Ruts text.");
  await other.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(other.getByRole("alert")).toContainText("Eva Berg har sparat medan du skrev");
  await expect(other.getByLabel("Text", { exact: true })).toHaveValue("Ruts text.");
  await expect(other.getByLabel("Texten som Eva Berg sparade")).toHaveValue("Evas text.");
  expect(await axeFindings(other)).toEqual([]);
  await other.context().close();
});

test("by keyboard alone, and without JavaScript, a page is written and published", async ({ page, portal, browser, baseURL, context }) => {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  const plain = await browser.newContext({ baseURL, javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  await plain.addCookies(await context.cookies());
  const writer = await plain.newPage();
  await writer.goto("/redaktion/sidor/ny/");
  await tabTo(writer, writer.getByLabel("Rubrik"));
  await writer.keyboard.type("Stödet i Skåne");
  await writer.keyboard.press("Enter");
  await expect(writer.getByRole("heading", { name: "Stödet i Skåne", level: 1 })).toBeVisible();
  await tabTo(writer, writer.getByLabel("Ingress"));
  await writer.keyboard.type("Vart du vänder dig.");
  await tabTo(writer, writer.getByLabel("Text", { exact: true }));
  await writer.keyboard.type("Ring socialtjänsten.");
  await tabTo(writer, writer.getByText("Uppgifter om sidan"));
  await writer.keyboard.press("Enter");
  await tabTo(writer, writer.getByRole("group", { name: "Ämnen" }).getByRole("checkbox").first());
  await writer.keyboard.press("Space");
  await tabTo(writer, writer.getByLabel("Skola"));
  await writer.keyboard.press("Space");
  expect(await writer.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await tabTo(writer, writer.getByRole("button", { name: "Spara", exact: true }));
  await writer.keyboard.press("Enter");
  await expect(writer.getByText("Sparat av Eva Berg")).toBeVisible();
  await tabTo(writer, writer.getByRole("link", { name: "Till publicering" }));
  await writer.keyboard.press("Enter");
  await expect(writer.getByRole("heading", { name: "Publicera ”Stödet i Skåne”" })).toBeVisible();
  await tabTo(writer, writer.getByRole("button", { name: "Publicera", exact: true }));
  await writer.keyboard.press("Enter");
  await expect(writer.getByText("Sidan är publicerad.")).toBeVisible();
  await plain.close();
});
