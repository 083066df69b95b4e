import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BadInput } from "../../run/bad-input";

const bytes = 32;

/**
 * The course's secret, on which the hidden inputs hang: 32 random bytes, as hex in a file that its owner alone may read.
 * Made at the first use.
 * @throws BadInput if the file is damaged or others may read it
 */
export function openSecret(file: string): Uint8Array {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) {
    makeSecret(file);
    return openSecret(file);
  }
  const mode = status.mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw new BadInput(
      `${file} may be read by others (mode ${mode.toString(8)}), and who knows it knows the hidden inputs. Run: chmod 600 ${file}`,
    );
  const text = status.isFile() ? readFileSync(file, "utf8") : "";
  if (!/^[0-9a-f]{64}\n?$/.test(text))
    throw new BadInput(
      `${file} is damaged: it should hold ${2 * bytes} hexadecimal digits. Put it back from a copy; or remove it, and all is graded anew with other hidden inputs.`,
    );
  return Buffer.from(text.trim(), "hex");
}

/** Whole or not at all; one that another process made meanwhile stays. */
function makeSecret(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  try {
    writeFileSync(half, `${randomBytes(bytes).toString("hex")}\n`, { mode: 0o600 });
    linkSync(half, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(half, { force: true });
  }
}
