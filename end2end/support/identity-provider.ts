import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** What an organisation knows of its people. */
export type Person = { email: string; email_verified: boolean; name: string };

/**
 * A certified identity provider, with a page on which one chooses who one is: nobody has to type a password. Another
 * site than the portal's localhost, as in life.
 */
export class IdentityProvider {
  private constructor(
    readonly issuer: string,
    private readonly server: Server,
  ) {}

  static async listen(): Promise<IdentityProvider> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new IdentityProvider(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
  }

  /** `clients` come back to these addresses; how somebody has signed in is told by `levels`, the weakest first. */
  serve(clients: { id: string; secret: string; back: string }[], people: Record<string, Person>, levels: string[]): void {
    const provider = new Provider(this.issuer, {
      clients: clients.map(({ id, secret, back }) => ({ client_id: id, client_secret: secret, redirect_uris: [back] })),
      acrValues: levels,
      claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
      pkce: { required: () => true },
      cookies: { keys: ["of tests"] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_: unknown, interaction: { uid: string }) => `/choose/${interaction.uid}` },
      findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
      // Nobody is asked whether the portal may know who they are: their employer has decided that.
      loadExistingGrant: async ({ oidc }: any) => {
        const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope("openid email profile");
        await grant.save();
        return grant;
      },
    } as any);
    const callback = provider.callback();
    this.server.on("request", async (request, response) => {
      if (!request.url?.startsWith("/choose/")) return void callback(request, response);
      if (request.method !== "POST") {
        const buttons = Object.keys(people).flatMap((sub) => levels.map((level) => `<button name="${sub}" value="${level}">${people[sub].name}, ${level}</button>`));
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        return void response.end(
          `<!DOCTYPE html><html lang="sv"><title>Vem är du?</title><link rel="icon" href="data:,"><form method="post">${buttons.join(" ")} <button>Avbryt</button></form>`,
        );
      }
      let form = "";
      for await (const part of request) form += part;
      const [chosen] = new URLSearchParams(form);
      const result = chosen ? { login: { accountId: chosen[0], acr: chosen[1] } } : { error: "access_denied" };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    });
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
