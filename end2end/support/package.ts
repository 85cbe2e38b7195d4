import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipped } from "./workbook.js";

/** A folder with what stands in the package of a course, as the portal gives it. */
export async function packageOf(course: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "frid-scorm-"));
  if (!process.env.PORTAL) return folder;
  const answer = await fetch(`${process.env.PORTAL}/utbildning/ladda-ner/${course}.scorm12.zip`);
  const archive = Buffer.from(await answer.arrayBuffer());
  for (const file of ["imsmanifest.xml", "index.html", "course.js", "player.js", "style.css"]) writeFileSync(join(folder, file), unzipped(archive, file));
  return folder;
}
