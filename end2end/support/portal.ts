import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";

const program = resolve(process.env.FRID_BIN ?? join(import.meta.dirname, "../../target/release/frid"));

/** A Frid of our own, in a folder of its own. */
export class Portal {
  private constructor(
    readonly url: string,
    readonly logFile: string,
    private process: ChildProcess,
    /** Runs another command of the same Frid; what it prints. */
    readonly command: (...words: string[]) => string,
    private readonly run: () => ChildProcess,
  ) {}

  /** `config` is the text of its frid.toml, for what has no variable. */
  static async start(folder: string, settings: Record<string, string>, config = ""): Promise<Portal> {
    const port = await freePort();
    const data = join(folder, "data");
    mkdirSync(folder, { recursive: true });
    const env = { ...process.env, FRID_ADDR: `127.0.0.1:${port}`, FRID_DATA: data, ...settings };
    const file = join(folder, "frid.toml");
    writeFileSync(file, config);
    const command = (...words: string[]) =>
      execFileSync(program, ["--config", file, ...words], { cwd: folder, env: { ...env, FRID_LOG: "warn" }, stdio: "pipe", encoding: "utf8" });
    // The shipped texts, then one that has been withdrawn and one that has moved.
    for (const texts of [[], [join(import.meta.dirname, "content")]]) {
      command("import", ...texts);
    }

    const logFile = join(folder, "log");
    const log = openSync(logFile, "w");
    const run = () => spawn(program, ["--config", file], { cwd: folder, env, stdio: ["ignore", log, log] });
    const portal = new Portal(`http://127.0.0.1:${port}`, logFile, run(), command, run);
    await portal.answers();
    return portal;
  }

  get log(): string {
    return readFileSync(this.logFile, "utf8");
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const stopped = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await stopped;
  }

  /** Without a chance to finish anything. */
  async killed(): Promise<void> {
    const stopped = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGKILL");
    await stopped;
  }

  /** After it was killed. */
  async again(): Promise<void> {
    this.process = this.run();
    await this.answers();
  }

  private async answers(): Promise<void> {
    while (this.process.exitCode === null) {
      const health = await fetch(`${this.url}/healthz`).catch(() => null);
      if (health?.ok) return;
      await new Promise((again) => setTimeout(again, 20));
    }
    throw new Error(`${program} stopped with ${this.process.exitCode}:\n${this.log}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}
