import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the next answer is to be like; what is left out is as it should be. `undefined` leaves a claim out. */
export type Forgery = {
  /** Does not send the browser back at once, but shows a link. */
  waits?: boolean;
  /** Of the address that leads back. */
  state?: string;
  iss?: string | null;
  code?: string;
  error?: string;
  /** Of the token. */
  claims?: Record<string, unknown>;
  signed?: "not" | "with another's key" | "with the client's secret" | "with a new key";
  /** Of the answer with the token. */
  status?: number;
};

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

export const eva = { sub: "eva-1", email: "eva.ek@lansstyrelsen.example", email_verified: true, name: "Eva Ek" };

/** An identity provider that signs everybody in at once, as whomever the test says, and forges what the test says. */
export class Forger {
  next: Forgery = {};
  /** Everything secret that it has given out: none of it may be in a log. */
  readonly secrets: string[] = [];
  private readonly asked = new Map<string, URLSearchParams>();

  private constructor(
    readonly issuer: string,
    private readonly server: Server,
    private readonly keys: Pair[],
  ) {}

  static async listen(): Promise<Forger> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const forger = new Forger(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, [await pair()]);
    server.on("request", (request, response) => {
      let form = "";
      request.on("data", (part) => (form += part));
      request.on("end", () => void forger.answer(new URL(request.url ?? "/", forger.issuer), new URLSearchParams(form), response));
    });
    return forger;
  }

  get lastCode(): string {
    return [...this.asked.keys()].at(-1) ?? "";
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer({ pathname, searchParams }: URL, form: URLSearchParams, response: ServerResponse): Promise<void> {
    const json = (status: number, body: unknown) => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    switch (pathname) {
      case "/.well-known/openid-configuration":
        return json(200, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          // Says that it takes what nobody should take.
          id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
          authorization_response_iss_parameter_supported: true,
        });
      case "/keys":
        return json(200, { keys: await Promise.all(this.keys.map(async ({ publicKey }, kid) => ({ ...(await exportJWK(publicKey)), kid: `${kid}`, use: "sig", alg: "RS256" }))) });
      case "/authorize": {
        const code = randomBytes(16).toString("hex");
        this.asked.set(code, searchParams);
        this.secrets.push(code, searchParams.get("state")!, searchParams.get("nonce")!);
        const { state, iss, error } = this.next;
        const back = new URL(searchParams.get("redirect_uri")!);
        if (error) back.searchParams.set("error", error);
        else back.searchParams.set("code", this.next.code ?? code);
        back.searchParams.set("state", state ?? searchParams.get("state")!);
        if (iss !== null) back.searchParams.set("iss", iss ?? this.issuer);
        if (!this.next.waits) return void response.writeHead(302, { location: back.href }).end();
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        return void response.end(`<!DOCTYPE html><html lang="sv"><title>Klart</title><link rel="icon" href="data:,"><a href="${back.href.replaceAll("&", "&amp;")}">Tillbaka</a>`);
      }
      case "/token": {
        if (this.next.status) return json(this.next.status, {});
        const code = form.get("code")!;
        const asked = this.asked.get(code);
        const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
        this.asked.set(code, new URLSearchParams());
        this.secrets.push(form.get("code_verifier")!);
        if (asked?.get("code_challenge_method") !== "S256" || asked.get("code_challenge") !== challenge) return json(400, { error: "invalid_grant" });
        const token = await this.token(asked.get("client_id")!, asked.get("nonce")!);
        this.secrets.push(token);
        return json(200, { access_token: randomBytes(16).toString("hex"), token_type: "Bearer", expires_in: 60, id_token: token });
      }
      default:
        return json(404, {});
    }
  }

  private async token(client: string, nonce: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims: JWTPayload = { iss: this.issuer, aud: client, iat: now, exp: now + 60, nonce, ...eva, ...this.next.claims };
    if (this.next.signed === "not") return new UnsecuredJWT(claims).encode();
    if (this.next.signed === "with the client's secret") {
      return new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(secret));
    }
    if (this.next.signed === "with a new key") this.keys.push(await pair());
    const { privateKey } = this.next.signed === "with another's key" ? await pair() : this.keys.at(-1)!;
    return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: `${this.keys.length - 1}` }).sign(privateKey);
  }
}

/** What the portal and the forger share. */
export const secret = "hemligheten-med-minst-32-tecken";

const pair = () => generateKeyPair("RS256", { extractable: true });
