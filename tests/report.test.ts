import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { scriptJson } from "../scripts/report/figures";
import { mathCharacters } from "../scripts/report/math-font";
import { exportReport, exportReports, LARGEST, writeIndex } from "../scripts/report/report";
import { type Page, parsePage } from "./support/report-page";

const FIXTURE = path.join(__dirname, "fixtures", "report.ipynb");
const folder = mkdtempSync(path.join(tmpdir(), "report-"));
const outDir = path.join(folder, "reports");
const runLogPath = path.join(folder, "run.json");

const LOG = {
  notebook: "report",
  started: "2026-03-04T05:06:07.000Z",
  seconds: 12.34,
  version: "0.1.0",
  node: "20.20.2",
  tslab: "1.0.22",
  typescript: "5.0.4",
  tfjs: "4.22.0",
  tfBackend: "js",
  tfReason: "no C++ compiler",
  cpu: "A processor & its <name>",
  cores: 2,
  platform: "Linux x64",
  cells: [],
  summary: null,
  moved: [],
  failure: null,
};

type Cell = { cell_type: string; source: string[]; outputs?: { data?: Record<string, unknown> }[] };
type Notebook = { cells: Cell[]; metadata: object; nbformat: number; nbformat_minor: number };

const fixture = (): Notebook => JSON.parse(readFileSync(FIXTURE, "utf8"));

/** A notebook that holds only the given cells, beside its own pictures. */
function notebookOf(name: string, cells: object[]): string {
  const file = path.join(folder, `${name}.ipynb`);
  const whole = cells.map((cell, i) => ({ id: `t${i}`, metadata: {}, ...cell }));
  writeFileSync(file, JSON.stringify({ ...fixture(), cells: whole }));
  return file;
}

const markdown = (source: string) => ({ cell_type: "markdown", source });
const shown = (data: object) => ({
  cell_type: "code",
  execution_count: 1,
  source: "show()",
  outputs: [{ output_type: "display_data", metadata: {}, data }],
});
const fails = (notebookPath: string, message: RegExp) =>
  assert.rejects(
    exportReport({ number: "99", notebookPath, outDir: path.join(folder, "failed") }),
    (error: Error) => {
      assert.match(error.message, message);
      return true;
    },
  );

let html = "";
/** As assert.doesNotMatch, without printing the whole page. */
const lacks = (pattern: RegExp) => assert.equal(pattern.exec(html)?.[0], undefined);
let page: Page;
let bytes = 0;

before(async () => {
  writeFileSync(runLogPath, JSON.stringify(LOG));
  const written = await exportReport({ number: "06", notebookPath: FIXTURE, runLogPath, outDir });
  assert.equal(written.path, path.join(outDir, "report.html"));
  html = readFileSync(written.path, "utf8");
  bytes = written.bytes;
  page = parsePage(html);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const texts = (selector: string) =>
  [...page.querySelectorAll(selector)].map((found) => found.textContent.trim());

test("no placeholder of ours or of the template is left", () => {
  lacks(/@@report:|<report-formula|\{\{ |\{%[- ]/);
});

test("the header gives title, version, licence, date and the facts of the run", () => {
  const { version } = JSON.parse(readFileSync(path.join(__dirname, "../package.json"), "utf8"));
  assert.equal(page.querySelectorAll("h1").length, 1);
  assert.match(page.querySelector("h1")?.textContent ?? "", /^Report fixture: every kind of cell/);
  const byline = texts(".byline span");
  assert.deepEqual(byline.slice(0, 3), [`Version ${version}`, "MIT licence", "run on 4 March 2026"]);
  assert.deepEqual(byline.slice(3), ["12 checks", "2 claims"]);
  const facts = new Map(texts(".facts dt").map((name, i) => [name, texts(".facts dd")[i]]));
  assert.equal(facts.get("Run"), "4 March 2026, 05:06 UTC");
  assert.equal(facts.get("Duration"), "12.3 s");
  assert.equal(facts.get("Node"), "20.20.2");
  assert.equal(facts.get("TypeScript kernel"), "tslab 1.0.22, TypeScript 5.0.4");
  assert.equal(facts.get("TensorFlow.js"), "4.22.0, pure-JavaScript backend: no C++ compiler");
  assert.equal(facts.get("Processor"), "A processor & its <name>, 2 cores");
  assert.equal(facts.get("Claims"), "1 slip, 1 carried");
  assert.match(page.querySelector(".notice")?.textContent ?? "", /pure-JavaScript backend/);
});

test("the page says what it is: language, title, description, generator", () => {
  assert.equal(page.documentElement.lang, "en");
  assert.match(page.title, /^Report fixture.* – Backpropagation notebooks$/);
  const meta = (name: string) => page.querySelector(`meta[name="${name}"]`)?.getAttribute("content") ?? "";
  assert.match(meta("description"), /^This notebook is read by the tests of the report\./);
  assert.match(meta("generator"), /^Backpropagation notebooks .*, nbconvert$/);
  assert.match(meta("viewport"), /width=device-width/);
});

test("every formula of the notebook is MathML, in text, tables, captions and outputs", () => {
  const markdownTex = fixture()
    .cells.filter((cell) => cell.cell_type === "markdown")
    .map((cell) => cell.source.join(""));
  const written = markdownTex.join("\n").match(/\$\$.+?\$\$|\$.+?\$|\\begin\{(align|equation)\}/gs) ?? [];
  assert.ok(written.length >= 40, `the fixture should have 40 formulas, it has ${written.length}`);
  // Besides those: two text/latex outputs, one in a Markdown output, three in the HTML table.
  assert.equal(page.querySelectorAll("main math, h1 math").length, written.length + 6);
  assert.equal(page.querySelectorAll("merror, .temml-error").length, 0);
  for (const cell of page.querySelectorAll("main :is(p, td, th, li, caption, h2, h3)")) {
    const copy = cell.cloneNode(true);
    for (const skipped of copy.querySelectorAll("math, code, pre")) skipped.remove();
    assert.doesNotMatch(copy.textContent ?? "", /\$|\\[a-z]+\{/);
  }
});

test("formulas keep their signs: less-than, primes, matrices, numbers", () => {
  const tex = texts("annotation");
  assert.ok(tex.includes("x_1 < x_2"), "an inequality survives HTML");
  assert.ok(page.querySelectorAll("math[display=block] mtable").length >= 4);
  assert.ok(page.querySelectorAll(".tml-tag").length === 1 && page.querySelectorAll(".tml-eqn").length === 3);
});

test("the math font has the italic letters and the root sign that no text of the page holds", () => {
  assert.ok(
    /@font-face \{ font-family: "Report Math"; src: url\("data:font\/woff2;base64,[A-Za-z0-9+/=]{20000,}"/.test(
      html,
    ),
  );
});

test("the font is asked for every sign that is drawn, also for those that no text holds", () => {
  const math = "<math><mi>h</mi><msqrt><mi>α</mi></msqrt><mo>&lt;</mo><annotation>Q</annotation></math>";
  assert.deepEqual([...mathCharacters(`<p>text</p>${math}`)].sort(), [..."<hαℎ√𝛼"].sort());
});

test("nothing is fetched: no address outside the page, and the page's policy forbids any", () => {
  const policy =
    page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute("content") ?? "";
  assert.match(policy, /^default-src 'none';/);
  for (const element of page.querySelectorAll("[src], [srcset], [poster], link, object, use, image")) {
    const address = element.getAttribute("src") ?? element.getAttribute("href") ?? "";
    assert.match(address, /^data:/, `${element.tagName} loads ${address}`);
  }
  for (const style of texts("style")) {
    const addresses = [...(style ?? "").matchAll(/url\(\s*["']?(.{5})|@import/g)].map((found) => found[1]);
    assert.deepEqual([...new Set(addresses)].sort(), ["%23a)", "data:"]); // the first lies inside one of the latter
  }
  for (const script of page.querySelectorAll("script:not([type])")) {
    assert.doesNotMatch(script.textContent ?? "", /\bimport\s*\(|fetch\(|XMLHttpRequest|https?:/);
  }
  lacks(/<script[^>]+src|<link\b|cdnjs|unpkg|jsdelivr/i);
});

test("a figure's text cannot end its script element", () => {
  const figure = { layout: { title: "a </script><!-- b" } };
  assert.doesNotMatch(scriptJson(figure), /</);
  assert.deepEqual(JSON.parse(scriptJson(figure)), figure);
});

test("one copy of plotly.js, and none on a page without figures", async () => {
  assert.equal(html.split('id="plotly-source"').length, 2);
  assert.equal(html.split("plotly.js (cartesian - minified)").length, 2);
  const plain = notebookOf("01-words", [markdown("# Words only\n\nNo figure.")]);
  const written = await exportReport({ number: "01", notebookPath: plain, outDir });
  assert.ok(written.bytes < 100_000, `${written.bytes} bytes`);
  rmSync(written.path);
});

test("powers of ten and percentages are kept on one line, outside code and inside no word", async () => {
  const text =
    "# Powers\n\nA gap of 1.5e-10, `2e-3`, a hash 5e-12ab and 95 % of it.\n\n| bound |\n|---|\n| ≤ 1e-12 |";
  const file = notebookOf("01-powers", [markdown(text)]);
  const written = await exportReport({ number: "01", notebookPath: file, outDir });
  const kept = parsePage(readFileSync(written.path, "utf8")).querySelectorAll("main .unbroken");
  assert.deepEqual(
    [...kept].map((each) => each.textContent),
    ["1.5e-10", "95 %", "≤ 1e-12"],
  );
  rmSync(written.path);
});

test("a figure has a static drawing, its words as caption, and its Plotly figure as JSON", () => {
  const figures = [...page.querySelectorAll("figure.plot")];
  assert.equal(figures.length, 3);
  const [loss] = figures;
  assert.equal(loss.querySelector("img")?.getAttribute("alt"), "Loss over 40 epochs");
  assert.match(
    loss.querySelector("figcaption")?.textContent ?? "",
    /^Figure 1\. Loss over 40 epochs: the training loss falls/,
  );
  const address = loss.querySelector("img")?.getAttribute("src") ?? "";
  const bundle = fixture()
    .cells.flatMap((cell) => cell.outputs ?? [])
    .find((output) => output.data?.["image/svg+xml"]);
  const svg = ((bundle?.data?.["image/svg+xml"] ?? []) as string[]).join("");
  assert.equal(decodeURIComponent(address.replace("data:image/svg+xml,", "")), svg.trim());
  const drawn = JSON.parse(loss.querySelector("script")?.textContent ?? "");
  assert.deepEqual(drawn, bundle?.data?.["application/vnd.plotly.v1+json"]);
});

test("headings come in order, with unique ids that the contents list reaches", () => {
  const headings = [...page.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  let last = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName[1]);
    assert.ok(level <= last + 1, `${heading.outerHTML} follows a heading of level ${last}`);
    last = level;
  }
  const ids = [...page.querySelectorAll("[id]")].map((element) => element.id);
  assert.equal(new Set(ids).size, ids.length);
  const links = [...page.querySelectorAll(".sidebar a")].map((link) => link.getAttribute("href")?.slice(1));
  assert.deepEqual(
    links,
    headings.slice(1).map((heading) => heading.id),
  );
  assert.ok(links.includes("set-up") && links.includes("set-up-2"));
});

test("landmarks, a skip link and table headers are there", () => {
  for (const landmark of ["header", "main", "footer", "nav"])
    assert.ok(page.querySelector(landmark), landmark);
  assert.equal(page.querySelector(".skip")?.getAttribute("href"), `#${page.querySelector("main")?.id}`);
  for (const header of page.querySelectorAll("main th"))
    assert.ok(header.getAttribute("scope"), header.outerHTML);
  for (const table of page.querySelectorAll("main table")) {
    assert.ok(table.parentElement?.matches(".table-box.scroll"), "a table scrolls in its box");
  }
});

test("code folds by itself: short cells open, long and hidden ones closed; cells have anchors", () => {
  const inputs = [...page.querySelectorAll("details.input")];
  const code = fixture().cells.filter((cell) => cell.cell_type === "code");
  assert.equal(inputs.length, code.length);
  assert.deepEqual(
    inputs
      .filter((input) => !input.hasAttribute("open"))
      .map((input) => input.querySelector(".lines")?.textContent),
    ["45\u00a0lines", "1\u00a0line"],
  );
  assert.equal(page.querySelector("#in-1")?.closest(".cell")?.id, "cell-3");
  assert.ok(
    page.querySelector("#in-1 .highlight .kr, #in-1 .highlight .k, #in-1 .highlight .kd"),
    "TypeScript in colour",
  );
});

test("streams, errors and results appear as text, with terminal colours and no raw HTML", () => {
  const outputs = texts(".output pre");
  assert.ok(outputs.some((text) => text?.startsWith("loss 0.827359\n✓ accuracy 0.97 & rising <fast>")));
  assert.ok(outputs.includes("{ rows: 2, cols: 2 }"));
  assert.match(page.querySelector(".error pre")?.textContent ?? "", /A is 2×2, B is 3×1 .*\n {4}at multiply/);
  assert.equal(page.querySelector(".error .output-kind")?.textContent, "Error");
  assert.ok(!html.includes("\u001b"));
});

test("the closing summary is shown by its HTML form, and Chinese is marked as such", () => {
  assert.match(
    page.querySelector("#cell-22 .output.html")?.textContent ?? "",
    /Hash of the results: 5f2b7a90/,
  );
  assert.ok(texts('[lang="zh"]').includes("反向传播算法"));
  assert.ok(texts('.output.html [lang="zh"]').includes("前向传播"));
});

test("the index tells what each report holds, from the reports alone", async () => {
  const file = await writeIndex(outDir);
  const index = parsePage(readFileSync(file, "utf8"));
  assert.equal(index.querySelectorAll("h1").length, 1);
  const entries = [...index.querySelectorAll(".reports > li")];
  assert.equal(entries.length, 1);
  const [entry] = entries;
  assert.equal(entry.querySelector("h2 a")?.getAttribute("href"), "report.html");
  assert.match(entry.querySelector("h2")?.textContent ?? "", /^06\. Report fixture/);
  assert.ok(entry.querySelector("h2 math") && entry.querySelector("p math"));
  const facts = [...entry.querySelectorAll("dl > div")].map((row) => row.textContent);
  assert.deepEqual(facts, [
    "Figures3",
    "Checks12",
    "Claims2: 1 slip, 1 carried",
    "Hash5f2b7a90c1d3",
    "Run4 March 2026, 12.3 s, digits the same",
    `Size${(bytes / 1e6).toFixed(1)} MB`,
  ]);
});

test("tables of claims, and no others, name the header in each cell that follows the statement", async () => {
  const claims =
    "| claim | statement | printed | verdict |\n| --- | --- | ---: | --- |\n| 003/1/a | tanh | 0.46 | slip |";
  const other = "| claim | printed |\n| --- | --- |\n| 003/1/a | 0.46 |";
  const file = notebookOf("06-claims", [markdown("# T"), markdown(claims), markdown(other)]);
  const { path: written } = await exportReport({ number: "06", notebookPath: file, outDir: folder });
  const [first, second] = parsePage(readFileSync(written, "utf8")).querySelectorAll("main table");
  const labels = (table: typeof first) =>
    [...table.querySelectorAll("tbody td")].map((cell) => cell.getAttribute("data-label"));
  assert.equal(first.getAttribute("class"), "claims");
  assert.deepEqual(labels(first), [null, null, "printed", "verdict"]);
  assert.equal(second.getAttribute("class"), null);
  assert.deepEqual(labels(second), [null, null]);
});

test("adjacent cells of a solution are folded as one, shut; each cell has an anchor by its id", async () => {
  const solution = { tags: ["solution"] };
  const file = notebookOf("05-exercises", [
    markdown("# T"),
    { ...markdown("### Exercise 1\n\nWhy?"), id: "exercise-1" },
    { ...markdown("Because $a = b$."), id: "exercise-1-solution", metadata: solution },
    { ...shown({ "text/plain": "0.25" }), id: "exercise-1-code", metadata: solution },
    { ...markdown("### Exercise 2"), id: "exercise-2" },
    { ...shown({ "text/plain": "0.75" }), id: "exercise-2-code", metadata: solution },
  ]);
  const { path: written } = await exportReport({ number: "05", notebookPath: file, outDir: folder });
  const own = parsePage(readFileSync(written, "utf8"));
  const solutions = [...own.querySelectorAll("details.solution")];
  assert.equal(solutions.length, 2);
  assert.deepEqual(
    solutions.map((each) => [each.querySelector("summary")?.textContent, each.hasAttribute("open")]),
    [
      ["Solution", false],
      ["Solution", false],
    ],
  );
  assert.match(solutions[0].textContent, /Because .*0\.25/s);
  assert.equal(solutions[0].querySelectorAll(".cell").length, 2);
  assert.equal(solutions[1].querySelectorAll(".cell").length, 1);
  assert.ok(!own.querySelector("#exercise-1")?.closest("details"));
  assert.ok(own.querySelector('[id="cell-id=exercise-1-code"]')?.closest("details.solution"));
});

const collected = (summary: string, prerequisites: unknown[], en: string) => ({
  summary: { en: `${summary} & more. Two. Three.`, zh: "一。二。三。" },
  prerequisites,
  terms: [{ en, zh: "词", meaning: `What ${en} < is.` }],
});

test("a folder of reports is a collection: links between pages, map, summaries, glossary", async () => {
  const own = path.join(folder, "collection");
  const write = async (name: string, source: string, backpropagation: object) => {
    const file = notebookOf(name, [
      markdown(`# ${name}\n\nLead.`),
      { ...markdown(source), metadata: { tags: ["generated"] }, id: "head" },
    ]);
    const json = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...json, metadata: { ...json.metadata, backpropagation } }));
    return exportReport({ number: name.slice(0, 2), notebookPath: file, outDir: own });
  };
  const links =
    "[a](01-a.ipynb#cell-id=x) [g](../GLOSSARY.md) [all](../README.md#the-notebooks) [w](https://example.org/b.ipynb)";
  await write("01-a", "None.", collected("First", [{ en: "lines", zh: "直线" }], "weight"));
  const second = await write("02-b", links, collected("Second", ["01-a", "00-none"], "bias"));
  const page = parsePage(readFileSync(second.path, "utf8"));
  const addresses = (tree: Page, selector: string) =>
    [...tree.querySelectorAll(selector)].map((a) => a.getAttribute("href"));
  assert.deepEqual(addresses(page, ".generated.head a"), [
    "01-a.html#cell-id=x",
    "glossary.html",
    "index.html",
    "https://example.org/b.ipynb",
  ]);

  const index = parsePage(readFileSync(await writeIndex(own), "utf8"));
  assert.deepEqual(addresses(index, "svg a"), ["01-a.html", "02-b.html"]);
  assert.deepEqual(addresses(index, ".byline a"), ["glossary.html"]);
  const entries = [...index.querySelectorAll(".reports > li")];
  assert.deepEqual(
    [...entries[0].querySelectorAll("p")].map((p) => [p.textContent, p.getAttribute("lang")]),
    [
      ["First & more. Two. Three.", null],
      ["一。二。三。", "zh"],
    ],
  );
  const builds = entries.map((entry) => entry.querySelector("dl > div")?.textContent);
  assert.deepEqual(builds, ["Builds onlines", "Builds on01-a, 00-none"]);
  assert.deepEqual(addresses(index, ".reports dd a"), ["01-a.html"]);

  const glossary = parsePage(readFileSync(path.join(own, "glossary.html"), "utf8"));
  assert.equal(glossary.querySelector("h1")?.textContent, "Glossary");
  const rows = [...glossary.querySelectorAll("tbody tr")];
  assert.deepEqual(
    rows.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent)),
    [
      ["bias", "词", "What bias < is.", "02-b"],
      ["weight", "词", "What weight < is.", "01-a"],
    ],
  );
  assert.deepEqual(addresses(glossary, "tbody a"), ["02-b.html", "01-a.html"]);
});

test("a page stays below 6 MB", () =>
  assert.ok(bytes < 2_500_000 && LARGEST <= 6 * 1024 * 1024, `${bytes} bytes`));

test("several notebooks in one call: a bad one does not take the others down", async () => {
  const bad = notebookOf("02-bad", [markdown("$\\frac{1$")]);
  const results = await exportReports([
    { number: "02", notebookPath: bad, outDir },
    { number: "06", notebookPath: FIXTURE, outDir },
  ]);
  assert.ok(results[0] instanceof Error && !(results[1] instanceof Error));
});

test("a formula that Temml rejects is named with notebook, cell and TeX", async () => {
  await fails(
    notebookOf("03-formula", [markdown("# T"), markdown("Fine: $a$. Not fine: $\\notacommand{x}$")]),
    /03-formula\.ipynb, cell 2: .*\\notacommand\{x\}\n {2}.*Unsupported function name: \\notacommand/s,
  );
});

test("images and scripts from elsewhere, and pictures that are not there, are refused", async () => {
  await fails(
    notebookOf("04-image", [markdown("![far](https://example.org/a.png)")]),
    /04-image.*example\.org\/a\.png/,
  );
  await fails(notebookOf("04-missing", [markdown("![near](missing.png)")]), /would load missing\.png/);
  const script = shown({
    "text/html": '<script src="https://cdn.example.org/x.js"></script>',
    "text/plain": "x",
  });
  await fails(notebookOf("04-script", [script]), /cdn\.example\.org\/x\.js/);
  const style = shown({
    "text/html": "<style>@import 'https://fonts.example.org/f.css';</style>",
    "text/plain": "x",
  });
  await fails(notebookOf("04-style", [style]), /fonts\.example\.org/);
});

test("a picture beside the notebook is embedded", async () => {
  mkdirSync(path.join(folder, "pictures"), { recursive: true });
  writeFileSync(path.join(folder, "pictures", "dot.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const notebookPath = notebookOf("05-picture", [markdown("# P\n\n![a dot](pictures/dot.svg)")]);
  const { path: file } = await exportReport({ number: "05", notebookPath, outDir });
  assert.match(readFileSync(file, "utf8"), /<img alt="a dot" src="data:image\/svg\+xml;base64,/);
});

test("so is one in a folder beside the notebook's, and none from farther away", async () => {
  mkdirSync(path.join(folder, "notebooks"), { recursive: true });
  mkdirSync(path.join(folder, "beside"), { recursive: true });
  writeFileSync(path.join(folder, "beside", "dot.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const showing = (address: string) =>
    notebookOf("notebooks/05-picture", [markdown(`# P\n\n![a dot](${address})`)]);
  const { path: file } = await exportReport({
    number: "05",
    notebookPath: showing("../beside/dot.svg"),
    outDir,
  });
  assert.match(readFileSync(file, "utf8"), /<img alt="a dot" src="data:image\/svg\+xml;base64,/);
  const other = mkdtempSync(path.join(tmpdir(), "farther-"));
  writeFileSync(path.join(other, "dot.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const away = path.relative(path.join(folder, "notebooks"), path.join(other, "dot.svg"));
  await fails(showing(away), /would load .*dot\.svg from outside itself/);
  rmSync(other, { recursive: true });
});

test("a figure without a static drawing or without words is refused", async () => {
  const figure = { "application/vnd.plotly.v1+json": { data: [], layout: {} } };
  await fails(
    notebookOf("07-bare", [shown({ ...figure, "text/plain": "words" })]),
    /cell 1, output 1: .*image\/svg\+xml/,
  );
  await fails(
    notebookOf("07-mute", [shown({ ...figure, "image/svg+xml": "<svg/>" })]),
    /cell 1, output 1: .*text\/plain/,
  );
});

test("a page that would be too large names its largest figures and is not written", async () => {
  const large = (values: number) =>
    shown({
      "application/vnd.plotly.v1+json": { data: [{ y: new Array(values).fill(0.123456789) }], layout: {} },
      "image/svg+xml": "<svg/>",
      "text/plain": "many values",
    });
  await fails(
    notebookOf("08-large", [large(1000), large(600_000)]),
    /would have \d+\.\d+ MB, at most 6 MB .*largest figures: cell 2, output 1: 7\.\d+ MB; cell 1/,
  );
  assert.ok(!existsSync(path.join(folder, "failed", "08-large.html")));
});

test("files that are no notebooks, and a broken run log, are told apart", async () => {
  const text = path.join(folder, "09-text.ipynb");
  writeFileSync(text, "not json");
  await fails(text, /09-text\.ipynb is not JSON/);
  writeFileSync(text, "{}");
  await fails(text, /not a notebook/);
  const broken = path.join(folder, "broken.json");
  writeFileSync(broken, "{");
  await assert.rejects(
    exportReport({ number: "06", notebookPath: FIXTURE, runLogPath: broken, outDir }),
    /broken\.json is not JSON/,
  );
});

test("a missing Python is told with its remedy, and nothing half-written stays behind", async () => {
  const python = process.env.REPORT_PYTHON;
  process.env.REPORT_PYTHON = path.join(folder, "no-python");
  try {
    await fails(FIXTURE, /no-python is missing.*npm start/);
  } finally {
    if (python === undefined) delete process.env.REPORT_PYTHON;
    else process.env.REPORT_PYTHON = python;
  }
  assert.deepEqual(
    readdirSync(outDir).filter((name) => !name.endsWith(".html")),
    [],
  );
});

test("an unknown number is a usage error that lists what there is", () => {
  const program =
    'require("./scripts/report/report").report({ notebooks: ["98"] }).then((code) => process.exit(code));';
  const run = spawnSync(process.execPath, ["--import", "tsx", "-e", program], {
    cwd: path.join(__dirname, ".."),
    encoding: "utf8",
  });
  assert.equal(run.status, 2, run.stderr);
  assert.match(run.stderr, /no notebook|no notebooks/);
});
