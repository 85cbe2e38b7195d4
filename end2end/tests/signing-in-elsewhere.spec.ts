import { type Browser, type BrowserContext, type Page } from "@playwright/test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eva, Forger, type Forgery, secret } from "../support/forger.js";
import { IdentityProvider } from "../support/identity-provider.js";
import { Portal } from "../support/portal.js";
import { test as base, expect } from "../support/test.js";

// Staff sign in with their own organisation, and nobody else does. One portal, five providers: a certified one that is
// asked twice, once for a level; two that forge whatever a test says; and one that is gone.

const levels = ["http://id.sambi.se/loa/loa2", "http://id.sambi.se/loa/loa3"];
const people = {
  eva,
  okand: { email: "okand@lansstyrelsen.example", email_verified: true, name: "Okänd Person" },
  obekraftad: { email: "eva.ek@lansstyrelsen.example", email_verified: false, name: "Obekräftad Person" },
};

let portal: Portal;
let site: string;
let real: IdentityProvider;
let forger: Forger;
let other: Forger;
let folder: string;
let tests = 0;

const test = base.extend<{ violations: string[] }>({
  baseURL: async ({}, use) => use(site),

  // Each test comes from an address of its own: together they try more often than one may.
  extraHTTPHeaders: async ({}, use) => use({ "x-forwarded-for": `192.0.2.${++tests % 250}` }),

  // The providers are other sites: that they are asked is what is tested here.
  complaints: [
    async ({ context, javaScriptEnabled }, use) => {
      const complaints: string[] = [];
      context.on("console", (message) => {
        const page = message.page()?.url();
        const own = page === message.location().url && message.text().startsWith("Failed to load resource");
        if (["error", "warning"].includes(message.type()) && !own) complaints.push(`${page}: ${message.text()}`);
      });
      context.on("weberror", (error) => complaints.push(`${error.page()?.url()}: ${error.error()}`));
      if (javaScriptEnabled !== false) {
        await context.exposeFunction("violated", (what: string) => complaints.push(`against the policy: ${what}`));
        await context.addInitScript(() => addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => (window as any).violated(`${violatedDirective} ${blockedURI}`)));
      }
      await use(complaints);
      expect(complaints, "complaints of the browser").toEqual([]);
    },
    { auto: true },
  ],
});

test.describe.configure({ mode: "default", timeout: 40_000 });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "frid-elsewhere-"));
  [real, forger, other] = await Promise.all([IdentityProvider.listen(), Forger.listen(), Forger.listen()]);
  const gone = await Forger.listen();
  gone.close();
  const provider = (id: string, name: string, issuer: string, more = "") =>
    `[[provider]]\nid = "${id}"\nname = "${name}"\nissuer = "${issuer}"\nclient_id = "frid-${id}"\n${more}\n`;
  const ours = `client_secret = "${secret}"`;
  const rule = (value: string, role: string, county = "") => `[[provider.rule]]\nclaim = "groups"\nvalue = "${value}"\nrole = "${role}"\n${county}\n`;
  portal = await Portal.start(
    folder,
    { FRID_LOG: "info,server=debug,hyper_util=trace,openidconnect=trace", FRID_TRUSTED_PROXIES: "127.0.0.1,::1" },
    provider("lanet", "Länet", real.issuer, ours) +
      provider("kort", "Länets kort", real.issuer, `${ours}\nacr = ["${levels[1]}"]`) +
      provider("spegel", "Spegeln", forger.issuer, ours) +
      provider("regler", "Reglerna", other.issuer) +
      rule("granskare", "reviewer") +
      rule("redaktion", "editor", 'county = "skane"') +
      provider("nere", "Den som är nere", gone.issuer),
  );
  site = portal.url.replace("127.0.0.1", "localhost");
  const client = (id: string) => ({ id: `frid-${id}`, secret, back: `${site}/logga-in/fran/${id}` });
  real.serve([client("lanet"), client("kort")], people, levels);
  invite(eva.email, "admin");
});

test.afterAll(async () => {
  await portal?.stop();
  for (const server of [real, forger, other]) server?.close();
  rmSync(folder, { recursive: true });
});

test.beforeEach(() => {
  forger.next = {};
  other.next = {};
});

const invite = (email: string, role: string) => portal.command("account", "invite", "--email", email, "--role", role);

/** From the page that asked for signing in, to the provider. */
async function signInWith(page: Page, name: string, from = "/logga-in/"): Promise<void> {
  await page.goto(from);
  await page.getByRole("button", { name: `Logga in med ${name}`, exact: true }).click();
}

async function signedIn(context: BrowserContext): Promise<boolean> {
  const answer = await context.request.get(`${site}/redaktion/`, { maxRedirects: 0 });
  return answer.status() === 200;
}

/** The page says why, nobody is signed in, and a key would still do. */
async function refused(page: Page, why: string | RegExp): Promise<void> {
  await expect(page.getByRole("alert").or(page.locator(".fault")).filter({ hasText: why }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Logga in med nyckel" })).toBeVisible();
  expect(await signedIn(page.context())).toBe(false);
  expect((await page.context().cookies(site)).map(({ name }) => name)).not.toContain("frid");
}

const notOurs = "gick inte att lita på";
const noAccount = "du har inget konto här";

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("somebody who was invited signs in with their organisation, and goes on to where they wanted", async ({ page, context }) => {
      await signInWith(page, "Länet", "/redaktion/mitt-konto/");
      await page.getByRole("button", { name: `Eva Ek, ${levels[0]}` }).click();
      await expect(page).toHaveURL(`${site}/redaktion/mitt-konto/`);
      await expect(page.getByText("Eva Ek").first()).toBeVisible();
      const session = (await context.cookies(site)).find(({ name }) => name === "frid");
      expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
      expect((await context.cookies(site)).map(({ name }) => name)).not.toContain("frid-arende");
    });

    test("somebody who breaks off is told so", async ({ page }) => {
      await signInWith(page, "Länet");
      await page.getByRole("button", { name: "Avbryt" }).click();
      await refused(page, "avbröts");
    });
  });
}

test("where a level is asked for, it is asked for and held", async ({ page, context }) => {
  await signInWith(page, "Länets kort");
  await page.getByRole("button", { name: `Eva Ek, ${levels[0]}` }).click();
  await refused(page, "inte räcker här");

  await context.clearCookies();
  await signInWith(page, "Länets kort");
  await page.getByRole("button", { name: `Eva Ek, ${levels[1]}` }).click();
  await expect(page).toHaveURL(`${site}/redaktion/`);
});

test("nobody is signed in whom we have not invited", async ({ page }) => {
  await signInWith(page, "Länet");
  await page.getByRole("button", { name: `Okänd Person, ${levels[0]}` }).click();
  await refused(page, noAccount);
});

test("nobody is signed in by an address that the organisation has not checked", async ({ page }) => {
  await signInWith(page, "Länet");
  await page.getByRole("button", { name: `Obekräftad Person, ${levels[0]}` }).click();
  await refused(page, "ingen bekräftad e-postadress");
});

test("a provider that is gone is told, and a key still signs in", async ({ page }) => {
  await signInWith(page, "Den som är nere");
  await refused(page, "svarar inte just nu");
});

test("a forger that forges nothing signs in", async ({ page, context }) => {
  await invite("ola.lind@lansstyrelsen.example", "editor");
  forger.next = { claims: { sub: "ola-1", email: "Ola.Lind@lansstyrelsen.example", name: "Ola Lind" } };
  await signInWith(page, "Spegeln");
  await expect(page).toHaveURL(`${site}/redaktion/`);
  expect(await signedIn(context)).toBe(true);
});

const anHour = 3600;
const now = () => Math.floor(Date.now() / 1000);
const forgeries: Record<string, { why: string; forged: () => Forgery }> = {
  "another state": { why: "another state than was sent", forged: () => ({ state: "f".repeat(64) }) },
  "no state": { why: "another state than was sent", forged: () => ({ state: "" }) },
  "another provider's name": { why: "the answer names another provider, or none", forged: () => ({ iss: other.issuer }) },
  "no provider's name, though it always gives one": { why: "the answer names another provider, or none", forged: () => ({ iss: null }) },
  "a code that was used": { why: "it does not know the code", forged: () => ({ code: forger.lastCode }) },
  "a code that nobody gave out": { why: "it does not know the code", forged: () => ({ code: "0".repeat(32) }) },
  "another nonce": { why: "the token is the answer to another sign-in", forged: () => ({ claims: { nonce: "f".repeat(64) } }) },
  "no nonce": { why: "the token is the answer to another sign-in", forged: () => ({ claims: { nonce: undefined } }) },
  "another audience": { why: "the token is for somebody else", forged: () => ({ claims: { aud: "frid-regler" } }) },
  "a further audience": { why: "the token is for somebody else", forged: () => ({ claims: { aud: ["frid-spegel", "annan"] } }) },
  "another issuer": { why: "the token is another provider's", forged: () => ({ claims: { iss: other.issuer } }) },
  "a token that has expired": { why: "the token is too old", forged: () => ({ claims: { iat: now() - 2 * anHour, exp: now() - anHour } }) },
  "a token that is not signed": { why: "the token is not signed", forged: () => ({ signed: "not" }) },
  "a token signed with another's key": { why: "the token's signature does not hold", forged: () => ({ signed: "with another's key" }) },
  "a token signed with the secret that we share": { why: "the token's signature does not hold", forged: () => ({ signed: "with the client's secret" }) },
};
for (const [name, { why, forged }] of Object.entries(forgeries)) {
  test(`an answer is not believed: ${name}`, async ({ page }) => {
    forger.next = forged();
    await signInWith(page, "Spegeln");
    await refused(page, notOurs);
    // For this reason, not for another.
    expect(portal.log.match(/"why":"([^"]*)"/g)?.at(-1)).toBe(`"why":"${why}"`);
  });
}

test("an answer is believed in the browser that asked for it alone, and once", async ({ page, context, browser }) => {
  const back = await wayBack(page);
  const stranger = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": "192.0.2.251" } });
  const there = await stranger.newPage();
  await there.goto(back);
  await refused(there, notOurs);
  await stranger.close();

  await page.goto(back);
  await expect(page).toHaveURL(`${site}/redaktion/`);
  await context.clearCookies({ name: "frid" });
  await page.goto(back);
  await refused(page, notOurs);
});

test("an answer is not believed after a second sign-in has begun, nor without the errand", async ({ page, context }) => {
  const first = await wayBack(page);
  const second = await wayBack(page);
  await page.goto(first);
  await refused(page, notOurs);
  await context.clearCookies();
  await page.goto(second);
  await refused(page, notOurs);
});

test("an answer of one provider is not taken for another's", async ({ page }) => {
  const back = await wayBack(page);
  await page.goto(back.replace("/fran/spegel", "/fran/regler"));
  await refused(page, notOurs);
});

/** Where the provider would send the browser that has begun to sign in. */
async function wayBack(page: Page): Promise<string> {
  forger.next = { waits: true };
  await signInWith(page, "Spegeln");
  return (await page.getByRole("link", { name: "Tillbaka" }).getAttribute("href"))!;
}

for (const [error, why] of Object.entries({ temporarily_unavailable: "svarar inte just nu", unmet_authentication_requirements: "inte räcker här", login_required: "avbröts" })) {
  test(`an organisation that answers ${error} is told as what it is`, async ({ page }) => {
    forger.next = { error };
    await signInWith(page, "Spegeln");
    await refused(page, why);
  });
}

test("an organisation that falls silent half-way is told as down", async ({ page }) => {
  forger.next = { status: 503 };
  await signInWith(page, "Spegeln");
  await refused(page, "svarar inte just nu");
});

test("a new key of the organisation is fetched when it is met", async ({ page }) => {
  forger.next = { signed: "with a new key" };
  await signInWith(page, "Spegeln");
  await expect(page).toHaveURL(`${site}/redaktion/`);
});

test("an address that the organisation gives to somebody else does not give them the account", async ({ page }) => {
  forger.next = { claims: { sub: "eva-2", name: "Eva Andra" } };
  await signInWith(page, "Spegeln");
  await refused(page, noAccount);

  // Whereas Eva is known again by another address.
  forger.next = { claims: { email: "eva.gift@lansstyrelsen.example" } };
  await signInWith(page, "Spegeln");
  await expect(page).toHaveURL(`${site}/redaktion/`);
});

test("whoever a rule lets in has what the rule says, for as long as it says so", async ({ page, context, browser }) => {
  const nils = { sub: "nils-1", email: "nils@lansstyrelsen.example", name: "Nils Ny" };
  other.next = { claims: { ...nils, groups: ["annat", "redaktion"] } };
  await signInWith(page, "Reglerna");
  await expect(page).toHaveURL(`${site}/redaktion/`);
  await page.goto("/redaktion/mitt-konto/");
  await expect(page.locator("main")).toContainText("Nils Ny");
  expect(await roleOf(browser, nils.email)).toMatch(/redaktör.*Skåne län/i);

  // Signing in elsewhere with another role ends what was begun with the old one.
  const elsewhere = await browser.newContext({ baseURL: site, extraHTTPHeaders: { "x-forwarded-for": "192.0.2.252" } });
  const there = await elsewhere.newPage();
  other.next = { claims: { ...nils, groups: ["granskare", "redaktion"] } };
  await signInWith(there, "Reglerna");
  await expect(there).toHaveURL(`${site}/redaktion/`);
  expect(await signedIn(context)).toBe(false);
  expect(await roleOf(browser, nils.email)).toMatch(/granskare/i);

  other.next = { claims: { ...nils, groups: ["annat"] } };
  await context.clearCookies();
  await signInWith(page, "Reglerna");
  await refused(page, noAccount);
  expect(await signedIn(elsewhere), "what a rule no longer says has ended").toBe(false);
  await elsewhere.close();
});

test("a rule that nobody meets lets in whoever was invited, and nobody else", async ({ page, context }) => {
  other.next = { claims: { groups: ["annat"] } };
  await signInWith(page, "Reglerna");
  await expect(page).toHaveURL(`${site}/redaktion/`);
  await context.clearCookies();
  other.next = { claims: { sub: "x", email: "x@lansstyrelsen.example", groups: "annat" } };
  await signInWith(page, "Reglerna");
  await refused(page, noAccount);
});

test("the log tells who signed in and by whom, who got an account and that somebody was refused; and it holds", async ({ page, context }) => {
  other.next = { claims: { sub: "lisa-1", email: "lisa@lansstyrelsen.example", name: "Lisa", groups: "redaktion" } };
  await signInWith(page, "Reglerna");
  await context.clearCookies();
  other.next = { claims: { sub: "x", email: "x.okand@lansstyrelsen.example" } };
  await signInWith(page, "Reglerna");
  await refused(page, noAccount);
  await signInWith(page, "Spegeln", "/redaktion/logg/");

  const lines = await page.locator("main .rows > li p:first-child").allInnerTexts();
  expect(lines.slice(0, 4)).toEqual([
    "Eva Ek (eva.ek@lansstyrelsen.example) loggade in med Spegeln.",
    "Någon utan konto nekades inloggning genom Reglerna: inget konto.",
    "Lisa (lisa@lansstyrelsen.example) loggade in med Reglerna.",
    "Lisa (lisa@lansstyrelsen.example) fick ett konto genom en regel: redaktör, Skåne län, efter uppgift från Reglerna.",
  ]);
  expect(portal.command("verify", "--audit")).toMatch(/\d+/);
});

test("nothing that somebody brought or was called is in the program's own log", async ({ page }) => {
  forger.next = { signed: "not" };
  await signInWith(page, "Spegeln");
  await refused(page, notOurs);
  const { log } = portal;
  expect(log.includes("the token is not signed")).toBe(true);
  const told = [...forger.secrets, ...other.secrets, secret, "lansstyrelsen.example", "eva-1", "Eva Ek"].filter((told) => log.includes(told));
  expect(told).toEqual([]);
});

/** As an administrator reads it. */
async function roleOf(browser: Browser, email: string): Promise<string> {
  const context = await browser.newContext({ baseURL: site, extraHTTPHeaders: { "x-forwarded-for": "192.0.2.253" } });
  const page = await context.newPage();
  await signInWith(page, "Spegeln", "/redaktion/konton/");
  const text = await page.locator("main .aside").filter({ hasText: email }).innerText();
  await context.close();
  return text;
}
