import { inflateRawSync } from "node:zlib";

/** One file out of a zip archive, as text. A spreadsheet of Excel's is such an archive. */
export function unzipped(archive: Buffer, wanted: string): string {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, name, extra, comment] = [archive.readUInt32LE(at + 20), ...[28, 30, 32].map((field) => archive.readUInt16LE(at + field))];
    if (archive.toString("utf8", at + 46, at + 46 + name) === wanted) {
      const local = archive.readUInt32LE(at + 42);
      const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      return inflateRawSync(archive.subarray(start, start + packed)).toString("utf8");
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`the archive holds no ${wanted}`);
}
