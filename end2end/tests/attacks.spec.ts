import type { Page } from "@playwright/test";
import { Alarm, inspected } from "../support/alarm.js";
import { type Attack, attacks, bare, kinds } from "../support/attacks.js";
import type { Portal } from "../support/portal.js";
import { Device, invitation, join, test as staff } from "../support/staff.js";
import { expect } from "../support/test.js";

/** Every test has an alarm, and it must be silent when the test ends. */
const test = staff.extend<{ alarm: Alarm }>({
  alarm: [
    async ({ context }, use) => {
      const alarm = await Alarm.in(context);
      await use(alarm);
      expect(alarm.noticed, "what ran, or tried to").toEqual([]);
    },
    { auto: true },
  ],
});

/** Somebody whose very name is an attack, as far as a name may be one. */
const adam = '" autofocus onfocus="ran(1)" x="&lt;script&gt;ran(1)&lt;/script&gt;';
const everything = attacks.map(({ text }) => text).join("\n\n");

// Each looks at very many pages. A busy machine is no fault of theirs.
test.describe.configure({ timeout: 300_000 });

for (const [kind, some] of Object.entries(kinds)) {
  test(`${kind}: typed into every field of a page, nothing of it runs for who writes, reviews or reads`, async ({ page, portal, alarm }) => {
    const pen = await Pen.of(page, portal);
    let draft = await pen.begin("Sida");

    // The text is read as markdown: each by itself, since one may swallow the next. What the check lets through is published.
    const mayPass = !some.some((attack) => bare.includes(attack));
    for (const { name, text } of some) {
      await draft.save(shownWith(text, text, pen.subject));
      if (mayPass && (await draft.publish())) {
        await page.goto("/vagledning/sida");
        await alarm.silent(page, `the page: ${name}`);
        expect(await page.locator("h1").textContent(), name).toBe(oneLine(text));
        draft = await pen.change("sida");
      } else {
        await page.goto(`${draft.path}forhandsvisa/`);
        await alarm.silent(page, `the preview: ${name}`);
        expect(await page.locator("h1").textContent(), name).toBe(oneLine(text));
      }
    }

    // All at once where a field is shown as it was typed, also in lists for those who do not choose from lists.
    const together = some.map(({ text }) => text).join("\n\n");
    const chosen = ["amnen", "malgrupper", "lan"].flatMap((list) => some.map(({ text }): Field => [list, text]));
    for (const fields of [everyField(together, pen.subject), [...chosen, ...everyField(together, pen.subject)]]) {
      await draft.save(fields);
      for (const path of ["publicera/", "forhandsvisa/", ""]) {
        await page.goto(`${draft.path}${path}`);
        await alarm.silent(page, `the draft: ${path}`);
      }
      await expect(page.getByLabel("Text", { exact: true })).toHaveValue(asShown(together));
    }

    // For readers: as code in the text, as they are around it.
    await draft.save(shownWith(asCode(some), together, pen.subject));
    expect(await draft.publish(), "code is no fault").toBe(true);
    for (const path of ["/vagledning/sida", `/vagledning/${pen.subject}/`, "/sok?q=sida+ran+script", "/redaktion/sidor/?lan=", "/redaktion/sidor/vagledning/sida/"]) {
      await page.goto(path);
      await alarm.silent(page, path);
      expect(await page.locator("main").textContent(), path).toContain(oneLine(together).slice(0, 30));
    }
  });
}

test("what goes along with a page runs nowhere: comments, reasons, notes, and what was refused and is shown again", async ({ page, portal, alarm, complaints }) => {
  const pen = await Pen.of(page, portal);

  // Every page's address is made of its title. Most of these make one.
  for (const { text } of attacks) {
    const { status, location } = await pen.post("/redaktion/sidor/ny/", [["titel", text], ["typ", "vagledning"], ["lan", "skane"]]);
    expect(status === 303 ? location : `${status}`).toMatch(/^(\/redaktion\/utkast\/[0-9a-f]{32}\/|422)$/);
  }
  await page.goto("/redaktion/sidor/?lan=");
  await alarm.silent(page, "the list");
  await expect(page.getByRole("link", { name: "<svg onload=", exact: false }).first()).toBeVisible();
  for (const words of inParts(3000)) {
    await page.goto(`/redaktion/sidor/?${new URLSearchParams({ q: words, lan: words.slice(0, 50), typ: words.slice(0, 50), status: words.slice(0, 50) })}`);
    await alarm.silent(page, "the list, searched");
  }
  for (const title of ["\"'><>", "<img src=x onerror=ran(1)>"]) {
    await submit(page, "/redaktion/sidor/ny/", [["titel", title], ["typ", "vagledning"], ["lan", "skane"]]);
    await alarm.silent(page, "a title that is refused");
    await expect(page.getByLabel("Rubrik")).toHaveValue(title);
  }

  const draft = await pen.begin("Sida");
  for (const { text } of attacks) expect((await pen.post(`${draft.path}kommentar`, [["kommentar", text]])).status).toBe(303);
  await pen.post(`${draft.path}granskning`, []);
  await pen.post(`${draft.path}tillbaka`, [["kommentar", everything]]);
  await draft.save(everyField(everything, pen.subject));
  await page.goto(draft.path);
  await alarm.silent(page, "comments");
  expect(await page.locator("#kommentarer ~ blockquote").count()).toBeGreaterThan(attacks.length - 10);

  // Typed by hand, kept by the browser while nobody is signed in, and given back.
  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  const typed = asShown(attacks.map(({ text }) => text).join("\n"));
  await page.getByLabel("Text", { exact: true }).fill(typed);
  await page.getByLabel("Rubrik", { exact: true }).fill(typed);
  await expect(page.getByText("Du är inte längre inloggad.")).toBeVisible();
  await page.context().addCookies(cookies);
  // Of that the browser complains, for the preview too.
  expect(complaints.splice(0).filter((told) => !told.includes("401 (Unauthorized)"))).toEqual([]);
  await page.reload();
  await expect(page.getByText("Text som inte hann sparas förra gången är tillbaka.")).toBeVisible();
  await alarm.silent(page, "what the browser kept");
  await page.evaluate(() => localStorage.clear());

  await submit(page, draft.path, [...everyField(`Min: ${everything}`, pen.subject), ["version", "1"]]);
  await expect(page.getByText("har sparat medan du skrev").first()).toBeVisible();
  await alarm.silent(page, "two texts side by side");

  await draft.save(shownWith(asCode(attacks), everything, pen.subject));
  expect(await draft.publish()).toBe(true);
  await submit(page, draft.path, [...everyField(everything, pen.subject), ["version", "1"]]);
  await expect(page.getByRole("heading", { name: "Utkastet finns inte längre" })).toBeVisible();
  await alarm.silent(page, "a draft that is gone");
  await well(page, "/flode/vagledning.atom", "feed title id updated author name link entry published summary");
  await well(page, "/sitemap.xml", "urlset url loc lastmod");
  await page.goto("/flode/vagledning.atom");
  expect(alarm.noticed).toEqual([]);

  const again = await pen.change("sida");
  await submit(page, `${again.path}publicera/`, [["version", everything], ["storlek", "storre"], ["andring", " "]]);
  await alarm.silent(page, "a change without a note");
  expect(await again.publish(everything)).toBe(true);
  const end = "/redaktion/sidor/vagledning/sida/ta-ur-bruk";
  for (const { text } of attacks) expect((await pen.post(end, [["hur", "flytta"], ["vart", text]])).status).toBe(422);
  await submit(page, end, [["hur", "flytta"], ["vart", "javascript:ran(1)"], ["orsak", everything]]);
  await alarm.silent(page, "an address that is refused");
  await submit(page, end, [["hur", "ta-bort"], ["vart", everything], ["orsak", everything]]);
  await alarm.silent(page, "a page that was taken away, for the staff");
  await page.goto("/vagledning/sida");
  await alarm.silent(page, "a page that was taken away");
  await expect(page.getByText(oneLine(everything).slice(0, 100)).first()).toBeVisible();
  for (const path of ["/redaktion/logg/", "/redaktion/"]) {
    await page.goto(path);
    await alarm.silent(page, path);
  }
});

test("what people, keys and browsers call themselves runs nowhere", async ({ page, portal, alarm, browser, baseURL }) => {
  await Pen.of(page, portal);
  await page.goto("/redaktion/konton/");
  await submit(page, "/redaktion/konton/", [["epost", everything], ["roll", everything], ["lan", everything]]);
  await alarm.silent(page, "an invitation that is refused");
  await submit(page, "/redaktion/konton/", [["epost", everything], ["roll", "redaktor"], ["lan", "skane"]]);
  await alarm.silent(page, "an address that is refused");
  const link = invitation(portal, "onfocus=ran`1`+{{7*7}}&lt@lansstyrelsen.example", "editor", "skane");

  const context = await browser.newContext({ baseURL, userAgent: "Mozilla/5.0 (\"><script>ran(1)</script>) Chrome/<img src=x onerror=ran(1)>" });
  const theirs = await Alarm.in(context);
  const eva = await context.newPage();
  const device = await Device.of(eva);
  for (const address of [link, `/inbjudan/?kod=${encodeURIComponent(everything.slice(0, 1000))}`, `/logga-in/?till=${encodeURIComponent(everything.slice(0, 1000))}`]) {
    await eva.goto(address);
    await theirs.silent(eva, address.slice(0, 30));
  }
  for (const way of ["javascript:ran(1)", "//ond.example/", "/\\ond.example", "/\tx", "data:text/html,<script>ran(1)</script>"]) {
    await eva.goto(`/logga-in/?till=${encodeURIComponent(way)}`);
    await expect(eva.locator("input[name=till]").first()).toHaveValue("/redaktion/");
  }
  await submit(eva, "/inbjudan/", [["kod", new URL(link).searchParams.get("kod")!], ["namn", everything], ["ceremoni", everything], ["svar", everything]]);
  await theirs.silent(eva, "a name that is refused");
  await join(eva, link, "' autofocus onfocus='ran(1)' x='${ran(1)}");
  await theirs.silent(eva, "the beginning");
  for (const name of ['"><script>ran(1)</script>', "' onfocus='ran(1)' autofocus x='", "</li><img src=x onerror=ran(1)>"]) {
    await device.forget();
    await eva.goto("/redaktion/mitt-konto/");
    await eva.getByLabel("Vad ska nyckeln heta?").fill(name);
    await eva.getByRole("button", { name: "Skapa nyckel" }).click();
    await expect(eva.locator("main").getByText(name)).toBeVisible();
    await theirs.silent(eva, "one's own account");
  }
  await context.close();

  for (const path of ["/redaktion/konton/", "/redaktion/logg/"]) {
    await page.goto(path);
    await expect(page.locator("main")).toContainText("' autofocus onfocus='ran(1)'");
    await alarm.silent(page, path);
  }
});

test("what a visitor asks runs nowhere, nor what search suggests and finds", async ({ page, portal, alarm, request }) => {
  const asked = {
    search: (text: string) => `/sok?${new URLSearchParams({ q: [...text].slice(0, 200).join(""), typ: text.slice(0, 50), malgrupp: text.slice(0, 50), lan: text.slice(0, 50), status: text.slice(0, 50), sida: text.slice(0, 50) })}`,
    day: (text: string) => `/vagledning/orosanmalan?datum=${encodeURIComponent(text.slice(0, 300))}`,
    word: (text: string) => `/ordlista/?q=${encodeURIComponent(text.slice(0, 300))}`,
  };
  await page.goto("/om/");
  // All of them are read as a browser without scripts reads them ...
  for (const address of Object.values(asked)) {
    for (let first = 0; first < attacks.length; first += 25) {
      const answers = attacks.slice(first, first + 25).map(async ({ text }) => (await request.get(address(wellFormed(text)))).text());
      expect(await inspected(page, await Promise.all(answers))).toEqual([]);
    }
  }
  // ... and those that break out of where they stand are shown.
  for (const { name, text } of kinds["ways out of where the text stands"]) {
    for (const address of [asked.search, asked.day]) {
      await page.goto(address(text));
      await alarm.silent(page, name);
    }
  }
  for (const words of inParts(3500)) {
    const typed = encodeURIComponent(words);
    for (const path of [`/vagledning/?malgrupp=${typed}`, `/vagledning/ansvar/?roll=${typed}`, `/regler/sfs-1990-52/?datum=${typed}`, `/vagledning/${typed}`, `/${typed}`]) {
      await page.goto(path);
      await alarm.silent(page, path.slice(0, 40));
    }
  }
  // Typed into the field, and suggested by it.
  const pen = await Pen.of(page, portal);
  const title = "Xyssja<img src=x onerror=ran(1)>";
  const draft = await pen.begin("Sida");
  await draft.save(shownWith("Text.", title, pen.subject));
  expect(await draft.publish()).toBe(true);
  for (const typed of ["xyssj", "xyssja<img src=x onerror=ran(1)>", '"><script>ran(1)</script>']) {
    await page.goto("/sok");
    const field = page.getByRole("combobox", { name: "Vad söker du?" });
    await field.pressSequentially(typed);
    if (typed === "xyssj") await expect(page.getByRole("option").first()).toContainText(/xyssja/i);
    await alarm.silent(page, `suggestions: ${typed}`);
    await field.press("Enter");
    await page.waitForURL(/q=/);
    await alarm.silent(page, `hits: ${typed}`);
  }
  for (const path of ["/api/v1/sok", "/api/v1/forslag"]) {
    const answer = await request.get(`${path}?q=${encodeURIComponent("barn<img src=x onerror=ran(1)>")}`);
    expect(answer.headers()).toMatchObject({ "content-type": expect.stringContaining("json"), "x-content-type-options": "nosniff" });
  }
});

test("the alarm goes off: for what runs, for what the policy holds back, and for what asks elsewhere", async ({ page, alarm, complaints, request, context }) => {
  const policy = (await request.get("/om/")).headers()["content-security-policy"]!;
  const body = '<!DOCTYPE html><title>x</title><link rel=icon href="/favicon.ico"><main><img src=x onerror=ran(1)><a href="javascript:ran(2)">x</a><script>ran(3); alert("x")</script><img src="https://ond.example/x"></main>';
  let headers: Record<string, string> = {};
  await context.route("https://ond.example/**", (route) => route.abort());
  await page.route("/om/", (route) => route.fulfill({ contentType: "text/html", headers, body }));

  await page.goto("/om/");
  const loose = await alarm.look(page);
  for (const sign of ["ran: img onerror", "ran: img onerror, quoted", "ran: img onerror, single quotes", "a dialog: x", "the attribute onerror", "an address", "a script that is not ours"]) {
    expect(loose.some((noticed) => noticed.includes(sign)), `${sign} in ${loose.join("\n")}`).toBe(true);
  }
  expect(complaints.splice(0).some((complaint) => complaint.includes("asked https://ond.example/x"))).toBe(true);

  headers = { "content-security-policy": policy };
  await page.goto("/om/");
  const held = await alarm.look(page);
  expect(held.filter((noticed) => noticed.includes("ran:"))).toEqual([]);
  for (const directive of ["script-src-attr inline", "script-src-elem inline", "img-src https://ond.example"]) {
    expect(held.some((noticed) => noticed.includes(`against the policy: ${directive}`)), `${directive} in ${held.join("\n")}`).toBe(true);
  }
  expect(complaints.splice(0).some((complaint) => complaint.includes("Content Security Policy"))).toBe(true);
});

test("the attacks are attacks: put into a page as they are, every one is noticed and many run", async ({ page, alarm, complaints, context }) => {
  let body = "";
  context.on("page", (popup) => void popup.close());
  await context.route("**/*", (route) => (new URL(route.request().url()).hostname === "localhost" ? route.fallback() : route.abort()));
  await page.route("/om/", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!DOCTYPE html><title>x</title><main>${body}\n</main>` }));
  const missed: string[] = [];
  let ran = 0;
  for (const { name, text } of bare) {
    body = text;
    // Some lead away at once.
    const stayed = await page.goto("/om/").catch(() => null);
    const noticed = stayed ? await alarm.look(page) : ["left for another page"];
    if (noticed.length === 0) missed.push(name);
    if (noticed.some((one) => one.includes("ran:"))) ran++;
  }
  // Of these the browser complains.
  complaints.splice(0);
  expect(missed).toEqual([]);
  expect(ran).toBeGreaterThan(60);
});

class Pen {
  private constructor(
    readonly page: Page,
    readonly subject: string,
  ) {}

  static async of(page: Page, portal: Portal): Promise<Pen> {
    await Device.of(page);
    await join(page, invitation(portal, "adam@lansstyrelsen.example", "admin"), adam);
    await page.goto("/redaktion/sidor/?q=");
    const subjects = await (await page.request.get("/sitemap.xml")).text();
    return new Pen(page, subjects.match(/\/vagledning\/([a-z-]+)\/</)![1]!);
  }

  async begin(title: string): Promise<Draft> {
    return new Draft(this, (await this.post("/redaktion/sidor/ny/", [["titel", title], ["typ", "vagledning"], ["lan", "skane"]])).location);
  }

  async change(slug: string): Promise<Draft> {
    return new Draft(this, (await this.post(`/redaktion/sidor/vagledning/${slug}/andra`, [])).location);
  }

  /** As a form would be sent by a browser that knows no limits. */
  async post(path: string, fields: Field[]): Promise<{ status: number; location: string; text: string }> {
    const answer = await this.page.request.post(path, {
      data: new URLSearchParams(fields).toString(),
      headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    return { status: answer.status(), location: answer.headers().location ?? "", text: await answer.text() };
  }
}

type Field = [name: string, value: string];

class Draft {
  private version = 1;

  constructor(
    private readonly pen: Pen,
    readonly path: string,
  ) {}

  async save(fields: Field[]): Promise<void> {
    const answer = await this.pen.post(this.path, [...fields, ["version", `${this.version}`], ["tyst", ""]]);
    expect(answer.status, "saved").toBe(200);
    this.version = JSON.parse(answer.text).version;
  }

  /** Whether the publishing check lets it through. */
  async publish(note?: string): Promise<boolean> {
    const size: Field[] = note === undefined ? [["storlek", "mindre"]] : [["storlek", "storre"], ["andring", note]];
    const { status } = await this.pen.post(`${this.path}publicera/`, [["version", `${this.version}`], ...size]);
    expect([303, 422]).toContain(status);
    return status === 303;
  }
}

function everyField(text: string, subject: string): Field[] {
  const typed = ["titel", "kort_titel", "ingress", "text", "nyckelord", "relaterat", "granskas_senast", "lagrum_datum", "kallor"];
  return [["lan", "skane"], ["amnen", subject], ["malgrupper", "skola"], ...typed.map((name): Field => [name, text])];
}

/** The same, with a form that the page can be shown with. */
function shownWith(text: string, around: string, subject: string): Field[] {
  const line = oneLine(around);
  const part = line.replaceAll("|", " ").replaceAll("://", ":");
  return [
    ["lan", "skane"],
    ["amnen", subject],
    ["malgrupper", "skola"],
    ["titel", line],
    ["kort_titel", [...line].slice(0, 40).join("")],
    ["ingress", line],
    ["text", text],
    ["nyckelord", line],
    ["kallor", `${part} | ${part} | https://example.org/?${part}`],
  ];
}

const oneLine = (text: string) => visible(text).split(/\s+/).filter(Boolean).join(" ");

/** As a field of several lines shows it. */
const asShown = (text: string) => visible(text).replace(/\r\n?/g, "\n");

/** No form takes what nobody can type. */
const visible = (text: string) => text.replace(/(?![\t\n\r])\p{Cc}/gu, "");

/** In a text that holds it as code, without what a text may not hold at all. */
function asCode(some: Attack[]): string {
  const fence = "~".repeat(30);
  const code = some.filter(({ text }) => text.length < 2000).map(({ text }) => printable(text));
  return `${fence}\n${code.join("\n\n")}\n${fence}\n`;
}

/** All attacks, as many together as an address of that length holds. */
function inParts(longest: number): string[] {
  const parts = [""];
  for (const text of attacks.map(({ text }) => wellFormed(text)).filter((text) => encodeURIComponent(text).length < longest)) {
    const longer = `${parts.at(-1)} ${text}`;
    if (encodeURIComponent(longer).length > longest) parts.push(text);
    else parts[parts.length - 1] = longer;
  }
  return parts;
}

/** Without what nobody sees. */
const printable = (text: string) => text.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "");

const wellFormed = (text: string) => text.replaceAll("\0", "");

/** Sends a form that no page of ours shows, and waits for the answer. */
async function submit(page: Page, path: string, fields: Field[]): Promise<void> {
  const arrived = page.waitForEvent("load");
  await page.evaluate(
    ([path, fields]) => {
      const form = document.createElement("form");
      Object.assign(form, { method: "post", action: path });
      for (const [name, value] of fields) {
        const field = document.createElement("textarea");
        Object.assign(field, { name, value });
        form.append(field);
      }
      document.body.append(form);
      form.submit();
    },
    [path, fields] as const,
  );
  await arrived;
}

/** A document for programs: sound, of these elements alone. */
async function well(page: Page, path: string, elements: string): Promise<void> {
  const xml = await (await page.request.get(path)).text();
  const found = await page.evaluate((xml) => {
    const document = new DOMParser().parseFromString(xml, "application/xml");
    return [...new Set([...document.querySelectorAll("*")].map((element) => element.localName))];
  }, xml);
  expect(found.filter((name) => !elements.split(" ").includes(name)), path).toEqual([]);
}
