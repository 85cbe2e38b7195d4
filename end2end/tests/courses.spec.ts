import type { Browser, Locator, Page } from "@playwright/test";
import { axeFindings } from "../support/axe.js";
import { expect, judgeFocus, tabTo, test } from "../support/test.js";

const first = "/utbildning/kurser/prov/alla-slag/";
const question = (page: Page, id: string) => page.locator(`section#fraga-${id}`);
/** What axe finds with the whole of every target in sight: at the edge of the exit bar some are half covered. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(() => scrollTo(0, 0));
  return axeFindings(page);
}
const send = (asked: Locator) => asked.getByRole("button").click();

/** Which boxes are marked, or what each part gets; in a case a choice for each step. */
type Answer = string[] | Record<string, string>;
/** The questions of the first module, in its order. */
const asked: Record<string, { kind: string; wrong: Answer; right: Answer }> = {
  vanta: { kind: "enval", wrong: ["Väntar på bevis."], right: ["Anmäler genast."] },
  tecken: { kind: "flerval", wrong: ["Hen läser mycket."], right: ["Hen får aldrig följa med.", "Någon väntar alltid utanför."] },
  efter: {
    kind: "ordning",
    wrong: { Skyddsbedömning: "2", "Beslut om utredning": "1", "Utredningen är klar": "3" },
    right: { Skyddsbedömning: "1", "Beslut om utredning": "2", "Utredningen är klar": "3" },
  },
  vem: {
    kind: "para",
    wrong: { Polisen: "bedömer skydd", Socialnämnden: "utreder brott", Vården: "frågar och dokumenterar" },
    right: { Polisen: "utreder brott", Socialnämnden: "bedömer skydd", Vården: "frågar och dokumenterar" },
  },
  kvallen: { kind: "fall", wrong: ["Ringer hem."], right: ["Ringer socialjouren.", "Berättar allt."] },
};
const verdict = (page: Page, id: string, isRight: boolean) =>
  question(page, id).getByText(isRight ? /^(Rätt\.|Det slutade bra\.)$/ : /^(Inte riktigt\.|Det slutade inte bra\.)$/);

async function answer(page: Page, id: string, isRight: boolean): Promise<void> {
  const place = question(page, id);
  const given = asked[id][isRight ? "right" : "wrong"];
  if (!Array.isArray(given)) {
    for (const [part, value] of Object.entries(given)) await place.getByLabel(part).selectOption(value);
  } else {
    for (const box of await place.getByRole("checkbox").all()) await box.uncheck();
    for (const [at, choice] of given.entries()) {
      await place.getByLabel(choice).check();
      if (asked[id].kind === "fall" && at < given.length - 1) await send(place);
    }
  }
  await send(place);
  await expect(verdict(page, id, isRight)).toBeVisible();
}

async function answerAll(page: Page, isRight = true): Promise<void> {
  for (const id of Object.keys(asked)) await answer(page, id, isRight);
}

/** A narrow window of its own at this address. */
async function open(browser: Browser, baseURL: string | undefined, javaScriptEnabled: boolean, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, javaScriptEnabled, viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  await page.goto(address);
  if (javaScriptEnabled && address === first) await expect(page.locator("html[data-islands=awake]")).toHaveCount(1);
  return page;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`a whole course is taken, kept and certified, ${how}`, async ({ browser, baseURL, request }) => {
    const page = await open(browser, baseURL, javaScriptEnabled, "/utbildning/");
    await page.getByRole("link", { name: "Provkursen" }).click();
    await page.getByRole("link", { name: "Börja läsa" }).click();
    await expect(page).toHaveURL(first);
    if (javaScriptEnabled) await expect(page.locator("html[data-islands=awake]")).toHaveCount(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);

    // Nothing chosen, then something wrong: both are told where they are.
    await send(question(page, "vanta"));
    await expect(question(page, "vanta").getByText("Välj ett svar först.")).toBeVisible();
    await question(page, "vanta").getByLabel("Väntar på bevis.").check();
    await send(question(page, "vanta"));
    await expect(question(page, "vanta").getByText("Inte riktigt.")).toBeVisible();
    await expect(question(page, "vanta").getByText("Misstanke räcker.", { exact: true })).toBeVisible();
    await expect(question(page, "vanta").getByRole("link", { name: "19 kap. 1 § SoL" })).toBeVisible();
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    await answerAll(page);
    await expect(page.getByText("Modulen är klar: 5 av 5 frågor rätt.")).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);

    // Only now is anything kept.
    await page.getByRole("button", { name: "Spara mina svar" }).click();
    await expect(page.getByText("Sparat. Skriv upp koden eller spara länken.")).toBeVisible();
    if (javaScriptEnabled) expect(await findings(page)).toEqual([]);
    const code = (await page.locator("code.key").textContent())!;
    await page.context().close();

    // Another day, another device.
    const other = await browser.newContext({ baseURL, javaScriptEnabled });
    const there = await other.newPage();
    await there.goto("/utbildning/mina-kurser/");
    await there.getByLabel("Kursens kod").fill(code.toLowerCase());
    await there.getByRole("button", { name: "Fortsätt" }).click();
    await expect(there.getByRole("listitem").filter({ hasText: "Frågor av alla slag" }).getByText("Klar")).toBeVisible();
    await there.getByRole("link", { name: "Börja på ”En fråga till”" }).click();
    await question(there, "tolk").getByLabel("Maken.").check();
    await send(question(there, "tolk"));
    await expect(question(there, "tolk").getByText("Aldrig en anhörig.")).toBeVisible();
    await question(there, "tolk").getByLabel("En bokad tolk.").check();
    await send(question(there, "tolk"));
    await expect(question(there, "tolk").getByText("Rätt.", { exact: true })).toBeVisible();
    await there.goto(there.url().replace(/en-fraga\/.*/, ""));
    await there.getByRole("link", { name: "Hämta ditt intyg" }).click();
    await there.getByRole("button", { name: "Hämta intyg (pdf)" }).click();
    await expect(there.getByRole("link", { name: "Skriv namnet som ska stå på intyget." })).toBeVisible();
    if (javaScriptEnabled) expect(await findings(there)).toEqual([]);
    await there.getByLabel("Ditt namn").fill("Åsa Ek");
    const download = there.waitForEvent("download");
    await there.getByRole("button", { name: "Hämta intyg (pdf)" }).click();
    expect((await download).suggestedFilename()).toBe("intyg.pdf");
    await there.reload();
    const certificate = (await there.getByText(/Intyget har koden/).textContent())!.match(/\S{4}-\S{4}-\S{4}/)![0];
    await other.close();
    const checked = await (await request.get(`/intyg/${certificate}/`)).text();
    expect(checked).toContain("Intyget är äkta");
    expect(checked).not.toContain("Åsa Ek");
  });
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with JavaScript" : "without JavaScript";

  test(`axe finds nothing in any kind of question: untouched, left empty, wrong, halfway or right, ${how}`, async ({ browser, baseURL }) => {
    test.slow();
    const page = await open(browser, baseURL, javaScriptEnabled, first);
    const kinds = await page.locator("[data-kind]").evaluateAll((all) => all.map((one) => one.getAttribute("data-kind")));
    expect(kinds).toEqual(["enval", "flerval", "ordning", "para", "reflektion", "fall"]);
    const expectNothing = async (state: string) => {
      const judged = javaScriptEnabled ? page : await asItStands(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await judged.emulateMedia({ colorScheme });
        expect.soft(await findings(judged), `${state}, ${colorScheme}`).toEqual([]);
      }
      if (judged !== page) await judged.context().close();
    };
    await expectNothing("untouched");
    // Without a script the page tells of one question at a time.
    for (const id of Object.keys(asked)) {
      await send(question(page, id));
      await expect(question(page, id).locator(".fault")).toBeVisible();
      await expectNothing(`${id}, left empty`);
    }
    for (const [part] of Object.entries(asked.efter.right)) await question(page, "efter").getByLabel(part).selectOption("1");
    await send(question(page, "efter"));
    await expect(question(page, "efter").getByText("Samma val står på två rader.")).toBeVisible();
    await expectNothing("the same place twice");

    await answerAll(page, false);
    await expectNothing("wrong");
    await question(page, "kvallen").getByLabel(asked.kvallen.right[0]).check();
    await send(question(page, "kvallen"));
    await expect(question(page, "kvallen").getByText("Du valde: Ringer socialjouren.")).toBeVisible();
    await expectNothing("halfway through a case");
    await question(page, "kvallen").getByLabel("Säger att det nog är lugnt.").check();
    await send(question(page, "kvallen"));
    await expect(verdict(page, "kvallen", false)).toBeVisible();
    await answerAll(page);
    await expectNothing("right");
    await page.context().close();
  });

  test(`a whole course is taken by keyboard alone, from the list of courses to the certificate, ${how}`, async ({ browser, baseURL }) => {
    test.slow();
    const page = await open(browser, baseURL, javaScriptEnabled, "/utbildning/kurser/");
    // Back from what is said about an answer to its question; without a script the new page begins at the question.
    const back = javaScriptEnabled ? "Shift+Tab" : "Tab";
    const press = async (wanted: Locator) => {
      await goTo(page, wanted);
      await page.keyboard.press("Enter");
    };
    await press(page.getByRole("link", { name: "Provkursen" }));
    await press(page.getByRole("link", { name: "Börja läsa" }));
    await expect(page).toHaveURL(first);
    if (javaScriptEnabled) await expect(page.locator("html[data-islands=awake]")).toHaveCount(1);

    // Nothing chosen: what is wrong with it has the focus, before the choices.
    await press(question(page, "vanta").getByRole("button"));
    await expectLanding(page, "vanta", question(page, "vanta").getByText("Välj ett svar först."), javaScriptEnabled);
    await type(page, "vanta", false);
    await expectLanding(page, "vanta", verdict(page, "vanta", false), javaScriptEnabled);
    await type(page, "vanta", true, back);
    await expectLanding(page, "vanta", verdict(page, "vanta", true), javaScriptEnabled);
    for (const id of Object.keys(asked).slice(1)) {
      await type(page, id, false);
      await expectLanding(page, id, verdict(page, id, false), javaScriptEnabled);
      await type(page, id, true, back);
      await expectLanding(page, id, verdict(page, id, true), javaScriptEnabled);
    }
    await expect(page.getByText("Modulen är klar: 5 av 5 frågor rätt.")).toBeVisible();
    await press(page.getByRole("button", { name: "Spara mina svar" }));
    await expect(page.getByText("Sparat. Skriv upp koden eller spara länken.")).toBeVisible();

    await press(page.getByRole("link", { name: "Börja på ”En fråga till”" }));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("En fråga till");
    if (javaScriptEnabled) await expect(page.locator("html[data-islands=awake]")).toHaveCount(1);
    for (const [choice, said] of [["Maken.", "Inte riktigt."], ["En bokad tolk.", "Rätt."]] as const) {
      await pick(page, question(page, "tolk").getByLabel(choice), said === "Rätt." ? back : "Tab");
      await page.keyboard.press("Enter");
      await expectLanding(page, "tolk", question(page, "tolk").getByText(said, { exact: true }), javaScriptEnabled);
    }
    await press(page.getByRole("navigation", { name: "Fler sidor" }).getByRole("link", { name: /Din kurs/ }));
    await expect(page.getByRole("heading", { name: "Kursen är klar" })).toBeVisible();
    await press(page.getByRole("link", { name: "Hämta ditt intyg" }));
    await press(page.getByRole("button", { name: "Hämta intyg (pdf)" }));
    await press(page.getByRole("link", { name: "Skriv namnet som ska stå på intyget." }));
    await expect(page.getByLabel("Ditt namn")).toBeFocused();
    await page.keyboard.type("Åsa Ek");
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await download).suggestedFilename()).toBe("intyg.pdf");
    await page.context().close();
  });
}

/** What a browser without scripts shows, where axe can run, which is one: the same page, and none of its own scripts. */
async function asItStands(page: Page): Promise<Page> {
  const html = await page.content();
  const twin = await page.context().browser()!.newPage({ viewport: page.viewportSize()! });
  await twin.route(page.url().split("#")[0], (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await twin.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await twin.goto(page.url());
  return twin;
}

/** Goes there with a key; every stop on the way is seen. */
async function goTo(page: Page, wanted: Locator, key = "Tab"): Promise<void> {
  await tabTo(page, wanted, key, async () => {
    const { hidden, where } = await page.evaluate(judgeFocus);
    expect(hidden, where).toBe("");
  });
}

/** Marks a radio button: a key comes to the group, arrows to the button. */
async function pick(page: Page, wanted: Locator, key: string): Promise<void> {
  await goTo(page, wanted.locator("xpath=ancestor::fieldset"), key);
  await page.keyboard.press("Space");
  for (let at = 0; at < 6 && !(await wanted.isChecked()); at++) await page.keyboard.press("ArrowDown");
  await expect(wanted).toBeChecked();
}

/** Answers with keys alone. The first is the one that leads to the question. */
async function type(page: Page, id: string, isRight: boolean, key = "Tab"): Promise<void> {
  const place = question(page, id);
  const given = asked[id][isRight ? "right" : "wrong"];
  if (!Array.isArray(given)) {
    await goTo(page, place.getByRole("combobox").first(), key);
    for (const select of await place.getByRole("combobox").all()) {
      await expect(select).toBeFocused();
      const wanted = given[(await select.evaluate((one) => (one as HTMLSelectElement).labels[0].textContent))!];
      // A list opens with a key in some systems and not in others; typing how an answer begins chooses it in all.
      // As far as Playwright has keys: å, ä and ö it inserts, and that goes to another field.
      await page.keyboard.type(wanted.match(/^[a-z0-9]+/)![0]);
      await expect(select.locator("option:checked")).toHaveText(wanted);
      await page.keyboard.press("Tab");
    }
    await expect(place.getByRole("button")).toBeFocused();
    return page.keyboard.press("Space");
  }
  if (asked[id].kind === "flerval") {
    await goTo(page, place.getByRole("checkbox").first(), key);
    for (const box of await place.getByRole("checkbox").all()) {
      await expect(box).toBeFocused();
      const wanted = given.includes((await box.evaluate((one) => (one as HTMLInputElement).labels![0].textContent))!);
      if ((await box.isChecked()) !== wanted) await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
    }
    await expect(place.getByRole("button")).toBeFocused();
    return page.keyboard.press("Enter");
  }
  for (const [at, choice] of given.entries()) {
    // The next step of a case has the focus already.
    const isThere = at > 0 && (await place.getByRole("radio").first().evaluate((one) => one === document.activeElement));
    await (isThere ? page.keyboard.press("Space") : pick(page, place.getByLabel(choice), at === 0 ? key : "Tab"));
    await expect(place.getByLabel(choice)).toBeChecked();
    await page.keyboard.press("Enter");
    if (at < given.length - 1) await expect(place.getByText(`Du valde: ${choice}`)).toBeVisible();
  }
}

/** What is said about an answer is in sight and has the focus; without a script the question is where the new page begins. */
async function expectLanding(page: Page, id: string, said: Locator, javaScriptEnabled: boolean): Promise<void> {
  await expect(said).toBeVisible();
  if (javaScriptEnabled) {
    await expect(said.locator("xpath=ancestor-or-self::*[@tabindex][1]")).toBeFocused();
    await expect(said).toBeInViewport();
  } else {
    await expect(page).toHaveURL(new RegExp(`#fraga-${id}$`));
    await expect(question(page, id)).toBeInViewport();
  }
  const { hidden, where } = await page.evaluate(judgeFocus);
  expect(hidden, where).toBe("");
}

test("what is thought about is sent nowhere", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
  await page.goto(first);
  await page.getByLabel("Vem ringer ni en fredag kväll?").fill("kanariefrida");
  await question(page, "vanta").getByLabel("Anmäler genast.").check();
  await send(question(page, "vanta"));
  await expect(question(page, "vanta").getByText("Rätt.", { exact: true })).toBeVisible();
  expect(sent.filter((one) => one.includes("kanariefrida"))).toEqual([]);
  await expect(page.getByLabel("Vem ringer ni en fredag kväll?")).toHaveValue("kanariefrida");
});

test("thirty answer in a group, and the leader's page follows by itself", async ({ page, browser, baseURL, request }) => {
  await page.goto("/utbildning/kurser/prov/");
  await page.getByLabel("Modul", { exact: true }).selectOption("Frågor av alla slag");
  await page.getByRole("button", { name: "Starta en grupp" }).click();
  await expect(page.getByText("Ingen deltar än.")).toBeVisible();
  expect(await findings(page)).toEqual([]);
  const code = (await page.locator(".group-code").textContent())!.trim();
  expect(code).toMatch(/^[0-9A-Z]{6}$/);

  // One on a phone, as people are; the others as their browsers would send it.
  const phone = await browser.newContext({ baseURL, viewport: { width: 320, height: 640 } });
  const own = await phone.newPage();
  await own.goto(`/utbildning/grupp/${code}/`);
  await own.getByRole("button", { name: "Delta" }).click();
  await expect(page.getByText("En deltar.")).toBeVisible();
  expect(await findings(own)).toEqual([]);
  await question(own, "vanta").getByLabel("Anmäler genast.").check();
  await send(question(own, "vanta"));
  await expect(question(own, "vanta").getByText("Rätt.", { exact: true })).toBeVisible();
  const spread = page.getByRole("region", { name: "Fråga 1" });
  await expect(spread.getByText("1 har svarat. Fördelningen visas när minst 3 har svarat.")).toBeVisible();

  const headers = { "sec-fetch-site": "same-origin" };
  for (let member = 1; member < 30; member++) {
    const joined = await request.post("/utbildning/grupp/", { form: { kod: code }, headers, maxRedirects: 0 });
    const there = joined.headers().location!;
    for (const svar of ["2", member % 3 === 0 ? "1" : "2"]) await request.post(there, { form: { fraga: "vanta", svar }, headers, maxRedirects: 0 });
  }
  await expect(page.getByText("30 deltar.")).toBeVisible();
  await expect(spread.getByText("30 har svarat.")).toBeVisible();
  await expect(spread.getByRole("row", { name: /Väntar på bevis/ })).toContainText("9");
  await expect(spread.getByRole("row", { name: /Anmäler genast/ })).toContainText("21");
  expect(await findings(page)).toEqual([]);

  // What was answered here is one's own to go on with.
  await own.getByRole("button", { name: "Spara mina svar" }).click();
  await expect(own.getByText("Påbörjad: 1 av 5 frågor besvarade")).toBeVisible();
  await page.getByRole("button", { name: "Avsluta och radera" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gruppen är avslutad");
  await own.goto(`/utbildning/grupp/${code}/`);
  await expect(own.getByText("Ingen grupp har den koden just nu.")).toBeVisible();
  await phone.close();
});

test("the printed course has its answers last", async ({ page }) => {
  await page.goto("/utbildning/kurser/prov/utskrift/");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 2 }).last()).toHaveText("Svar");
  await expect(page.getByRole("main")).toContainText("Rätt ordning:");
  expect(await findings(page)).toEqual([]);
});
