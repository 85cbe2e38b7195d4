import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import type { Portal } from "./portal.js";

const insert = `
import sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=10) as db:
    db.executemany("INSERT INTO survey_tickets (token_hash, event_id) VALUES (?, ?)", [(hash, sys.argv[2]) for hash in sys.argv[3:]])
`;

/** Tickets to the survey of an event, as those who came have them in a mail on the day after: a day that no test can wait for. */
export function tickets(portal: Portal, event: string, count: number): string[] {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString("hex"));
  const hashes = tokens.map((token) => createHash("sha256").update(token).digest("hex"));
  const database = join(dirname(portal.logFile), "data", "frid.db");
  execFileSync(process.env.FRID_TEST_PYTHON ?? "python3", ["-c", insert, database, event, ...hashes]);
  return tokens.map((token) => `/enkat/${token}/`);
}
