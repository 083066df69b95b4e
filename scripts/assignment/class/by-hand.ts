import { existsSync, readFileSync } from "node:fs";
import Ajv, { type ErrorObject } from "ajv/dist/2020";
import { BadInput } from "../../run/bad-input";

/**
 * A JSON file that people write by hand; `absent` where there is none.
 * @param schema a JSON schema of what it may hold
 * @throws BadInput naming each place that is wrong
 */
export function readByHand<Content>(file: string, schema: object, absent: Content): Content {
  if (!existsSync(file)) return absent;
  const content = parsed(file, readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  const validate = new Ajv({ allErrors: true, strict: true }).compile<Content>(schema);
  if (validate(content)) return content;
  throw problemsIn(file, (validate.errors ?? []).map(inWords));
}

/** What is wrong with a file that is kept by hand, a line each. */
export const problemsIn = (file: string, problems: readonly string[]): BadInput =>
  new BadInput([`${file} cannot be used as it is:`, ...problems.map((line) => `  ${line}`)].join("\n"));

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const position = /at position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split("\n");
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw problemsIn(file, [`${place}: no JSON (${message.split(" in JSON at")[0]})`]);
  }
}

/** "anna.parts.dense.points: must be >= 0". */
function inWords({ instancePath, message, params }: ErrorObject): string {
  const unescaped = (step: string) => step.replaceAll("~1", "/").replaceAll("~0", "~");
  const place = instancePath.split("/").slice(1).map(unescaped).join(".") || "the file";
  const extra = params.additionalProperty === undefined ? "" : ` "${params.additionalProperty}"`;
  return `${place}: ${message}${extra}`;
}
