import { defineConfig, type Project } from "@playwright/test";

// Narrow enough for a phone with 400 % zoom on a laptop (WCAG 1.4.10), a tablet, a desk.
const widths = {
  phone: { width: 320, height: 640 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 800 },
};

// A spec runs in every window if the window may make a difference, and without JavaScript if that may.
const inEveryWindow = /(navigating|searching|glossary|exit-in-sight|reading|keyboard|accessibility|law)\.spec/;
const withoutJavaScript = /(navigating|searching|glossary|leaving-without-javascript)\.spec/;
const onceWithoutJavaScript = /(reading|keyboard|pages|law|narrowing)\.spec/;
const once = /(leaving|narrowing|suggesting|pages|printing|privacy|validity|headers|colours|law-once|whole-sitemap|signing-in|signing-in-elsewhere|writing|uploading|drafting|registering|organising|surveying|calendar|checking-in|courses|scorm|attacks)\.spec/;
const returning = /returning\.spec/;

const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: quiet };

const projects: Project[] = Object.entries(widths).flatMap(([name, viewport]) => [
  { name, testMatch: inEveryWindow, use: { viewport } },
  { name: `${name}, no JavaScript`, testMatch: name === "phone" ? [withoutJavaScript, onceWithoutJavaScript] : withoutJavaScript, use: { viewport, javaScriptEnabled: false } },
]);
projects.push(
  { name: "once", testMatch: once },
  { name: "pages kept for Back", testMatch: returning, use: { launchOptions: { ...browser, ignoreDefaultArgs: ["--disable-back-forward-cache"] } }, metadata: { kept: true } },
  { name: "pages loaded anew for Back", testMatch: returning, metadata: { kept: false } },
);

export default defineConfig({
  globalSetup: "./support/world.ts",
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: { locale: "sv-SE", timezoneId: "Europe/Stockholm", viewport: widths.desktop, launchOptions: browser },
  projects,
});
