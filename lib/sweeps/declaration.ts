import { dataPath, readBytes } from "../datasets/files";
import type { SweepRequest } from "./plan";
import { parseSeeds } from "./seeds";

/** How a claim about behaviour will be judged, written down before the runs. */
export interface DeclaredClaim {
  /** "004/training-6/c-is-best" */
  readonly id: string;
  /** What is computed of each seed's runs, in words. */
  readonly metric: string;
  /** How the interval over the seeds is made, in words. */
  readonly method: string;
}

/** A sweep whose results are committed: data/sweeps/NAME.json, with the results in NAME.csv. */
export interface SweepDeclaration extends SweepRequest {
  /** The experiment's name. */
  readonly experiment: string;
  /** One sentence: what the sweep is for. */
  readonly purpose: string;
  /** Absent where no claim is judged by it. */
  readonly claims?: readonly DeclaredClaim[];
}

const keys = ["experiment", "purpose", "seeds", "set", "parts", "claims"];
const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCell = (value: unknown) => ["number", "string", "boolean"].includes(typeof value);
const isGrid = (value: unknown) => isRecord(value) && Object.values(value).flat().every(isCell);

/**
 * A declaration read from its JSON.
 * @throws if the text is no JSON or something is missing, unknown or of another type; the message names it
 * @example
 * const text = '{ "experiment": "rings-momentum", "purpose": "Trial.", "seeds": "0..1", "set": { "momentum": [0, 0.9] } }'
 * parseDeclaration(text).set.momentum // [0, 0.9]
 * parseDeclaration('{ "experiment": "x", "purpose": "y", "seeds": "0", "sets": {} }') // throws /"sets" is unknown \(known are experiment/
 * parseDeclaration('{ "experiment": "x", "seeds": "0" }') // throws /"purpose" is undefined \(it must be a text\)/
 */
export function parseDeclaration(text: string): SweepDeclaration {
  const value: unknown = JSON.parse(text);
  if (!isRecord(value)) throw new Error("it is no record");
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`"${unknown}" is unknown (known are ${keys.join(", ")})`);
  const expect = (key: string, ok: boolean, what: string) => {
    if (!ok) throw new Error(`"${key}" is ${JSON.stringify(value[key])} (it must be ${what})`);
  };
  for (const key of ["experiment", "purpose", "seeds"]) expect(key, isText(value[key]), "a text");
  const { set = {}, parts = [], claims = [] } = value;
  expect("set", isGrid(set), "a record of values or lists of values");
  const isPart = (part: unknown) =>
    isRecord(part) && isGrid(part.set) && Object.keys(part).every((key) => key === "name" || key === "set");
  expect("parts", Array.isArray(parts) && parts.every(isPart), 'a list of { "name", "set" }');
  const isClaim = (claim: unknown) =>
    isRecord(claim) &&
    Object.keys(claim).sort().join() === "id,method,metric" &&
    Object.values(claim).every(isText);
  expect("claims", Array.isArray(claims) && claims.every(isClaim), 'a list of { "id", "metric", "method" }');
  parseSeeds(value.seeds as string);
  return value as unknown as SweepDeclaration;
}

/**
 * The file of a committed sweep.
 * @example
 * sweepPath("rings", "csv").endsWith("data/sweeps/rings.csv") // true
 * sweepPath("../iris", "csv") // throws /sweep: "\.\.\/iris" is no name/
 */
export function sweepPath(name: string, kind: "json" | "csv"): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new Error(`sweep: "${name}" is no name (small letters, digits and hyphens)`);
  return dataPath(`sweeps/${name}.${kind}`);
}

/**
 * The declaration data/sweeps/NAME.json.
 * @throws if it is missing or not a declaration, naming the file
 * @example
 * readDeclaration("nowhere") // throws /sweeps\/nowhere\.json is missing/
 */
export function readDeclaration(name: string): SweepDeclaration {
  const text = readBytes(sweepPath(name, "json"), "CONTRIBUTING.md says how to declare a sweep.").toString(
    "utf8",
  );
  try {
    return parseDeclaration(text);
  } catch (error) {
    throw new Error(`data/sweeps/${name}.json: ${(error as Error).message}`);
  }
}
