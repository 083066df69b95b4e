import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Mount } from "./bubblewrap";

const places = new Map<string, string>();

/**
 * A folder in which some mounts lie as in a sandbox, for processes that have no file system of their own: what is
 * "/project" inside is "project" in it. It holds copies that everybody may read; packages of npm are links. The same
 * mounts give the same folder; it goes when this process ends.
 */
export function placeOf(mounts: readonly Mount[]): string {
  const key = JSON.stringify(mounts);
  const known = places.get(key);
  if (known) return known;
  if (places.size === 0) process.once("exit", removePlaces);
  const place = realpathSync(mkdtempSync(path.join(tmpdir(), "sandbox-")));
  places.set(key, place);
  for (const { from, to } of mounts) {
    const target = path.join(place, to);
    mkdirSync(path.dirname(target), { recursive: true });
    if (isPackage(from)) symlinkSync(from, target);
    else cpSync(from, target, { recursive: true, dereference: true });
  }
  openToAll(place);
  return place;
}

/** Where packages themselves lie that a place only links to. */
export const packagesOf = (mounts: readonly Mount[]): string[] =>
  mounts.map(({ from }) => from).filter(isPackage);

const isPackage = (from: string) => path.resolve(from).split(path.sep).includes("node_modules");

/** To be read by everybody and written by nobody but the owner. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(file);
    else if (entry.isFile()) chmodSync(file, 0o644);
  }
}

function removePlaces(): void {
  for (const place of places.values()) rmSync(place, { recursive: true, force: true });
}
