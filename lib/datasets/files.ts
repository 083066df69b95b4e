import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The path of a file of data/.
 * @example
 * dataPath("iris.csv").endsWith("iris.csv") // true
 */
export const dataPath = (name: string): string => join(__dirname, "..", "..", "data", name);

/**
 * The content of a JSON file of data/.
 * @example
 * readFacts("iris.json").flowers // 150
 */
export const readFacts = <T>(name: string): T => JSON.parse(readFileSync(dataPath(name), "utf8"));

/**
 * The bytes of a file that must be there.
 * @param remedy what to do if it is not
 * @throws if it is missing
 * @example
 * readBytes("/nowhere", "Do this.") // throws /nowhere is missing\. Do this/
 */
export function readBytes(path: string, remedy: string): Buffer {
  if (!existsSync(path)) throw new Error(`${path} is missing. ${remedy}`);
  return readFileSync(path);
}

/**
 * Nothing if the bytes have the SHA-256 checksum.
 * @throws if they have another one; the message names the file, both checksums and the remedy
 * @example
 * checkSum("a.txt", Buffer.from("a"), "00", "Do this.") // throws /a.txt has another content than expected/
 */
export function checkSum(path: string, bytes: Buffer, expected: string, remedy: string): void {
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== expected)
    throw new Error(
      `${path} has another content than expected: SHA-256 ${found}, expected ${expected}. ${remedy}`,
    );
}
