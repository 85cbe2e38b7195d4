import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the exit site learns of a visitor. */
export type Visit = IncomingHttpHeaders;

/**
 * The neutral site that visitors leave to. Tests run side by side, so it tells them apart by their browsers' names,
 * and can let one of them wait for an answer that never comes.
 */
export async function openExitSite(): Promise<Server & { url: string }> {
  const visits: Record<string, Visit[]> = {};
  const waiting = new Set<string>();

  const answer = (response: ServerResponse, type: string, body: string) =>
    response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-cache" }).end(body);

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://exit");
    const who = searchParams.get("who") ?? request.headers["user-agent"] ?? "";
    switch (pathname) {
      case "/":
        (visits[who] ??= []).push(request.headers);
        if (!waiting.has(who)) answer(response, "text/html", '<!DOCTYPE html><html lang="sv"><title>Väder</title><link rel="icon" href="data:,"><h1>Vädret i dag</h1>');
        return;
      case "/visits":
        return void answer(response, "application/json", JSON.stringify(visits[who] ?? []));
      case "/hang":
        waiting.add(who);
        return void answer(response, "text/plain", "");
      default:
        return void response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  // Another site than the portal's 127.0.0.1, not just another port.
  return Object.assign(server, { url: `http://localhost:${port}/` });
}

/** One visitor's view of the exit site. */
export class ExitSite {
  constructor(
    readonly url: string,
    private readonly who: string,
  ) {}

  async visits(): Promise<Visit[]> {
    return (await this.ask("visits")).json();
  }

  /** From now on this visitor waits for ever. */
  async hang(): Promise<void> {
    await this.ask("hang");
  }

  private ask(what: string): Promise<Response> {
    return fetch(`${this.url}${what}?who=${encodeURIComponent(this.who)}`);
  }
}
