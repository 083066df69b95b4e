// data/ledger.json: read, checked against its schema, written whole.
import { existsSync, readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import Ajv, { type ErrorObject } from "ajv/dist/2020";
import writeFileAtomic from "write-file-atomic";
import type { LedgerClaim } from "../../lib/notebook/ledger";
import { BadInput } from "../run/bad-input";
import { ROOT, shown } from "../run/paths";

/** The order of a claim's fields in the file. */
const FIELDS = [
  ...["id", "note", "place", "kind", "statement", "printed", "ours", "tolerance", "verdict", "arithmetic"],
  ...["metric", "seeds", "method", "measured", "source", "notebook", "cell"],
];

/** The ledger that belongs to a folder of notebooks. */
export function ledgerPath(notebooks: string): string {
  return path.join(path.dirname(notebooks), "data", "ledger.json");
}

/** The file's text: one claim a line, so that a difference names the claims that moved. */
export function ledgerText(claims: readonly LedgerClaim[]): string {
  const lines = claims.map((claim) => {
    const known = claim as unknown as Record<string, unknown>;
    const extra = Object.keys(claim).filter((field) => !FIELDS.includes(field));
    return `    ${JSON.stringify(Object.fromEntries([...FIELDS, ...extra].map((field) => [field, known[field]])))}`;
  });
  const list = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n  ]`;
  return `{\n  "$schema": "./ledger.schema.json",\n  "claims": ${list}\n}\n`;
}

/** The claims of a ledger; none where there is no file yet. */
export function readLedger(file: string): LedgerClaim[] {
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, "utf8")).claims;
  } catch (error) {
    throw new BadInput(
      `${shown(file)} is not JSON (${(error as Error).message}). Write it again with: npm run ledger`,
    );
  }
}

/** What is wrong with a file's content by a schema of data/, a line each. */
export function schemaProblems(content: unknown, schema: string): string[] {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
  const validate = ajv.compile(JSON.parse(readFileSync(path.join(ROOT, "data", schema), "utf8")));
  if (validate(content)) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map((error) => inWords(error, content));
}

function inWords({ instancePath, message, params }: ErrorObject, content: unknown): string {
  const steps = instancePath.split("/").slice(1);
  let value = content;
  let name = "";
  for (const step of steps) {
    value = (value as Record<string, unknown>)[step];
    name = (value as { id?: string } | null)?.id ?? name;
  }
  const allowed = params.allowedValues ? ` (${params.allowedValues.join(", ")})` : "";
  const field = params.additionalProperty ? ` "${params.additionalProperty}"` : "";
  return `${name || instancePath || "the file"} ${steps.slice(2).join(".")}: ${message}${allowed}${field}`;
}

/**
 * Writes the ledger, whole or not at all; says whether its text is another one than before.
 * @throws BadInput naming each claim that is not of the schema
 */
export async function writeLedger(file: string, claims: readonly LedgerClaim[]): Promise<boolean> {
  const text = ledgerText(claims);
  const problems = schemaProblems(JSON.parse(text), "ledger.schema.json");
  if (problems.length > 0)
    throw new BadInput(
      `These claims are not as data/ledger.schema.json wants them:\n  ${problems.join("\n  ")}`,
    );
  if (existsSync(file) && readFileSync(file, "utf8") === text) return false;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFileAtomic(file, text);
  return true;
}
