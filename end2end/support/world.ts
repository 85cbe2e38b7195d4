import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openExitSite } from "./exit-site.js";
import { Portal } from "./portal.js";

/** Starts the exit site and the portal for all tests; what it returns stops them. */
export default async function world(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "frid-end2end-"));
  const exitSite = await openExitSite();
  const portal = await Portal.start(folder, { FRID_EXIT_URL: exitSite.url, FRID_LOG: "warn" });

  // The workers inherit the environment.
  process.env.PORTAL = portal.url;
  process.env.EXIT_SITE = exitSite.url;
  const sitemap = await (await fetch(`${portal.url}/sitemap.xml`)).text();
  process.env.PAGES = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, url]) => url.replace(portal.url, "")).join(" ");

  return async () => {
    await portal.stop();
    exitSite.closeAllConnections();
    exitSite.close();
    const complaints = portal.log.split("\n").filter((line) => line.startsWith("{"));
    if (complaints.length > 0) console.log(`The portal complained:\n${complaints.join("\n")}`);
    rmSync(folder, { recursive: true });
  };
}
