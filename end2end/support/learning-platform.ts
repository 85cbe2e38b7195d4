import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type BrowserContext, expect, type Frame, type Page } from "@playwright/test";

// A learning platform made of scorm-again, which speaks SCORM 1.2 to the course and posts what it is told to a server.

const scormAgain = createRequire(import.meta.url).resolve("scorm-again/scorm12/min");
const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".xml": "text/xml; charset=utf-8" };

// Nothing in a package needs more than this.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'none'; base-uri 'none'";

export type Call = { verb: string; what: string; value: string; answer: string; error: string };
export type Kept = {
  suspend_data: string;
  core: { lesson_status: string; lesson_location: string; exit: string; session_time: string; score: { raw: string; min: string; max: string } };
};

// Runs in the platform's page. Each call of the course is written down; what goes wrong on purpose goes wrong here.
const PLATFORM = `
  const asked = new XMLHttpRequest();
  asked.open("GET", "/platform/state", false);
  asked.send();
  const state = JSON.parse(asked.responseText);
  const real = new Scorm12API({ lmsCommitUrl: "/platform/commit", logLevel: 5 });
  if (state.kept) real.loadFromJSON(state.kept, "cmi");
  if (state.passMark) real.cmi.student_data.mastery_score = state.passMark;
  real.cmi.core.credit = "credit";
  real.cmi.core.lesson_mode = state.mode || "normal";
  window.calls = [];
  window.trouble = state.trouble;
  // As Moodle does it: after LMSFinish nothing is heard, until a new LMSInitialize.
  let isFinished = false;
  const own = {};
  for (const verb of ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"]) {
    own[verb] = (what = "", value = "") => {
      if (window.trouble === "throws") throw new Error("no contact");
      if (window.trouble === "asleep") return verb === "LMSGetLastError" ? "101" : verb === "LMSGetValue" ? "" : "false";
      if (window.trouble === "blank") return verb === "LMSGetLastError" ? "101" : verb === "LMSInitialize" ? real.LMSInitialize("") : verb === "LMSGetValue" ? "" : "false";
      if (isFinished && verb === "LMSGetLastError") return "301";
      if (isFinished && verb !== "LMSInitialize") {
        window.calls.push({ verb, what, value, answer: "false", error: "301" });
        return verb === "LMSGetValue" ? "" : "false";
      }
      const answer = isFinished ? "true" : real[verb](...(verb === "LMSSetValue" ? [what, value] : [what]));
      isFinished = verb === "LMSFinish" && answer === "true";
      if (verb !== "LMSGetLastError") window.calls.push({ verb, what, value, answer: String(answer), error: String(real.LMSGetLastError()) });
      return answer;
    };
  }
  window.API = own;
`;

export class LearningPlatform {
  /** What is kept of the learner from one session to the next. */
  kept: Kept | undefined;
  /** Says no to every commit. */
  isRefusing = false;
  /** What the platform's script does wrong from the beginning: "throws", "asleep" or "blank". */
  trouble = "";
  /** cmi.student_data.mastery_score */
  passMark = "";
  /** cmi.core.lesson_mode */
  mode = "";
  /** Files in the place of those of the package. */
  files: Record<string, string> = {};
  /** What a commit held, one after the other. */
  readonly commits: Kept[] = [];

  private constructor(
    private readonly server: Server,
    private readonly folder: string,
  ) {}

  static async open(folder: string): Promise<LearningPlatform> {
    const server = createServer();
    const platform = new LearningPlatform(server, folder);
    server.on("request", async (request, response) => {
      const path = new URL(request.url!, "http://x").pathname;
      let body = "";
      for await (const part of request) body += part;
      const [status, type, text] = await platform.answer(path, body);
      const isCourse = path.startsWith("/kurs/");
      response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store", ...(isCourse && { "Content-Security-Policy": POLICY }) });
      response.end(text);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return platform;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  /** The same server by another name, which to a browser is another host. */
  get elsewhere(): string {
    return this.origin.replace("127.0.0.1", "localhost");
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(path: string, body: string): Promise<[number, string, string | Buffer]> {
    const page = (within: string) => `<!DOCTYPE html><html lang="sv"><head><title>Plattform</title><link rel="icon" href="data:,"></head><body>${within}</body></html>`;
    const scripts = `<script src="/platform/scorm12.js"></script><script src="/platform/platform.js"></script>`;
    // What platforms let a course do, at the least.
    const frame = (address: string) => `<iframe title="Kurs" width="1000" height="700" sandbox="allow-scripts allow-same-origin allow-popups" src="${address}"></iframe>`;
    switch (path) {
      case "/platform/":
        return [200, types[".html"], page(scripts)];
      case "/platform/frame":
        return [200, types[".html"], page(scripts + frame("/kurs/index.html"))];
      case "/platform/frames":
        return [200, types[".html"], page(scripts + frame(`${this.elsewhere}/platform/between`))];
      case "/platform/between":
        return [200, types[".html"], page(frame(`${this.origin}/kurs/index.html`))];
      case "/platform/scorm12.js":
        return [200, types[".js"], await readFile(scormAgain)];
      case "/platform/platform.js":
        return [200, types[".js"], PLATFORM];
      case "/platform/state":
        return [200, "application/json", JSON.stringify({ kept: this.kept, passMark: this.passMark, trouble: this.trouble, mode: this.mode })];
      case "/platform/commit": {
        if (this.isRefusing) return [200, "application/json", `{"result":"false","errorCode":101}`];
        this.kept = JSON.parse(body).cmi as Kept;
        this.commits.push(this.kept);
        return [200, "application/json", `{"result":"true","errorCode":0}`];
      }
    }
    // A browser asks for it by itself.
    if (path === "/favicon.ico") return [200, "image/x-icon", ""];
    if (!path.startsWith("/kurs/")) return [404, "text/plain", ""];
    const name = normalize(decodeURIComponent(path.slice("/kurs/".length)));
    if (this.files[name] !== undefined) return [200, types[extname(name)], this.files[name]];
    try {
      return [200, types[extname(name)] ?? "application/octet-stream", await readFile(join(this.folder, name))];
    } catch {
      return [404, "text/plain", ""];
    }
  }

  /** A session with the course in a window of its own. */
  async launch(context: BrowserContext): Promise<Session> {
    const lms = await context.newPage();
    await lms.goto(`${this.origin}/platform/`);
    const [course] = await Promise.all([context.waitForEvent("page"), lms.evaluate(() => void window.open("/kurs/index.html"))]);
    await course.waitForLoadState();
    return new Session(lms, course);
  }

  /** A session with the course in a frame, or in a frame of a frame of another host. */
  async embed(context: BrowserContext, how: "frame" | "frames"): Promise<{ lms: Page; course: Frame }> {
    const lms = await context.newPage();
    // A page has loaded when its frames have.
    await lms.goto(`${this.origin}/platform/${how}`);
    return { lms, course: lms.frames().find((frame) => frame.url().includes("/kurs/"))! };
  }
}

export class Session {
  constructor(
    readonly lms: Page,
    readonly course: Page,
  ) {}

  async calls(): Promise<Call[]> {
    return callsOf(this.lms);
  }

  /** What the course has said last of this. */
  async last(what: string): Promise<string | undefined> {
    return (await this.calls()).filter(({ verb, what: element }) => verb === "LMSSetValue" && element === what).at(-1)?.value;
  }

  async trouble(kind: string): Promise<void> {
    await this.lms.evaluate((trouble) => Object.assign(window, { trouble }), kind);
  }

  /** The learner closes the window. The platform has nothing to complain of when it looks back. */
  async leave(): Promise<void> {
    const closed = this.course.waitForEvent("close");
    await this.course.close({ runBeforeUnload: true });
    await closed;
    await expect.poll(async () => (await this.calls()).filter(({ verb }) => verb === "LMSFinish").length).toBe(1);
    expect(breaches(await this.calls())).toEqual([]);
    await this.lms.close();
  }
}

export const callsOf = (lms: Page): Promise<Call[]> => lms.evaluate(() => (window as unknown as { calls: Call[] }).calls);

/** What a strict platform would object to. scorm-again itself lets much of it pass. */
export function breaches(calls: Call[]): string[] {
  const found: string[] = [];
  const ranks = ["incomplete", "failed", "completed", "passed"];
  let rank = -1;
  let status = "";
  for (const { verb, what, value, answer, error } of calls) {
    if (verb === "LMSSetValue" && (answer !== "true" || error !== "0")) found.push(`${what} = ${value}: ${answer}, error ${error}`);
    if (verb !== "LMSSetValue") continue;
    if (typeof value !== "string") found.push(`${what} is no string`);
    if (what === "cmi.suspend_data" && !/^[0-9a-z;.]{0,4096}$/.test(value)) found.push(`suspend_data: ${value.length} characters: ${value}`);
    if (what === "cmi.core.lesson_location" && value.length > 255) found.push(`lesson_location: ${value}`);
    if (what === "cmi.core.session_time" && !/^\d{4}:[0-5]\d:[0-5]\d\.\d\d$/.test(value)) found.push(`session_time: ${value}`);
    if (what === "cmi.core.score.raw" && !/^(100|\d\d?)$/.test(value)) found.push(`score.raw: ${value}`);
    if (what === "cmi.core.exit" && value !== (status === "passed" ? "" : "suspend")) found.push(`exit: '${value}' while ${status}`);
    if (what === "cmi.core.lesson_status") {
      if (ranks.indexOf(value) < rank) found.push(`status went from ${ranks[rank]} to ${value}`);
      rank = Math.max(rank, ranks.indexOf(value));
      status = value;
    }
  }
  const finished = calls.findIndex(({ verb }) => verb === "LMSFinish");
  if (finished >= 0 && finished !== calls.length - 1) found.push(`asked after LMSFinish: ${calls.slice(finished + 1).map(({ verb, what }) => `${verb} ${what}`).join(", ")}`);
  return found;
}
