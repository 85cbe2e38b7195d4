import type { Page } from "@playwright/test";
import { axeFindings } from "./axe.js";
import { expect } from "./test.js";

/** From the list to a new conference's form. */
export async function begin(page: Page, withScript = true): Promise<void> {
  await page.goto("/redaktion/konferenser/");
  await page.getByRole("link", { name: "Skapa ett arrangemang" }).click();
  if (withScript) expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel("Konferens", { exact: true }).check();
  await page.getByLabel("Rubrik").fill("Vårens konferens");
  await page.getByLabel("Dag", { exact: true }).fill("2031-05-20");
  await page.getByLabel("Ort", { exact: true }).fill("Lund");
  await page.getByRole("button", { name: "Skapa" }).click();
  await expect(page.getByRole("heading", { name: "Vårens konferens", level: 1 })).toBeVisible();
}

export async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("Ingress").fill("En dag för dig som möter utsatta.");
  await page.getByLabel("Lokal", { exact: true }).fill("Salen");
  await page.getByLabel("Funktion", { exact: true }).fill("Kansliet");
  await page.getByLabel("E-post", { exact: true }).fill("kansli@lansstyrelsen.example");
}
