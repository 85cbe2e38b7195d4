import type { Page, Request } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "../support/test.js";
import { unzipped } from "../support/workbook.js";

// What does not depend on the window.

for (const [name, type] of Object.entries({ csv: "text/csv; charset=utf-8", xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" })) {
  test(`the checklist can be taken along as ${name}, row by row`, async ({ page, request }) => {
    await page.goto("/vagledning/ansvar/?roll=tandvard");
    const rows = await page.locator("table.duties tbody tr").count();
    const link = page.getByRole("link", { name: name === "csv" ? "Hämta som CSV" : "Hämta som Excel" });
    const answer = await request.get((await link.getAttribute("href"))!);
    expect(answer.headers()["content-type"]).toBe(type);

    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    expect(download.suggestedFilename()).toBe(`ansvar-tandvard.${name}`);
    const file = readFileSync(await download.path());
    expect(file.equals(await answer.body())).toBe(true);

    const head = "Ska eller bör;Uppgift;Lagrum;Vägledning;Vår rutin";
    if (name === "csv") {
      const lines = file.toString("utf8").trim().split(/\r?\n/);
      expect(lines[0]).toBe(head);
      expect(lines).toHaveLength(rows + 1);
      for (const line of lines.slice(1)) expect.soft(line).toMatch(/^(ska|bör);/);
    } else {
      expect([...unzipped(file, "xl/worksheets/sheet1.xml").matchAll(/<row /g)]).toHaveLength(rows + 1);
      const words = unzipped(file, "xl/sharedStrings.xml").replace(/<[^>]+>/g, ";");
      for (const word of head.split(";")) expect.soft(words).toContain(`;${word};`);
      // Dated by the library's day, not the second of the download: the same matrix is the same file.
      expect(unzipped(file, "docProps/core.xml")).toMatch(/<dcterms:created[^>]*>\d{4}-\d\d-\d\dT00:00:00Z</);
    }
  });
}

test("on paper a guidance page cites with addresses, and asks for no day", async ({ page }, testInfo) => {
  await page.goto("/vagledning/tandvardens-ansvar");
  const link = page.locator(".text").getByRole("link", { name: "13 kap. 1 § SoL" });
  const targets = await page.locator(".text a.lagrum").evaluateAll((links) => links.map((cited) => cited.getAttribute("href")!));
  // Focus opens a preview on the screen; not on paper.
  await link.focus();
  const preview = oneLine((await page.locator(".preview").filter({ visible: true }).textContent())!);
  const paper = await printed(page, testInfo.outputPath("page.pdf"));
  expect(targets.length).toBeGreaterThan(20);
  for (const target of targets) expect.soft(paper.replaceAll(" ", "")).toContain(`[${target}]`);
  expect.soft(paper).not.toContain(preview.slice(-60));
  expect.soft(paper).toMatch(/Status: publicerad, granskad \d{1,2} [a-z]+ \d{4}/);

  await page.emulateMedia({ media: "print" });
  await expect.soft(page.locator(".preview").filter({ visible: true })).toHaveCount(0);
  await expect.soft(page.getByRole("button", { name: "Visa" })).toBeHidden();
  expect.soft(paper).not.toContain("Skriv en dag");
});

test("on paper a regulation says whether it applies and how it was read", async ({ page }, testInfo) => {
  await page.goto("/regler/sosfs-2014-4/?datum=2015-03-01");
  const paper = await printed(page, testInfo.outputPath("page.pdf"));
  expect.soft(paper).toContain("Status: upphävd, sammanfattning, läst för 1 mars 2015");
  expect.soft(paper).toContain("Reglerna gällde från 1 oktober 2014 till och med 31 oktober 2022.");
  expect.soft(paper).toContain("Du har valt 1 mars 2015.");
  expect.soft(paper).toContain("Den 1 mars 2015 gällde:");
  for (const word of ["Föreskrift – bindande", "Allmänt råd – rekommendation"]) expect.soft(paper).toContain(word);
});

test("citations, their previews and the date field need no script of their own, and no WebAssembly", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request: Request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/vagledning/tandvardens-ansvar?datum=2014-10-01", { waitUntil: "networkidle" });
  const link = page.locator(".text a.lagrum").first();
  await link.focus();
  await link.hover();
  await expect(page.locator(".preview").filter({ visible: true })).toHaveCount(1);
  const code = asked.filter((file) => /\.(m?js|wasm)$/.test(file)).map((file) => file.replace(/^\/pkg\/(.*)\.[0-9a-f]+\./, "$1."));
  expect(code.sort()).toEqual(["guard.js", "leave.js"]);
});

async function printed(page: Page, file: string): Promise<string> {
  writeFileSync(file, await page.pdf());
  return oneLine(execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }));
}

const oneLine = (text: string) => text.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
