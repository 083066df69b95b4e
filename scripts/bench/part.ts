import type { Section, Versions } from "./report";

/** Told how far a part is, from 0 to 1, and what it does. */
export type Progress = (fraction: number, text: string) => void;

/** What a part of the bench found. */
export interface Findings {
  readonly section: Section;
  /** Versions of what it used. */
  readonly versions: Versions;
}

/** A part of the bench, which can be run alone. */
export interface Part {
  readonly name: string;
  readonly summary: string;
  measure(progress: Progress): Promise<Findings>;
}
