// The committed notebooks' own pages in a browser; report-browser.test.ts tries what any page can do.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { exportReports, LARGEST, type WrittenReport, writeIndex } from "../scripts/report/report";
import { joined, type NotebookFile, readNotebook } from "../scripts/run/notebook";
import { PLACES, ROOT } from "../scripts/run/paths";
import { listAssignments, listNotebooks, notebookPath, numberOf } from "../scripts/run/select";
import { noBrowser, startChromium } from "./support/chromium";
import { visitQuiet } from "./support/offline-page";

const AXE = readFileSync(path.join(ROOT, "node_modules", "axe-core", "axe.min.js"), "utf8");
const folder = mkdtempSync(path.join(tmpdir(), "report-notebooks-"));
const skip = noBrowser();
const notebooks = listNotebooks(PLACES.notebooks);
const assignments = listAssignments(PLACES.notebooks);
const names = [...notebooks, ...assignments];
const fileOf = (name: string) => notebookPath(PLACES.notebooks, name);
const phone: BrowserContextOptions = {
  viewport: { width: 380, height: 760 },
  isMobile: true,
  hasTouch: true,
};

let browser: Browser | undefined;
let written: (WrittenReport | Error)[] = [];
let index = "";

before(async () => {
  if (skip) return;
  written = await exportReports(
    names.map((name) => ({ number: numberOf(name), notebookPath: fileOf(name), outDir: folder })),
  );
  index = await writeIndex(folder);
  browser = await startChromium();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [i, name] of names.entries()) {
  test(`${name}: its page, with the network cut`, { skip }, async (t) => {
    const report = written[i];
    if (report instanceof Error) throw report;
    const notebook = readNotebook(fileOf(name));
    const figures = figureCount(notebook);

    await t.test("has at most 6 MB", () => assert.ok(report.bytes <= LARGEST, `${report.bytes} bytes`));

    await t.test("wide and light: header, formulas and all figures are there, axe agrees", () =>
      visit(report.path, { colorScheme: "light" }, async (page) => {
        await requireHeader(page, notebook);
        await drawAll(page, figures);
        await requireFormulas(page, notebook);
        await requireAccessible(page);
      }),
    );

    await t.test("380 px and dark: the page does not scroll sideways, axe agrees", () =>
      visit(report.path, { ...phone, colorScheme: "dark" }, async (page) => {
        await drawAll(page, figures);
        await requireNoSidewaysScroll(page);
        await requireAccessible(page);
      }),
    );

    await t.test("without script every figure shows its static drawing", () =>
      visit(report.path, { javaScriptEnabled: false }, async (page) => {
        await openAll(page);
        const drawings = await page.locator("figure.plot img.static").all();
        assert.equal(drawings.length, figures);
        for (const drawing of drawings) {
          const box = await drawing.boundingBox();
          // A diagram of one row of boxes is low.
          assert.ok(box && box.width > 300 && box.height > 100, `${box?.width} × ${box?.height}`);
          assert.match((await drawing.getAttribute("src")) ?? "", /^data:image\/svg\+xml/);
          // Decoding a large drawing may take the browser a moment; one that it cannot read stays 0 wide.
          const width = () =>
            drawing.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth);
          for (let tries = 0; tries < 50 && !(await width()); tries++) await sleep(100);
          assert.ok(Number(await width()) > 300, "an SVG that the browser can read");
        }
      }),
    );
  });
}

test("the glossary page has the terms, wide and at 380 px", { skip }, async () => {
  for (const options of [{ colorScheme: "light" }, { ...phone, colorScheme: "dark" }] as const) {
    await visit(path.join(folder, "glossary.html"), options, async (page) => {
      assert.ok((await page.locator("tbody tr").count()) >= notebooks.length);
      await requireNoSidewaysScroll(page);
      await requireAccessible(page);
    });
  }
});

test("the index page links to each notebook's page and each assignment's, wide and at 380 px", {
  skip,
}, async () => {
  for (const options of [{ colorScheme: "light" }, { ...phone, colorScheme: "dark" }] as const) {
    await visit(index, options, async (page) => {
      for (const [heading, listed] of [
        ["h2", notebooks],
        ["h3", assignments],
      ] as const) {
        const links = `[...document.querySelectorAll('.reports ${heading} a')].map((a) => a.getAttribute('href'))`;
        assert.deepEqual(
          await read(page, links),
          listed.map((name) => `${name}.html`),
        );
      }
      await requireNoSidewaysScroll(page);
      await requireAccessible(page);
    });
  }
});

const visit = (file: string, options: BrowserContextOptions, work: (page: Page) => Promise<void>) =>
  visitQuiet(browser, pathToFileURL(file).href, options, work);

/** Without the DOM's types, what runs in the page is given as text. */
const read = <T>(page: Page, expression: string): Promise<T> => page.evaluate(expression) as Promise<T>;

const openAll = (page: Page) =>
  read(page, "document.querySelectorAll('details').forEach((details) => { details.open = true; })");

/** At the width of the window, with everything unfolded. */
async function requireNoSidewaysScroll(page: Page): Promise<void> {
  await openAll(page);
  const width = page.viewportSize()?.width;
  const widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
  assert.deepEqual(await read(page, widths), [width, width]);
}

/** Scrolls through the page until every figure is drawn by Plotly; there must be `expected` of them. */
async function drawAll(page: Page, expected: number): Promise<void> {
  await openAll(page); // a solution may hold figures
  for (const figure of await page.locator("figure.plot").all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator(".live .main-svg").first().waitFor();
  }
  assert.equal(await page.locator("figure.plot.is-live .main-svg:first-child").count(), expected);
}

/** The notebook's title without its markup, the project's version and its licence. */
async function requireHeader(page: Page, notebook: NotebookFile): Promise<void> {
  const { version, license } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  const [heading] = markdown(notebook).match(/^# .+$/m) ?? [];
  assert.ok(heading, "the notebook has no title");
  const title = await page.locator("header h1").innerText();
  const letters = (text: string) => text.replace(/\$[^$]*\$/g, "").replace(/[^\p{L}\p{N}]/gu, "");
  assert.ok(heading.includes("$") || letters(title) === letters(heading), `title "${title}"`);
  assert.ok((await page.title()).startsWith(title));
  const byline = await page.locator("header .byline").innerText();
  assert.ok(byline.includes(`Version ${version}`) && byline.includes(`${license} licence`), byline);
}

/** Formulas are drawn as MathML; outside code no TeX is left to be read. */
async function requireFormulas(page: Page, notebook: NotebookFile): Promise<void> {
  await openAll(page);
  const displayed = (markdown(notebook).match(/\$\$/g)?.length ?? 0) / 2 + bundles(notebook, "text/latex");
  assert.equal(await page.locator("main math[display=block]").count(), displayed);
  const sizes = await read<[string, number, number][]>(
    page,
    `[...document.querySelectorAll("main math, h1 math")].map((math) => {
      const { width, height } = math.getBoundingClientRect(); return [math.textContent, width, height]; })`,
  );
  for (const [text, width, height] of sizes)
    assert.ok(width > 3 && height > 5, `${text}: ${width} × ${height}`);
  const raw = await read<string[]>(
    page,
    `(() => {
      const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode;
        if (/\\$\\$|\\$\\S[^$]*\\$|\\\\[a-zA-Z]/.test(data) && !parentElement.closest(".code, code, script, style, annotation"))
          found.push(data);
      }
      return found;
    })()`,
  );
  assert.deepEqual(raw, []);
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

async function requireAccessible(page: Page): Promise<void> {
  await openAll(page);
  // Through the debugger: the page's own policy would not let a script file in.
  await page.evaluate(AXE);
  const { violations } = await read<{ violations: Violation[] }>(
    page,
    "axe.run({ resultTypes: ['violations'] })",
  );
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = serious.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} (${node.failureSummary})`).join("; ")}`,
  );
  assert.deepEqual(told, []);
}

/** All Markdown of the notebook without its code blocks. */
function markdown(notebook: NotebookFile): string {
  const cells = notebook.json.cells.filter((cell) => cell.cell_type === "markdown");
  return cells
    .map((cell) =>
      joined(cell.source)
        .replace(/^```[\s\S]*?^```/gm, "")
        .replace(/`[^`\n]*`/g, ""),
    )
    .join("\n\n");
}

/** How many outputs of the notebook hold `type`. */
function bundles(notebook: NotebookFile, type: string): number {
  const outputs = notebook.json.cells.flatMap((cell) => cell.outputs ?? []);
  return outputs.filter((output) => type in (output.data ?? {})).length;
}

const figureCount = (notebook: NotebookFile) => bundles(notebook, "application/vnd.plotly.v1+json");
