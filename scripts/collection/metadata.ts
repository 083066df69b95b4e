/** The same words in the collection's two languages. */
export interface Words {
  en: string;
  zh: string;
}

/** A term with its meaning in one English sentence. */
export interface Term extends Words {
  meaning: string;
}

/** What a notebook says of itself under "backpropagation" in its metadata. */
export interface NotebookMetadata {
  /** Three sentences in each language. */
  summary: Words;
  /** An earlier notebook by name ("06-backprop-by-hand"), or knowledge from elsewhere by its words. */
  prerequisites: (string | Words)[];
  /** The terms that the notebook introduces. */
  terms: Term[];
  /** Whether it shows data/ledger.json, so that `npm start -- --update` runs it after the others. */
  showsLedger: boolean;
}

/** What an assignment says of itself there: it introduces no terms. */
export interface AssignmentMetadata {
  /** A sentence or more in each language. */
  summary: Words;
  prerequisites: NotebookMetadata["prerequisites"];
}

/** What metadata.backpropagation looks like, for messages. */
export const FORM =
  '"backpropagation": {"summary": {"en": "three sentences", "zh": "三句话"}, "prerequisites": ["06-backprop-by-hand"], ' +
  '"terms": [{"en": "learning rate", "zh": "学习率", "meaning": "one sentence"}]}';

export const SENTENCES = 3;
const HAN = /\p{Script=Han}/u;
const MARKUP = /[$`]|<\/?[a-z]/i;

/** A sentence ends where the text does, or where the next one begins with a capital. */
export function sentences(text: string): string[] {
  return text
    .trim()
    .split(/(?<=[.!?]["”)]*)\s+(?=[\p{Lu}"“(])/u)
    .filter((sentence) => /[.!?]["”)]*$/.test(sentence));
}

function chineseSentences(text: string): number {
  return text.match(/[。！？]/g)?.length ?? 0;
}

/** The same in an assignment. */
export const ASSIGNMENT_FORM =
  '"backpropagation": {"summary": {"en": "what is written", "zh": "要写什么"}, "prerequisites": ["06-backprop-by-hand"]}';

/** Reads metadata.backpropagation; `faults` says everything that is wrong with it, and is empty where it is in order. */
export function readMetadata(value: unknown): { metadata: NotebookMetadata | undefined; faults: string[] } {
  if (value === undefined) return { metadata: undefined, faults: [`has no metadata ${FORM}`] };
  if (!isRecord(value))
    return { metadata: undefined, faults: [`its "backpropagation" is no object: ${FORM}`] };
  const faults: string[] = [];
  requireKeys(value, ["summary", "prerequisites", "terms", "showsLedger"], faults);
  const summary = readSummary(value.summary, faults);
  const prerequisites = readPrerequisites(value.prerequisites, faults);
  const terms = readList(value.terms, "terms", faults, (one, place) => readTerm(one, place, faults));
  const showsLedger = value.showsLedger ?? false;
  if (typeof showsLedger !== "boolean") faults.push("showsLedger is neither true nor false");
  if (faults.length > 0 || !summary) return { metadata: undefined, faults };
  return { metadata: { summary, prerequisites, terms, showsLedger: showsLedger === true }, faults };
}

/** Reads metadata.backpropagation of an assignment. */
export function readAssignmentMetadata(value: unknown): {
  metadata: AssignmentMetadata | undefined;
  faults: string[];
} {
  if (!isRecord(value)) return { metadata: undefined, faults: [`has no metadata ${ASSIGNMENT_FORM}`] };
  const faults: string[] = [];
  requireKeys(value, ["summary", "prerequisites", "terms"], faults);
  const summary = words(value.summary, "summary", faults);
  if (summary && (sentences(summary.en).length === 0 || chineseSentences(summary.zh) === 0))
    faults.push("summary has no whole sentence in both languages");
  const prerequisites = readPrerequisites(value.prerequisites, faults);
  const { terms = [] } = value;
  if (!Array.isArray(terms) || terms.length > 0)
    faults.push("introduces terms, which notebooks of the collection do");
  if (faults.length > 0 || !summary) return { metadata: undefined, faults };
  return { metadata: { summary, prerequisites }, faults };
}

function requireKeys(value: Record<string, unknown>, known: readonly string[], faults: string[]): void {
  for (const key of Object.keys(value).filter((key) => !known.includes(key)))
    faults.push(`knows no "${key}" (there are ${known.join(", ")})`);
}

function readPrerequisites(value: unknown, faults: string[]): (string | Words)[] {
  return readList(value, "prerequisites", faults, (one, place) =>
    typeof one === "string" ? text(one, place, faults) : words(one, place, faults),
  );
}

const counted = (n: number) => `${n} sentence${n === 1 ? "" : "s"}`;

function readSummary(value: unknown, faults: string[]): Words | undefined {
  const summary = words(value, "summary", faults);
  if (!summary) return undefined;
  const counts = { en: sentences(summary.en).length, zh: chineseSentences(summary.zh) };
  for (const language of ["en", "zh"] as const) {
    if (counts[language] === SENTENCES) continue;
    const ends = language === "en" ? "with . ! or ?, and the next begins with a capital" : "with 。！ or ？";
    faults.push(`summary.${language} has ${counted(counts[language])}, not ${SENTENCES} (one ends ${ends})`);
  }
  return summary;
}

function readTerm(value: unknown, place: string, faults: string[]): Term | undefined {
  const both = words(value, place, faults, ["meaning"]);
  const meaning = both && text((value as { meaning: unknown }).meaning, `${place}.meaning`, faults);
  if (!both || !meaning) return undefined;
  if (sentences(meaning).length !== 1) faults.push(`${place}.meaning is not one sentence: "${meaning}"`);
  return { ...both, meaning };
}

function readList<T>(
  value: unknown,
  name: string,
  faults: string[],
  read: (one: unknown, place: string) => T | undefined,
): T[] {
  if (!Array.isArray(value)) {
    faults.push(`${name} is no list`);
    return [];
  }
  return value.map((one, k) => read(one, `${name}[${k}]`)).filter((one) => one !== undefined);
}

function words(value: unknown, place: string, faults: string[], more: string[] = []): Words | undefined {
  if (!isRecord(value)) {
    faults.push(`${place} is no object with "en" and "zh"`);
    return undefined;
  }
  for (const key of Object.keys(value).filter((key) => !["en", "zh", ...more].includes(key)))
    faults.push(`${place} knows no "${key}"`);
  const en = text(value.en, `${place}.en`, faults);
  const zh = text(value.zh, `${place}.zh`, faults);
  if (zh && !HAN.test(zh)) faults.push(`${place}.zh is not in Chinese: "${zh}"`);
  return en && zh ? { en, zh } : undefined;
}

function text(value: unknown, place: string, faults: string[]): string | undefined {
  if (typeof value !== "string" || value.trim() === "") {
    faults.push(`${place} is no text`);
    return undefined;
  }
  if (value !== value.trim() || /\s\s|\n/.test(value)) faults.push(`${place} has spaces too many`);
  if (MARKUP.test(value)) faults.push(`${place} holds markup: it is plain text, without $, \` and tags`);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
