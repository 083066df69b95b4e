// The ledger's page: every claim with a link to its cell, filters for who has script, a plain table for who has none.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { judgeFormula } from "../lib/claims";
import { claimsOf } from "../scripts/ledger/collect";
import { ledgerHtml } from "../scripts/report/ledger-page";
import { exportReports, writeIndex } from "../scripts/report/report";
import type { ReportFile } from "../scripts/report/report-facts";
import { readNotebook } from "../scripts/run/notebook";
import { PLACES } from "../scripts/run/paths";
import { numberOf } from "../scripts/run/select";
import { noBrowser, startChromium } from "./support/chromium";
import { visitQuiet } from "./support/offline-page";
import { parsePage } from "./support/report-page";

const AXE = path.join(__dirname, "..", "node_modules", "axe-core", "axe.min.js");
const folder = mkdtempSync(path.join(tmpdir(), "ledger-page-"));
const names = ["07-softmax-cross-entropy", "12-rings"];
const notebook = (name: string) => path.join(PLACES.notebooks, `${name}.ipynb`);
const claims = names.flatMap((name) => claimsOf(readNotebook(notebook(name))));
const page = () => parsePage(readFileSync(path.join(folder, "ledger.html"), "utf8"));

let browser: Browser | undefined;
before(async () => {
  const inputs = names.map((name) => ({
    number: numberOf(name),
    notebookPath: notebook(name),
    outDir: folder,
  }));
  for (const written of await exportReports(inputs)) if (written instanceof Error) throw written;
  await writeIndex(folder);
  if (!noBrowser()) browser = await startChromium();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("every claim of the reports is a row with verdict and numbers, in the order of the ids", () => {
  const rows = [...page().querySelectorAll("#ledger tbody tr")];
  assert.equal(rows.length, claims.length);
  const ids = rows.map((row) => row.querySelector("th")?.textContent);
  assert.deepEqual([...ids].sort(), claims.map(({ id }) => id).sort());
  assert.ok(ids.indexOf("003/softmax-2.3/kronecker") < ids.indexOf("004/backward-2/softmax-ce"));
  const sum = rows[ids.indexOf("003/softmax-5/S")];
  assert.deepEqual(
    [...sum.querySelectorAll("td")].map((cell) => cell.textContent),
    [
      ...["carried", "S", "11.212", "11.2125"],
      ...[
        "ours 11.2125; from its printed operands 7.389 + 2.718 + 1.105 = 11.2120; they carry their own rounding",
        "07",
      ],
    ],
  );
});

test("each row leads to the cell that judges it, and the index to the ledger", () => {
  const targets = new Map(
    names.map((name) => [`${name}.html`, parsePage(readFileSync(path.join(folder, `${name}.html`), "utf8"))]),
  );
  for (const link of page().querySelectorAll("#ledger tbody a")) {
    const [file, cell] = (link.getAttribute("href") ?? "").split("#");
    const anchor = targets.get(file)?.querySelector(`[id="${decodeURIComponent(cell)}"]`);
    assert.match(
      anchor?.closest(".cell")?.textContent ?? "",
      new RegExp(link.textContent.replaceAll(".", "\\.")),
    );
  }
  const index = parsePage(readFileSync(path.join(folder, "index.html"), "utf8"));
  assert.ok([...index.querySelectorAll(".byline a")].some((a) => a.getAttribute("href") === "ledger.html"));
});

test("a classic result shows its citation; without claims there is no page", () => {
  const bound = {
    ...judgeFormula({
      note: "lit",
      place: "novikoff-1962",
      name: "bound",
      statement: "at most (R/γ)² < ∞ mistakes",
      holds: true,
      tried: "100 orders",
    }),
    notebook: "01-perceptron",
    cell: "bound",
  };
  const report = { file: "01-perceptron.html", claims: [bound] } as unknown as ReportFile;
  const row = parsePage((ledgerHtml([report]) ?? "").replace("@@report:styles@@", "")).querySelector(
    "#ledger tbody tr",
  );
  assert.equal(row?.getAttribute("data-note"), "lit");
  assert.match(row?.textContent ?? "", /at most \(R\/γ\)² < ∞ mistakesA\. B\. J\. Novikoff, .* 615–622/);
  assert.equal(ledgerHtml([{ file: "01-perceptron.html" } as unknown as ReportFile]), null);
});

const skip = noBrowser();
const rows = (page: Page) => page.locator("#ledger tbody tr:visible").count();

const visit = (options: BrowserContextOptions, work: (page: Page) => Promise<void>, hash = "") =>
  visitQuiet(browser, pathToFileURL(path.join(folder, "ledger.html")).href + hash, options, work);

test(
  "filters by note, kind, verdict, notebook and text, together, and says how many are left",
  { skip },
  () =>
    visit({}, async (page) => {
      const status = page.locator(".shown");
      const of = (wanted: (claim: (typeof claims)[0]) => boolean) => claims.filter(wanted).length;
      const choose = (name: string, value: string) =>
        page.locator(`select[data-filter="${name}"]`).selectOption(value);
      assert.equal(await rows(page), claims.length);
      await choose("note", "004");
      assert.equal(
        await rows(page),
        of(({ note }) => note === "004"),
      );
      await choose("kind", "behaviour");
      const behaviour = of(({ note, kind }) => note === "004" && kind === "behaviour");
      assert.ok(behaviour > 0);
      assert.equal(await rows(page), behaviour);
      assert.equal(await status.textContent(), `${behaviour} of ${claims.length} claims`);
      await page.getByRole("button", { name: "Show all" }).click();
      assert.equal(await rows(page), claims.length);
      await choose("verdict", "carried");
      await choose("notebook", "07-softmax-cross-entropy");
      assert.equal(
        await rows(page),
        of(({ verdict }) => verdict === "carried"),
      );
      await page.getByRole("button", { name: "Show all" }).click();
      await page.locator('input[data-filter="text"]').fill("softmax-5 EXP2");
      assert.equal(await rows(page), 1);
    }),
);

test("an address with a filter opens filtered", { skip }, () =>
  visit({}, async (page) => assert.equal(await rows(page), claims.filter(({ verdict }) => verdict === "carried").length), "#verdict=carried"),
); // biome-ignore format: one expression

test("without script it is a plain table of all claims", { skip }, () =>
  visit({ javaScriptEnabled: false }, async (page) => {
    assert.equal(await rows(page), claims.length);
    assert.equal(await page.locator(".filters").isVisible(), false);
  }),
);

for (const [name, options] of [
  ["wide and light", { colorScheme: "light" }],
  ["380 px and dark", { colorScheme: "dark", viewport: { width: 380, height: 800 } }],
] as const)
  test(`${name}: the page does not scroll sideways, axe agrees`, { skip }, () =>
    visit(options, async (page) => {
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assert.ok((overflow as number) <= 0, `${overflow} px`);
      await page.evaluate(readFileSync(AXE, "utf8"));
      const found = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))",
      );
      assert.deepEqual(found, []);
    }),
  );
