import type { BrowserContext, Page } from "@playwright/test";
import { named } from "./attacks.js";
import { expect } from "./test.js";

/** Goes off when something runs that an attacker has typed, or tries to. */
export class Alarm {
  /** What was noticed since last asked. */
  readonly noticed: string[] = [];
  /** How many pages were looked at. */
  looks = 0;

  static async in(context: BrowserContext): Promise<Alarm> {
    const alarm = new Alarm();
    const notice = (page: Page | null | undefined, what: string) => alarm.noticed.push(`${page?.url().slice(0, 80)}: ${what}`);
    await context.exposeBinding("ran", ({ page }, call: unknown) => void notice(page, `ran: ${named(call)}`));
    await context.exposeBinding("violated", ({ page }, what: string) => void notice(page, `against the policy: ${what}`));
    await context.exposeBinding("toldEverything", () => {});
    await context.addInitScript(() =>
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => (window as any).violated(`${violatedDirective} ${blockedURI} ${sample}`)),
    );
    context.on("dialog", (dialog) => {
      notice(dialog.page(), `a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    return alarm;
  }

  /** Everything that is wrong with the page, once everything on it has been touched. */
  async look(page: Page): Promise<string[]> {
    this.looks++;
    const faults = await page.evaluate(inspect, undefined).catch((left: Error) => {
      if (!/context was destroyed|navigation/i.test(left.message)) throw left;
      return ["left for another page"];
    });
    return [...faults, ...this.noticed.splice(0)];
  }

  async silent(page: Page, what: string): Promise<void> {
    expect(await this.look(page), what).toEqual([]);
  }
}

/** What is wrong with answers that are not shown, read by a page of ours as a browser reads them with scripts turned off. */
export function inspected(page: Page, answers: string[]): Promise<string[]> {
  return page.evaluate(inspect, answers);
}

/** Runs in the page. Written apart from every list of the server, so that a slip there is seen here. */
async function inspect(answers?: string[]): Promise<string[]> {
  const parts =
    " html head meta title link script body a aside article blockquote br button code dd details div dl dt em fieldset footer form h1 h2 h3 h4 h5 h6 header hr input label legend li main mark nav ol " +
    "option p pre search section select span strong sub summary sup table tbody td textarea th thead time tr ul leptos-island leptos-children ";
  const partsOfTexts = " a blockquote br code dd div dl dt em h2 h3 h4 h5 h6 hr li ol p pre section span strong sup table tbody td th thead time tr ul ";
  const strange = /^(on|style$|srcdoc$|formaction$|background$|ping$|http-equiv$|xlink|popovertarget|srcset$|is$)/i;
  const leading = ["href", "src", "action", "data", "cite", "poster"];
  const faults = new Set<string>();

  const read = (document: Document, where: string) => {
    const fault = (what: string, element: Element) => faults.add(`${what}${where}: ${element.outerHTML.slice(0, 120)}`);
    for (const element of document.querySelectorAll("*")) {
      const name = element.localName;
      if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") fault("another language", element);
      if (!parts.includes(` ${name} `)) fault("a strange element", element);
      if (element.parentElement?.closest(".guide .text") && !partsOfTexts.includes(` ${name} `)) fault("no element of a text", element);
      for (const { name: attribute, value } of element.attributes) {
        if (strange.test(attribute)) fault(`the attribute ${attribute}`, element);
        if (!leading.includes(attribute)) continue;
        if (!URL.canParse(value, location.href)) {
          fault("an address that cannot be read", element);
          continue;
        }
        const { protocol, origin } = new URL(value, location.href);
        const fine = name === "a" ? ["http:", "https:", "mailto:", "tel:"].includes(protocol) : origin === location.origin || element.getAttribute("rel") === "canonical";
        if (!fine) fault("an address", element);
      }
      const source = element.getAttribute("src") ?? "";
      if (name === "script" && element.getAttribute("type") === "application/ld+json") JSON.parse(element.textContent ?? "");
      else if (name === "script" && !source.startsWith("/pkg/")) fault("a script that is not ours", element);
    }
    for (const one of ["title", "main", "body"]) if (document.querySelectorAll(one).length !== 1) faults.add(`not one ${one}${where}`);
  };

  // What loads, animates or comes after has come.
  const settled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));

  // Opens, points at, focuses and clicks. Links that lead to another page are clicked, but not followed.
  const touch = () => {
    const stay = (event: Event) => {
      const link = (event.target as Element).closest("a");
      if (!link || /^(https?|mailto|tel):$/.test(link.protocol)) event.preventDefault();
    };
    addEventListener("click", stay, { capture: true });
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll<HTMLElement>("main *")) {
      for (const event of ["pointerover", "mouseover", "mouseenter", "mousemove", "mouseout", "contextmenu", "error", "load", "toggle", "animationstart"]) {
        element.dispatchEvent(new MouseEvent(event, { bubbles: event !== "error" && event !== "load", cancelable: true }));
      }
      if (element.tabIndex >= 0) element.focus();
      if (element.localName === "a") element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    removeEventListener("click", stay, { capture: true });
  };

  if (answers) {
    for (const html of answers) read(new DOMParser().parseFromString(html, "text/html"), " (not shown)");
  } else {
    await settled();
    read(document, "");
    touch();
    await settled();
    read(document, "");
    // What is read anew must be what it was: else one reader's harmless text is another's attack.
    read(new DOMParser().parseFromString(document.documentElement.outerHTML, "text/html"), " (read anew)");
    await (window as any).toldEverything();
  }
  return [...faults].slice(0, 10);
}
