import type { Locator, Page } from "@playwright/test";
import { articles } from "../support/pages.js";
import { expect, tabTo, test } from "../support/test.js";

const when = (page: Page) => page.getByRole("region", { name: "Vad gällde när?" });
const field = (page: Page) => when(page).getByRole("textbox", { name: "Dag" });
const answer = (page: Page) => when(page).getByRole("status");
const banner = (page: Page) => page.getByRole("main").getByRole("note").first();

const violence = "/regler/sosfs-2014-4/";
const inForce: [path: string, days: Record<string, string>][] = [
  [violence, { "2014-09-30": "SOSFS 2009:22", "2014-10-01": "SOSFS 2014:4", "2022-10-31": "SOSFS 2014:4", "2022-11-01": "HSLF-FS 2022:39" }],
  ["/regler/sfs-2025-400/", { "2025-06-30": "socialtjänstlagen (2001:453)", "2025-07-01": "socialtjänstlagen (2025:400)" }],
];

for (const [path, days] of inForce) {
  test(`by keyboard one learns what applied on a day: ${path}`, async ({ page }) => {
    await page.goto(path);
    for (const [day, name] of Object.entries(days)) {
      await tabTo(page, field(page));
      await typeDay(page, day);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(`${path}?datum=${day}#nar`);
      await expect(answer(page).getByRole("listitem")).toHaveText(new RegExp(`^${escaped(name)} \\(från `));
      await expect(answer(page)).toBeInViewport();
      await expect(field(page)).toHaveValue(day);
    }
  });
}

test("the answer for a day leads to the rules as they were read then, and back to today's", async ({ page }) => {
  await page.goto(`${violence}?datum=2014-09-30`);
  await expect(banner(page)).toContainText("Den 30 september 2014 gällde inte de här reglerna. Då gällde SOSFS 2009:22.");
  await answer(page).getByRole("link", { name: "SOSFS 2009:22" }).click();
  await expect(page).toHaveURL("/regler/sosfs-2009-22/?datum=2014-09-30");
  await expect(banner(page)).toContainText("Du läser reglerna som de gällde 30 september 2014.");
  await answer(page).getByRole("link", { name: "Till dagens regler" }).click();
  await expect(page).toHaveURL("/regler/sosfs-2009-22/");
  await expect(answer(page)).toHaveCount(0);
});

test("a guidance page tells which of the rules that it cites applied on a day", async ({ page }) => {
  await page.goto("/vagledning/tandvardens-ansvar");
  await field(page).fill("2014-10-01");
  await when(page).getByRole("button", { name: "Visa" }).click();
  await expect(answer(page)).toContainText("Den 1 oktober 2014 gällde:");
  for (const name of ["SOSFS 2014:4", "socialtjänstlagen (2001:453)", "tandvårdslagen (1985:125)"]) {
    await expect(answer(page).getByRole("link", { name })).toHaveAttribute("href", /\?datum=2014-10-01$/);
  }
});

test("a day that cannot be read stays as it was typed, with what to do about it", async ({ page }) => {
  for (const path of [violence, "/vagledning/orosanmalan"]) {
    await page.goto(`${path}?datum=${encodeURIComponent("förra våren")}`);
    await expect(field(page)).toHaveValue("förra våren");
    await expect(field(page)).toHaveAttribute("aria-invalid", "true");
    await expect(field(page)).toHaveAccessibleDescription("Dagen går inte att läsa. Skriv år, månad och dag så här: 2014-10-01.");
    await expect(when(page).getByRole("alert")).toBeVisible();
    await expect(answer(page)).toHaveCount(0);
  }
  await tabTo(page, field(page));
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("20250701");
  await page.keyboard.press("Enter");
  await expect(answer(page)).toContainText("Den 1 juli 2025 gällde:");
  await expect(when(page).getByRole("alert")).toHaveCount(0);
  await expect(field(page)).not.toHaveAttribute("aria-invalid");
});

test("an older wording of a section is one click away, and the newer one from there", async ({ page }) => {
  await page.goto("/regler/sfs-1990-52/");
  const section = page.getByRole("heading", { name: "31 a § Utreseförbud" });
  await expect(page.getByText("Lydelse från 1 juni 2024").first()).toBeVisible();
  await page.getByRole("link", { name: "Lydelsen till och med 31 maj 2024" }).click();
  await expect(page).toHaveURL("/regler/sfs-1990-52/?datum=2024-05-31#P31a");
  await expect(section).toBeInViewport();
  await expect(banner(page)).toContainText("Du har valt 31 maj 2024. Det som vi vet har ändrats visas som det löd då.");
  await expect(page.getByText("Lydelse från 1 juli 2020").first()).toBeVisible();
  await expect(page.getByText("Lydelse från 1 juni 2024")).toHaveCount(0);
  await page.getByRole("link", { name: "Lydelsen från 1 juni 2024" }).click();
  await expect(page.getByText("Lydelse från 1 juni 2024").first()).toBeVisible();
});

for (const [path, words] of Object.entries({
  "/regler/sosfs-2014-4/": ["Upphävd", "från 1 oktober 2014 till och med 31 oktober 2022", "ersattes av HSLF-FS 2022:39", "vår sammanfattning"],
  "/regler/sfs-2001-453/": ["Upphävd", "till och med 30 juni 2025", "ersattes av socialtjänstlagen (2025:400)"],
  "/regler/hslf-fs-2022-39/": ["Gäller", "gäller sedan 1 november 2022"],
  "/regler/sfs-2025-400/": ["Gäller", "gäller sedan 1 juli 2025"],
})) {
  test(`the first thing after the heading of ${path} is whether it applies: ${words[0]}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("article").locator("header + *")).toHaveAccessibleName(words[0]);
    await expect(banner(page).locator(".notice-title")).toHaveText(words[0]);
    for (const word of words) await expect(banner(page)).toContainText(word);
  });
}

test("what binds and what is recommended are told apart in words, at each of them", async ({ page }) => {
  const [rule, advice] = ["Föreskrift – bindande", "Allmänt råd – rekommendation"];
  for (const path of ["/regler/hslf-fs-2022-39/", violence]) {
    await page.goto(path);
    for (const [kind, word] of [["binding", rule], ["advice", advice]]) {
      const words = await page.locator(`.provision.${kind}`).evaluateAll((provisions) => provisions.map((one) => one.querySelector(".provision-kind")?.textContent ?? ""));
      expect.soft(words.length, `${path}: ${kind}`).toBeGreaterThan(0);
      expect.soft(words.filter((said) => !said.startsWith(word)), `${path}: ${kind}`).toEqual([]);
    }
  }
  // All that Riksdagen decides binds; the word would stand at every section.
  await page.goto("/regler/sfs-2025-400/");
  await expect(page.getByText(rule)).toHaveCount(0);
});

for (const [path, name] of [
  ["/vagledning/tandvardens-ansvar", "19 kap. 6 § SoL"],
  ["/vagledning/tandvardens-ansvar", "8 kap. HSLF-FS 2022:39"],
  ["/vagledning/arbete-med-valdsutovare", "13 kap. 8 § andra stycket SoL"],
] as const) {
  test(`a citation leads to the place that it names: ${name}`, async ({ page }) => {
    await page.goto(path);
    const citation = page.locator(".text").getByRole("link", { name }).first();
    const address = (await citation.getAttribute("href"))!;
    await citation.click();
    await expect(page).toHaveURL(address);
    const place = page.locator(`[id="${address.split("#")[1]}"]`);
    await expect(place).toBeInViewport();
    const [{ y }, bar] = [(await place.boundingBox())!, (await page.locator(".leave").boundingBox())!];
    expect(y).toBeGreaterThanOrEqual(bar.y + bar.height);
  });
}

/** A short citation in the middle of guidance, with its preview. */
async function citation(page: Page): Promise<{ link: Locator; preview: Locator; previews: Locator }> {
  await page.goto("/vagledning/tandvardens-ansvar");
  const link = page.locator(".text").getByRole("link", { name: "13 kap. 1 § SoL" });
  return { link, preview: page.locator(`[id="${await link.getAttribute("aria-describedby")}"]`), previews: page.getByRole("tooltip") };
}

test("no preview is seen before somebody asks for it", async ({ page }) => {
  for (const path of [...articles, violence, "/regler/hslf-fs-2022-39/", "/handbok/2016/vuxna/"]) {
    await page.goto(path);
    expect.soft(await page.locator(".preview").count(), path).toBeGreaterThan(0);
    await expect.soft(page.locator(".preview").filter({ visible: true }), path).toHaveCount(0);
  }
});

test("focus shows at once what a citation says, and hides it when it moves on", async ({ page }) => {
  const { link, preview, previews } = await citation(page);
  await tabTo(page, link);
  expect(await preview.isVisible()).toBe(true);
  await expect(preview.locator("strong")).toHaveText("13 kap. 1 § socialtjänstlagen (2025:400)");
  await expect(preview).toContainText("Gäller sedan 1 juli 2025.");
  await expect(link).toHaveAccessibleDescription(oneLine((await preview.textContent())!));
  await expect(previews.filter({ visible: true })).toHaveCount(1);
  await page.keyboard.press("Shift+Tab");
  await expect(preview).toBeHidden();
});

test("a pointer that rests on a citation shows what it says, can be moved there, and hides it by leaving", async ({ page }) => {
  const { link, preview, previews } = await citation(page);
  await link.hover();
  await expect(preview).toBeVisible();
  const [from, to] = [(await link.boundingBox())!, (await preview.boundingBox())!];
  await page.mouse.move(from.x + from.width / 2, to.y + 10, { steps: 20 });
  await expect(preview).toBeVisible();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(previews.filter({ visible: true })).toHaveCount(0);
});

test("an open preview covers nothing, moves no line that is being read, and makes no page wider", async ({ page }) => {
  for (const path of [...articles, violence, "/regler/sfs-2025-400/", "/handbok/2016/vuxna/", "/handbok/socialtjanst-vard-tandvard/tandvarden/"]) {
    await page.goto(path);
    const { judged, faults } = await page.evaluate(judgePreviews);
    expect.soft(judged, path).toBeGreaterThan(0);
    expect.soft(faults, path).toEqual([]);
  }
});

/** In the page: opens each preview in turn by focus, and notes what it disturbs. */
function judgePreviews(): { judged: number; faults: string[] } {
  const faults: string[] = [];
  const links = [...document.querySelectorAll<HTMLElement>("main .lagrum")].filter((link) => link.checkVisibility());
  // Where the link's lines stand on the page, and what else is on the last of them.
  const lines = (link: HTMLElement) => {
    const own = [...link.getClientRects()];
    const behind = document.createRange();
    const text = link.parentElement!.nextSibling;
    if (text instanceof Text && text.length > 0) behind.setEnd((behind.setStart(text, 0), text), 1);
    const beside = [...behind.getClientRects()].filter(({ top }) => Math.abs(top - own.at(-1)!.top) < 4);
    const scrolled = (link.closest(".table-scroll")?.scrollLeft ?? 0) + scrollX;
    return [...own, ...beside].map(({ left, top }) => `${Math.round(left + scrolled)}, ${Math.round(top + scrollY)}`).join("; ");
  };
  for (const link of links) {
    const fault = (what: string) => faults.push(`${link.textContent}: ${what}`);
    (document.activeElement as HTMLElement).blur();
    const before = lines(link);
    link.focus();
    const preview = link.parentElement!.querySelector(".preview")!;
    if (!preview.checkVisibility()) fault("not shown");
    const { top, bottom, left, right } = preview.getBoundingClientRect();
    if ([...link.getClientRects()].some((line) => line.bottom > top + 0.5 && line.top < bottom && line.right > left && line.left < right)) fault("covered");
    if (bottom > link.closest("p, li, dd, td, th, div")!.getBoundingClientRect().bottom + 0.5) fault("preview hangs over what comes next");
    if (lines(link) !== before) fault(`moved from ${before} to ${lines(link)}`);
    if (document.documentElement.scrollWidth > innerWidth) fault(`page ${document.documentElement.scrollWidth} wide`);
    if (!link.closest(".table-scroll") && (left < 0 || right > innerWidth)) fault(`preview from ${left} to ${right}`);
  }
  return { judged: links.length, faults };
}

test("the duties of one's own organisation are a checklist, each with its rule", async ({ page }) => {
  await page.goto("/vagledning/ansvar/");
  const roles = page.getByRole("navigation", { name: "Verksamhet" });
  await roles.getByRole("link", { name: "Tandvård" }).click();
  await expect(page).toHaveURL("/vagledning/ansvar/?roll=tandvard");
  await expect(roles.getByRole("link", { name: "Tandvård" })).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading", { level: 2, name: "Checklista: Tandvård" })).toBeVisible();

  const rows = page.locator("table.duties tbody tr");
  const count = await rows.count();
  expect(count).toBeGreaterThan(10);
  const must = await rows.filter({ has: page.getByRole("cell", { name: "Ska", exact: true }) }).count();
  await expect(page.getByText(`${count} rader: ${must} som ni ska göra och ${count - must} som ni bör göra.`)).toBeVisible();
  for (const row of await rows.all()) {
    await expect.soft(row.getByRole("cell").first()).toHaveText(/^(Ska|Bör)$/);
    expect.soft(await row.getByRole("cell").nth(2).getByRole("link").count(), (await row.textContent())!).toBeGreaterThan(0);
  }
});

/** Types a day into a field for dates, in the order of parts that the browser's language wants. */
async function typeDay(page: Page, day: string): Promise<void> {
  const [year, month, date] = day.split("-");
  for (const keys of [`${year}${month}${date}`, `${month}${date}${year}`, `${date}${month}${year}`]) {
    for (let part = 0; part < 3; part++) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type(keys);
    if ((await field(page).inputValue()) === day) return;
  }
  throw new Error(`${day} cannot be typed`);
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
const escaped = (text: string) => text.replace(/[()]/g, "\\$&");
