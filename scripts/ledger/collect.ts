// The claims that the committed notebooks carry in their outputs.
import path from "node:path";
import type { Claim } from "../../lib/claims";
import { claimsType } from "../../lib/notebook/claim-cells";
import type { LedgerClaim } from "../../lib/notebook/ledger";
import { BadInput } from "../run/bad-input";
import { type NotebookFile, readNotebook } from "../run/notebook";
import { listNotebooks } from "../run/select";
import { byId } from "./order";

/** The claims of one notebook, in the order of its cells. */
export function claimsOf({ name, json }: NotebookFile): LedgerClaim[] {
  return json.cells.flatMap((cell) =>
    (cell.outputs ?? []).flatMap((output) => {
      const shown = output.data?.[claimsType] as { claims: Claim[] } | undefined;
      return (shown?.claims ?? []).map((claim) => ({ ...claim, notebook: name, cell: cell.id ?? "" }));
    }),
  );
}

/**
 * The claims of all notebooks in a folder, sorted by id.
 * @throws BadInput naming each id that is judged more than once, with its places
 */
export function collectClaims(folder: string): LedgerClaim[] {
  const files = listNotebooks(folder).map((name) => readNotebook(path.join(folder, `${name}.ipynb`)));
  return unique(files.flatMap(claimsOf));
}

/** The claims, sorted; each id must be judged once. */
export function unique(claims: readonly LedgerClaim[]): LedgerClaim[] {
  const places = new Map<string, string[]>();
  for (const { id, notebook, cell } of claims)
    places.set(id, [...(places.get(id) ?? []), `${notebook}, cell ${cell}`]);
  const twice = [...places].filter(([, found]) => found.length > 1);
  if (twice.length > 0)
    throw new BadInput(
      `Each claim is judged once: give the others another name, or leave them out.\n${twice
        .map(([id, found]) => `  ${id} is judged in ${found.join("; and in ")}`)
        .join("\n")}`,
    );
  return [...claims].sort(byId);
}
