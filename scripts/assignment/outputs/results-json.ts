import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv, { type ValidateFunction } from "ajv/dist/2020";
import type { StudentMark } from "../class/student-mark";
import { gradescopeResults } from "./gradescope";
import { prairieLearnResults } from "./prairielearn";

/** The platforms that read a mark as JSON. */
export type Platform = "prairielearn" | "gradescope";

export const platforms: readonly Platform[] = ["prairielearn", "gradescope"];

/** PrairieLearn takes up to 1 MB. */
const mostBytes = 1_000_000;

const makers: Readonly<Record<Platform, (student: StudentMark) => object>> = {
  prairielearn: prairieLearnResults,
  gradescope: gradescopeResults,
};

const validators = new Map<Platform, ValidateFunction>();

/**
 * A mark as a platform reads it.
 * @throws naming the field if it is not in the platform's published format: then the fault is ours
 */
export function resultsJson(platform: Platform, student: StudentMark): string {
  const results = makers[platform](student);
  expectFormat(platform, results);
  const text = `${JSON.stringify(results, undefined, 2)}\n`;
  if (Buffer.byteLength(text) > mostBytes)
    throw new Error(`${platform}, ${student.student}: the results have more than ${mostBytes} bytes`);
  return text;
}

/** @throws naming the field if these are no results in the platform's published format */
export function expectFormat(platform: Platform, results: unknown): void {
  let validate = validators.get(platform);
  if (!validate) {
    const schema = readFileSync(path.join(__dirname, `${platform}.schema.json`), "utf8");
    validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(JSON.parse(schema));
    validators.set(platform, validate);
  }
  if (validate(results)) return;
  const errors = (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || "/"} ${message}`,
  );
  throw new Error(`not in ${platform}'s format: ${errors.join("; ")}`);
}
