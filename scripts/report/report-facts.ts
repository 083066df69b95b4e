import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { LedgerClaim } from "../../lib/notebook/ledger";
import type { NotebookMetadata } from "../collection/metadata";
import type { Summary } from "../run/summary";

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
  /** What the ledger's page lists. */
  claims?: LedgerClaim[];
  summary: Pick<Summary, "checks" | "claims" | "verdicts" | "hash"> | null;
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
