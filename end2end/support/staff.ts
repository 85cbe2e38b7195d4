import type { CDPSession, Page } from "@playwright/test";
import { test as base } from "./test.js";
import { Portal } from "./portal.js";

/** A portal of their own for tests of the staff: what one test invites and ends is nothing to the others. */
export const test = base.extend<{ portal: Portal }>({
  portal: async ({ exitSite }, use, testInfo) => {
    const portal = await Portal.start(testInfo.outputPath("portal"), { FRID_EXIT_URL: exitSite.url, FRID_LOG: "warn" });
    await use(portal);
    await portal.stop();
  },
  // Passkeys are tied to names.
  baseURL: async ({ portal }, use) => use(portal.url.replace("127.0.0.1", "localhost")),
});

export type Role = "editor" | "reviewer" | "admin";

/** The link that `frid account invite` prints. */
export function invitation(portal: Portal, email: string, role: Role, county?: string): string {
  const printed = portal.command("account", "invite", "--email", email, "--role", role, ...(county ? ["--county", county] : []));
  return printed.split("\n")[0]!;
}

/** A device that holds passkeys and whose owner says yes (or does not, as a device without a PIN). */
export class Device {
  private constructor(
    private readonly devtools: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  static async of(page: Page, options: { verifies?: boolean } = {}): Promise<Device> {
    const verifies = options.verifies ?? true;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: verifies,
        isUserVerified: verifies,
        automaticPresenceSimulation: true,
      },
    });
    return new Device(devtools, authenticatorId);
  }

  async keys() {
    const { credentials } = await this.devtools.send("WebAuthn.getCredentials", { authenticatorId: this.authenticatorId });
    return credentials;
  }

  /** The same keys in another device, as somebody would have them who had copied them a while ago. */
  async take(credentials: Awaited<ReturnType<Device["keys"]>>): Promise<void> {
    for (const credential of credentials) {
      await this.devtools.send("WebAuthn.addCredential", { authenticatorId: this.authenticatorId, credential });
    }
  }

  async forget(): Promise<void> {
    await this.devtools.send("WebAuthn.clearCredentials", { authenticatorId: this.authenticatorId });
  }

  async verifies(yes: boolean): Promise<void> {
    await this.devtools.send("WebAuthn.setUserVerified", { authenticatorId: this.authenticatorId, isUserVerified: yes });
  }
}

/** From the link of an invitation to being signed in. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Ditt namn").fill(name);
  await page.getByRole("button", { name: "Skapa nyckel och logga in" }).click();
  await page.getByRole("heading", { name: "Redaktionen", level: 1 }).waitFor();
}

export async function signIn(page: Page): Promise<void> {
  await page.goto("/logga-in/");
  await page.getByRole("button", { name: "Logga in med nyckel" }).click();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Logga ut" }).click();
  await page.getByRole("heading", { name: "Du är utloggad" }).waitFor();
}
