import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { pages } from "../support/pages.js";
import { expect, test } from "../support/test.js";

test("on paper every page says what it is, where it came from and how fresh it is, without menus", async ({ page, baseURL }, testInfo) => {
  for (const path of pages) {
    await page.goto(path);
    const file = testInfo.outputPath("page.pdf");
    writeFileSync(file, await page.pdf());
    const paper = oneLine(execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }));

    expect.soft(paper, path).toContain(oneLine(await page.getByRole("heading", { level: 1 }).innerText()));
    expect.soft(paper.replaceAll(" ", ""), path).toContain(`${baseURL}${path}`);
    expect.soft(paper, path).toMatch(/Version \d{1,2} [a-z]+ \d{4}/);
    expect.soft(paper, path).toMatch(/Status: \w+/);
    for (const menu of ["Hoppa till innehållet", "Personuppgifter Kontakt Surfa"]) expect.soft(paper, path).not.toContain(menu);

    await page.emulateMedia({ media: "print" });
    for (const part of [".skip", ".leave", ".help", ".head nav", ".search", ".crumbs", ".contents", ".pager", ".foot"]) {
      expect.soft(await page.locator(part).filter({ visible: true }).count(), `${path}: ${part}`).toBe(0);
    }
    await page.emulateMedia({ media: null });
  }
});

test("printed links show where they lead", async ({ page }) => {
  await page.goto("/vagledning/orosanmalan");
  await page.emulateMedia({ media: "print" });
  const shown = await page.locator('main a[href^="http"]').evaluateAll((links) => links.map((link) => getComputedStyle(link, "::after").content));
  expect(shown.every((text) => text.includes("http"))).toBe(true);
});

const oneLine = (text: string) => text.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim();
