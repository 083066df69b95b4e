// What each number and formula of the notes comes to, by the rules of mapping/ and the claims of the ledger.
import type { LedgerClaim } from "../../lib/notebook/ledger";
import type { Resolution, Rule } from "./mapping/rules";
import type { NoteContent, NoteFormula, NoteNumber } from "./notes/extract";

/** A number or a formula with what became of it; undefined: no rule fits. */
export type Resolved<Item> = Item & { readonly resolution: Resolution | undefined };

/** A note's content, resolved, and what is wrong with the rules themselves. */
export interface ResolvedContent {
  readonly numbers: readonly Resolved<NoteNumber>[];
  readonly formulas: readonly Resolved<NoteFormula>[];
  /** One line for each rule that fits nothing, or names claims that no notebook judges. */
  readonly problems: readonly string[];
}

type Claims = readonly Pick<LedgerClaim, "id" | "printed">[];

/** Resolves what a note holds. An index needs no rule: it says which, not how much. */
export function resolve(
  { numbers, formulas }: NoteContent,
  rules: readonly Rule[],
  ledger: Claims,
): ResolvedContent {
  const used = new Set<Rule>();
  const problems: string[] = [];
  const claimsOf = new Map(rules.map((rule) => [rule, named(rule, ledger, problems)]));
  const ruleOf = new Map<string, Rule>();
  const resolvedFormulas = formulas.map((formula) => {
    const rule = rules.find((one) => fitsFormula(one, formula));
    if (rule === undefined) return { ...formula, resolution: undefined };
    used.add(rule);
    ruleOf.set(`${formula.line}.${formula.ordinal}`, rule);
    return { ...formula, resolution: resolutionOf(rule, claimsOf.get(rule)) };
  });
  const resolvedNumbers = numbers.map((number): Resolved<NoteNumber> => {
    if (number.role === "index") return { ...number, resolution: { excluded: "index" } };
    if (number.role === "marker") return { ...number, resolution: { excluded: "marker" } };
    const formulaRule = number.formula === undefined ? undefined : ruleOf.get(number.formula);
    for (const rule of rules) {
      const own = rule.byValue && inLines(rule, number) ? sameText(claimsOf.get(rule), number) : undefined;
      if (own !== undefined && own.length > 0) {
        used.add(rule);
        return { ...number, resolution: { claims: own.map(({ id }) => id) } };
      }
      if (rule === formulaRule || (!rule.byValue && fitsNumber(rule, number))) {
        used.add(rule);
        return { ...number, resolution: resolutionOf(rule, claimsOf.get(rule)) };
      }
    }
    return { ...number, resolution: undefined };
  });
  for (const rule of rules) if (!used.has(rule)) problems.push(`${inWords(rule)} fits nothing: remove it`);
  return { numbers: resolvedNumbers, formulas: resolvedFormulas, problems };
}

const inLines = ({ lines: [from, to] }: Rule, { line }: { line: number }) => from <= line && line <= to;
const isGeneral = ({ number, context, role, formula }: Rule) => !number && !context && !role && !formula;

function fitsFormula(rule: Rule, formula: NoteFormula): boolean {
  if (rule.byValue || !inLines(rule, formula)) return false;
  return rule.formula ? rule.formula.test(formula.tex) : isGeneral(rule);
}

function fitsNumber(rule: Rule, number: NoteNumber): boolean {
  if (!inLines(rule, number)) return false;
  if (isGeneral(rule)) return true;
  if (!rule.number && !rule.context && !rule.role) return false;
  return (
    (rule.number?.test(number.literal) ?? true) &&
    (rule.context?.test(number.context) ?? true) &&
    (rule.role?.includes(number.role) ?? true)
  );
}

/** The claims that a rule names, each pattern with a * spelled out. */
function named(rule: Rule, ledger: Claims, problems: string[]): Claims {
  if (!("claims" in rule.to)) return [];
  return rule.to.claims.flatMap((pattern) => {
    const found = ledger.filter(({ id }) =>
      pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === pattern,
    );
    if (found.length === 0) problems.push(`${inWords(rule)} names ${pattern}, which no notebook judges`);
    return found;
  });
}

function resolutionOf({ to }: Rule, claims: Claims = []): Resolution {
  return "claims" in to ? { claims: claims.map(({ id }) => id) } : to;
}

function sameText(claims: Claims = [], { literal }: NoteNumber): Claims {
  const plain = (text: string) => text.replace("−", "-").replace(/\s/g, "");
  return claims.filter(({ printed }) => printed !== undefined && plain(printed) === plain(literal));
}

/** A rule, as a message names it. */
export function inWords({ lines: [from, to], number, context, formula, to: target }: Rule): string {
  const what = [number, context, formula].filter(Boolean).map(String).join(", ");
  return `the rule of lines ${from} to ${to}${what ? ` (${what})` : ""} for ${JSON.stringify(target)}`;
}
