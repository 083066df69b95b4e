// What of the notes awaits a notebook, in words.
import Table from "cli-table3";
import type { Literals } from "./account";
import type { Resolution } from "./mapping/rules";

const awaits = (resolution: Resolution | undefined) =>
  resolution && "pending" in resolution ? resolution.pending : undefined;

/** What awaits the notebook of this number, line by line of the notes. */
export function pendingText({ numbers, formulas }: Literals, notebook: string): string {
  const wanted = notebook.padStart(2, "0");
  const lines = new Map<string, string[]>();
  const add = (item: { note: string; line: number }, text: string) => {
    const place = `note ${item.note}, line ${item.line}`;
    lines.set(place, [...(lines.get(place) ?? []), text]);
  };
  const own = (number: Literals["numbers"][number]) => awaits(number.resolution) === wanted;
  const inFormula = (number: Literals["numbers"][number]) => `${number.note} ${number.formula}`;
  const printed = new Set<string>();
  for (const formula of formulas) {
    if (awaits(formula.resolution) !== wanted) continue;
    const name = `${formula.note} ${formula.line}.${formula.ordinal}`;
    const inside = numbers.filter((number) => own(number) && inFormula(number) === name);
    printed.add(name);
    add(formula, `formula ${formula.line}.${formula.ordinal}: ${formula.tex}`);
    if (inside.length > 0) add(formula, `  its numbers: ${inside.map(({ literal }) => literal).join(", ")}`);
  }
  for (const number of numbers)
    if (own(number) && !printed.has(inFormula(number)))
      add(number, `number ${number.literal} in "${number.context}"`);
  if (lines.size === 0) return `Nothing of the notes awaits notebook ${wanted}.\n`;
  const byPlace = [...lines].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  const account = byPlace.map(([place, texts]) => `${place}\n${texts.map((text) => `  ${text}\n`).join("")}`);
  return `${account.join("")}The rules that say so: pending(…, "${wanted}") in scripts/ledger/mapping.\n`;
}

/** How many numbers and formulas await each notebook, beside those that are judged or excluded. */
export function unjudgedTable({ numbers, formulas }: Literals): string {
  const names = (items: readonly { resolution: Resolution | undefined }[]) =>
    items.map(({ resolution }) => {
      const notebook = awaits(resolution);
      if (notebook !== undefined) return `awaits ${notebook}`;
      if (resolution === undefined) return "not accounted for";
      return "claims" in resolution ? "judged" : "excluded, with its reason";
    });
  const [ofNumbers, ofFormulas] = [names(numbers), names(formulas)];
  const table = new Table({
    head: ["", "numbers", "formulas"],
    colAligns: ["left", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  const count = (list: readonly string[], name: string) => list.filter((one) => one === name).length;
  for (const name of [...new Set([...ofNumbers, ...ofFormulas])].sort())
    table.push([name, count(ofNumbers, name), count(ofFormulas, name)]);
  table.push(["all", numbers.length, formulas.length]);
  return `${table.toString()}\n`;
}
