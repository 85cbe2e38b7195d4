import type { Page } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { Device, invitation, join, test } from "../support/staff.js";
import { expect } from "../support/test.js";
import type { Portal } from "../support/portal.js";

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const appearances = [{}, { colorScheme: "dark" }, { colorScheme: "dark", forcedColors: "active" }] as const;

async function noFindings(page: Page): Promise<void> {
  for (const appearance of appearances) {
    await page.emulateMedia(appearance);
    expect(await axeFindings(page), JSON.stringify(appearance)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
}

/** Somebody of Skåne with a new draft open. */
async function aDraft(page: Page, portal: Portal): Promise<void> {
  await Device.of(page);
  await join(page, invitation(portal, "eva@lansstyrelsen.example", "editor", "skane"), "Eva Berg");
  await page.goto("/redaktion/sidor/ny/");
  await page.getByLabel("Rubrik").fill("Stödet i Skåne");
  await page.getByRole("button", { name: "Börja skriva" }).click();
}

async function filled(page: Page, body: string): Promise<void> {
  await page.getByLabel("Ingress").fill("Vart du vänder dig.");
  await text(page).fill(body);
  await page.getByText("Uppgifter om sidan").click();
  await page.getByRole("group", { name: "Ämnen" }).getByRole("checkbox").first().check();
  await page.getByLabel("Skola").check();
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(text(page)).toHaveValue(body);
}

/** As a browser does it when somebody pastes what another program has copied. */
async function paste(page: Page, html: string, plain: string): Promise<void> {
  await text(page).focus();
  await text(page).evaluate(
    (field, [html, plain]) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html!);
      clipboardData.setData("text/plain", plain!);
      field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    },
    [html, plain],
  );
}

test("buttons write the marks, by keyboard too, and the text is shown as readers will see it", async ({ page, portal }) => {
  await aDraft(page, portal);
  const bar = page.getByRole("toolbar", { name: "Textverktyg" });
  await expect(bar.getByRole("button", { name: "Fet" })).toBeVisible();
  await text(page).fill("Ring genast enligt 19 kap. 1 § SoL");
  await text(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 11));
  await page.keyboard.press("Control+b");
  await expect(text(page)).toHaveValue("Ring **genast** enligt 19 kap. 1 § SoL");
  await page.keyboard.press("Control+z");
  await expect(text(page)).toHaveValue("Ring genast enligt 19 kap. 1 § SoL");

  // One stop for the Tab key, arrows within.
  await page.keyboard.press("End");
  await bar.getByRole("button", { name: "Rubrik", exact: true }).focus();
  for (const key of ["End", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
  await expect(bar.getByRole("button", { name: "Punktlista" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(text(page)).toHaveValue("Ring genast enligt 19 kap. 1 § SoL\n\n- punkt\n\n");
  await expect(text(page)).toBeFocused();

  // Though the page lacks its lead: the same pipeline as for readers, with its links to law.
  const live = page.locator(".live .text");
  await expect(live.getByRole("listitem")).toHaveText("punkt");
  await expect(live.locator(".text a, a").filter({ hasText: "19 kap. 1 §" }).first()).toBeVisible();
  expect(await live.locator("[href], [id]").count()).toBe(0);
  await noFindings(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("what is pasted from Word keeps headings, lists, tables and links, and nothing else", async ({ page, portal }) => {
  await aDraft(page, portal);
  await text(page).fill("");
  await paste(
    page,
    `<html><head><style>p { color: red }</style></head><body><!--StartFragment-->
      <h1>Rutin f\u00f6r <span style="color:red">orosanm\u00e4lan</span></h1>
      <p class="MsoNormal">Ring <b>genast</b> och <i>skriv</i> sedan.<o:p></o:p></p>
      <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>   </span></span>Ett</p>
      <p class="MsoListParagraph" style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">o<span>   </span></span>Under ett</p>
      <p class="MsoListParagraph" style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">1.<span>   </span></span>F\u00f6rst</p>
      <h2>Vem</h2>
      <table><tr><td><p>Vem</p></td><td><p>G\u00f6r | vad</p></td></tr><tr><td>Skola</td><td>Anm\u00e4ler</td></tr></table>
      <p>Se <a href="https://www.riksdagen.se/sv/">riksdagen</a> och <a href="javascript:alert(1)">detta</a>.</p>
      <ul><li>Punkt<ul><li>Under</li></ul></li></ul><ol><li>Steg</li></ol>
      <p># inte en rubrik, * inte en punkt, &lt;b&gt; inte fet</p>
      <script>alert(1)</script><img src="https://ond.example/x.png" onerror="alert(1)">
    <!--EndFragment--></body></html>`,
    "x",
  );
  await expect(text(page)).toHaveValue(
    [
      "## Rutin för orosanmälan",
      "Ring **genast** och *skriv* sedan.",
      "- Ett\n    - Under ett\n1. Först",
      "### Vem",
      "| Vem | Gör \\| vad |\n| --- | --- |\n| Skola | Anmäler |",
      "Se [riksdagen](https://www.riksdagen.se/sv/) och detta.",
      "- Punkt\n    - Under\n1. Steg",
      "\\# inte en rubrik, \\* inte en punkt, \\<b\\> inte fet",
    ].join("\n\n"),
  );
  await expect(page.locator(".saved")).toContainText("En bild följde inte med.");
  await expect(page.locator(".live .text").getByRole("heading", { name: "Rutin för orosanmälan" })).toBeVisible();
  // However wide a table is, it scrolls within the page.
  await text(page).fill(`| ${"Ett-långt-ord-utan-mellanslag ".repeat(6).trim().replaceAll(" ", " | ")} |\n|${" --- |".repeat(6)}\n`);
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(page.locator(".live .text").getByRole("table")).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("older texts are held against the newest, named, and made the draft again", async ({ page, portal }) => {
  await aDraft(page, portal);
  await filled(page, "## Så gör du\n\nRing polisen på 112.\n");
  await page.getByRole("link", { name: "Versioner och skillnader" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Versioner av ”Stödet i Skåne”" })).toBeVisible();
  await expect(page.locator("ins").filter({ hasText: "Ring polisen" })).toBeVisible();
  await noFindings(page);
  await page.getByText("Namn och återställning").first().click();
  await page.getByLabel("Namn", { exact: true }).first().fill("Till granskning");
  await page.getByRole("button", { name: "Spara namnet" }).first().click();
  await expect(page.getByText("”Till granskning”").last()).toBeVisible();

  // The text as it was begun: empty.
  await page.getByText("Namn och återställning").last().click();
  await page.getByRole("button", { name: "Gör till utkast" }).click();
  await expect(text(page)).toHaveValue("");
  await page.getByRole("link", { name: "Versioner och skillnader" }).click();
  await page.getByText("Namn och återställning").nth(1).click();
  await page.getByRole("button", { name: "Gör till utkast" }).first().click();
  await expect(text(page)).toHaveValue("## Så gör du\n\nRing polisen på 112.\n");
  await page.setViewportSize({ width: 320, height: 640 });
  await page.getByRole("link", { name: "Versioner och skillnader" }).click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test("a page waits for its time, can be taken from it, shown to somebody without an account, and thrown away", async ({ page, portal, request }) => {
  await aDraft(page, portal);
  await filled(page, "Text som väntar.");
  await page.getByRole("link", { name: "Till publicering" }).click();
  await page.getByLabel("Vid en tid, svensk tid:").check();
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Skriv dagen så här");
  await expect(page.getByLabel("Vid en tid, svensk tid:")).toBeChecked();
  await noFindings(page);
  const day = new Date(Date.now() + 200 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await page.getByLabel("Dag", { exact: true }).fill(day);
  await page.getByLabel("Klockan", { exact: true }).fill("08:00");
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await expect(page.getByText("Publiceras av sig själv")).toBeVisible();
  await expect(page.getByText("kl. 08.00")).toBeVisible();
  await expect(text(page)).toHaveCount(0);
  await noFindings(page);
  await page.getByRole("button", { name: "Ta bort tiden" }).click();
  await expect(text(page)).toHaveValue("Text som väntar.");

  await page.getByRole("button", { name: "Skapa länk" }).click();
  const link = (await page.locator("code.secret").textContent())!.replace("127.0.0.1", "localhost");
  await noFindings(page);
  const shown = await request.get(link);
  expect([shown.status(), (await shown.text()).includes("Text som väntar.")]).toEqual([200, true]);
  await page.getByRole("button", { name: "Avsluta länken" }).click();
  const ended = await request.get(link);
  expect([ended.status(), (await ended.text()).includes("Länken gäller inte längre")]).toEqual([410, true]);

  await page.getByText("Kasta utkastet").click();
  await page.getByRole("button", { name: "Kasta", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Kastade utkast" })).toBeVisible();
  await noFindings(page);
  await page.getByRole("button", { name: "Ta fram igen" }).click();
  await expect(text(page)).toHaveValue("Text som väntar.");
});

test("whoever answers for a page is named on it", async ({ page, portal }) => {
  await aDraft(page, portal);
  await filled(page, "Text.");
  await page.getByRole("link", { name: "Till publicering" }).click();
  await page.getByRole("button", { name: "Publicera", exact: true }).click();
  await expect(page.getByRole("definition").first()).toHaveText("Eva Berg");
  await page.getByText("Ändra vem som ansvarar").click();
  await noFindings(page);
  await page.getByLabel("Ersättare").selectOption({ label: "Eva Berg, eva@lansstyrelsen.example" });
  await page.getByRole("button", { name: "Spara", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Ersättaren behöver vara någon annan");
  await page.goto("/redaktion/sidor/?lan=&ansvarig=jag");
  await expect(page.getByRole("status").filter({ hasText: "sida" })).toHaveText("1 sida");
});

test("numbers and figures are copied as references, and readers meet what the data holds", async ({ page, portal }) => {
  await aDraft(page, portal);
  await page.getByRole("link", { name: "Telefonnummer och siffror" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Uppgifter att hänvisa till" })).toBeVisible();
  const line = page.getByRole("listitem").filter({ hasText: "020-50 50 50" }).locator("code");
  await expect(line).toHaveText("<stodlinje:kvinnofridslinjen>");
  await noFindings(page);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.goBack();
  await filled(page, "Ring <stodlinje:kvinnofridslinjen>. Ring <stodlinje:fel>.");
  await expect(page.getByText("ingen uppgift som heter ”stodlinje:fel”")).toBeVisible();
  await page.getByRole("link", { name: "Förhandsvisa", exact: true }).click();
  await expect(page.getByText("Ring Kvinnofridslinjen, 020-50 50 50 (dygnet runt).")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "020-50 50 50" })).toHaveAttribute("href", "tel:+4620505050");
});
