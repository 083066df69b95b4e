import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { LedgerClaim } from "../../lib/notebook/ledger";
import {
  type AssignmentMetadata,
  type NotebookMetadata,
  readAssignmentMetadata,
  readMetadata,
} from "../collection/metadata";
import { claimsOf } from "../ledger/collect";
import { totalPoints } from "../run/nbgrader";
import type { NotebookFile } from "../run/notebook";
import type { RunLog } from "../run/run-log";
import { isAssignment } from "../run/select";
import { closingSummary, type Summary } from "../run/summary";
import type { ExportedPage } from "./exporter";
import { formulasToMathML } from "./formulas";

/** What a page says of itself, kept in the page as JSON, so that the index needs nothing but the pages. */
export interface ReportFacts {
  number: string;
  notebook: string;
  titleHtml: string;
  leadHtml: string;
  figures: number;
  run: string | null;
  seconds: number | null;
  moved: number | null;
  failed: boolean;
  /** Summary, prerequisites and terms; null where the notebook gives none. */
  collection: NotebookMetadata | null;
  /** What an assignment says of itself, and the points of all its parts; the page shows its answers. */
  assignment?: Partial<AssignmentMetadata> & { points: number };
  /** What the ledger's page lists. */
  claims?: LedgerClaim[];
  summary: Pick<Summary, "checks" | "claims" | "verdicts" | "hash"> | null;
}

/** The facts of one page. */
export function reportFacts(
  number: string,
  notebook: NotebookFile,
  log: RunLog | undefined,
  page: Pick<ExportedPage, "titleHtml" | "leadHtml" | "figures">,
): ReportFacts {
  const summary = closingSummary(notebook.json);
  return {
    number,
    notebook: notebook.name,
    titleHtml: formulasToMathML(page.titleHtml || notebook.name, notebook.name),
    leadHtml: formulasToMathML(page.leadHtml, notebook.name),
    figures: page.figures,
    run: log?.started ?? null,
    seconds: log?.seconds ?? null,
    moved: log?.moved?.length ?? null,
    failed: Boolean(log?.failure),
    ...(isAssignment(notebook.name) ? assignmentFacts(notebook) : collectionFacts(notebook)),
    summary: summary
      ? {
          checks: summary.checks,
          claims: summary.claims,
          verdicts: summary.verdicts,
          hash: summary.hash,
        }
      : null,
  };
}

function collectionFacts(notebook: NotebookFile): Pick<ReportFacts, "collection" | "claims"> {
  const { metadata } = readMetadata(notebook.json.metadata.backpropagation);
  return { collection: metadata ?? null, claims: claimsOf(notebook) };
}

/** An assignment has no terms and judges no claims. */
function assignmentFacts({ json }: NotebookFile): Pick<ReportFacts, "collection" | "assignment"> {
  const { metadata } = readAssignmentMetadata(json.metadata.backpropagation);
  return { collection: null, assignment: { ...metadata, points: totalPoints(json) } };
}

const FACTS = /<script type="application\/json" id="report-facts">(.*?)<\/script>/s;

/** A page of the index: its facts, its file and its size. */
export interface ReportFile extends ReportFacts {
  file: string;
  bytes: number;
}

/** The reports in a folder, by file name; other HTML files are passed over. */
export function readReports(folder: string): ReportFile[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".html") && name !== "index.html");
  return files.sort().flatMap((file) => {
    const full = path.join(folder, file);
    const found = FACTS.exec(readFileSync(full, "utf8"));
    return found ? [{ ...(JSON.parse(found[1]) as ReportFacts), file, bytes: statSync(full).size }] : [];
  });
}
