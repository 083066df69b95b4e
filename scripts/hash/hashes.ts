import { sha256 } from "./recorder";

/** Hashes by section, and one of them all. */
export interface Hashes {
  readonly sha256: string;
  readonly sections: { readonly [name: string]: string };
}

/** The hashes with the one of all: that of a line "name hash" for each section, in their order. */
export async function withOverall(sections: Hashes["sections"]): Promise<Hashes> {
  const lines = Object.entries(sections).map(([name, hash]) => `${name} ${hash}\n`);
  return { sha256: await sha256(lines.join("")), sections };
}

/** The sections whose hashes are not the committed ones, in the order of what was computed. */
export function differingSections(computed: Hashes["sections"], committed: Hashes["sections"]): string[] {
  return Object.keys(computed).filter((name) => computed[name] !== committed[name]);
}
