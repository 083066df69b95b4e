// What makes a collection of the notebooks: their metadata, and what is generated from it.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { stripVTControlCharacters as plain } from "node:util";
import { inWords } from "../scripts/check/finding";
import { readCollection } from "../scripts/collection/collection";
import { collectionFindings } from "../scripts/collection/generated";
import { direct, mapDrawing } from "../scripts/collection/graph";
import { readMetadata, sentences } from "../scripts/collection/metadata";
import { writeCollection } from "../scripts/collection/write";
import { joined, type NotebookJson } from "../scripts/run/notebook";
import { PLACES, ROOT } from "../scripts/run/paths";
import { closed, display, notebook, temporaryPlaces, textsOf, writeNotebooks } from "./notebook-fixtures";
import { parsePage } from "./support/report-page";

const MARKS = "<!-- collection: written by `npm run collection` -->\n<!-- /collection -->\n";

const metadata = (more: object = {}) => ({
  summary: { en: "It adds. It learns 0.5 of it! Does it end?", zh: "它相加。它学习！它会停吗？" },
  prerequisites: [] as unknown[],
  terms: [{ en: "weight", zh: "权重", meaning: "A factor of an input." }],
  ...more,
});

/** A notebook that was run, with a Plotly figure whose numbers JavaScript would write otherwise than Python. */
function sound(title: string, more: object = {}): NotebookJson {
  const json = notebook(["1 + 1", "nb.close()"], [[display({ "text/plain": "2" })], [closed()]]);
  json.cells[0].source = `# ${title}\n\nPurpose.`;
  json.metadata.backpropagation = metadata(more);
  return json;
}

function collection(notebooks: Record<string, NotebookJson | string>) {
  const there = temporaryPlaces();
  writeNotebooks(there.places.notebooks, notebooks);
  for (const name of ["README.md", "README.zh.md"])
    writeFileSync(path.join(there.folder, name), `# T\n\n${MARKS}\nEnd.\n`);
  const places = { notebooks: there.places.notebooks, documents: there.folder };
  const write = async () => {
    let text = "";
    const code = await writeCollection({
      ...places,
      write: (more) => {
        text += more;
      },
    });
    return { code, text: plain(text).replaceAll(`${there.folder}/`, "") };
  };
  const findings = () =>
    collectionFindings(places).map((finding) => inWords(finding).replaceAll(`${there.folder}/`, ""));
  const read = (name: string) => readFileSync(path.join(there.folder, name), "utf8");
  const cells = (name: string) =>
    (JSON.parse(read(`notebooks/${name}.ipynb`)) as NotebookJson).cells.map((cell) => ({
      ...cell,
      source: joined(cell.source),
    }));
  return { ...there, write, findings, read, cells };
}

describe("metadata", () => {
  const faultsOf = (more: object) => readMetadata(metadata(more)).faults.join("; ");

  test("the form that is asked for has no fault", () => {
    const { metadata: read, faults } = readMetadata(
      metadata({ prerequisites: ["01-a", { en: "lines", zh: "直线" }] }),
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(read?.prerequisites, ["01-a", { en: "lines", zh: "直线" }]);
  });

  test("sentences are counted by their ends, not by the points within", () => {
    assert.deepEqual(sentences("It takes 0.5 of it. Rumelhart et al. did so too! “Why?”"), [
      "It takes 0.5 of it.",
      "Rumelhart et al. did so too!",
      "“Why?”",
    ]);
    assert.deepEqual(sentences("no end"), []);
  });

  for (const [what, more, message] of [
    [
      "two sentences",
      { summary: { en: "One. Two.", zh: "一。二。三。" } },
      /^summary\.en has 2 sentences, not 3 \(/,
    ],
    [
      "four in Chinese",
      { summary: { en: "One. Two. Three.", zh: "一。二。三。四。" } },
      /^summary\.zh has 4 sentences/,
    ],
    [
      "English for Chinese",
      { summary: { en: "One. Two. Three.", zh: "One。Two。Three。" } },
      /summary\.zh is not in Chinese/,
    ],
    ["no summary", { summary: undefined }, /^summary is no object with "en" and "zh"$/],
    ["no list", { prerequisites: "01-a" }, /^prerequisites is no list$/],
    [
      "a number for a prerequisite",
      { prerequisites: [1] },
      /^prerequisites\[0\] is no object with "en" and "zh"$/,
    ],
    ["a term without its meaning", { terms: [{ en: "a", zh: "甲" }] }, /^terms\[0\]\.meaning is no text$/],
    [
      "a meaning of two sentences",
      { terms: [{ en: "a", zh: "甲", meaning: "A. B." }] },
      /terms\[0\]\.meaning is not one sentence: "A\. B\."/,
    ],
    [
      "markup",
      { terms: [{ en: "$\\eta$", zh: "学习率", meaning: "A rate." }] },
      /^terms\[0\]\.en holds markup/,
    ],
    [
      "a key that nobody reads",
      { term: [] },
      /^knows no "term" \(there are summary, prerequisites, terms, showsLedger\)$/,
    ],
  ] as const)
    test(`${what}: one fault, by its place`, () => assert.match(faultsOf(more), message));

  test("none at all: the message shows the form", () => {
    assert.match(
      readMetadata(undefined).faults[0],
      /^has no metadata "backpropagation": \{"summary": \{"en": /,
    );
  });
});

describe("across the notebooks", () => {
  test("prerequisites exist and come before; a term has one meaning", (t) => {
    const { places, remove } = (() => {
      const there = temporaryPlaces();
      return { ...there };
    })();
    t.after(remove);
    writeNotebooks(places.notebooks, {
      "01-a": sound("A", { prerequisites: ["02-b"] }),
      "02-b": sound("B", {
        prerequisites: ["01-a", "09-z"],
        terms: [{ en: "Weight", zh: "权重", meaning: "Another." }],
      }),
      "03-c": sound("C", {
        terms: [
          metadata().terms[0],
          { en: "bias", zh: "偏置", meaning: "A number." },
          { en: "bias", zh: "偏置", meaning: "A number." },
        ],
      }),
      "04-no-metadata": notebook(["1"]),
      "05-no-notebook": "[1]",
    });
    const { entries, findings } = readCollection(places.notebooks);
    assert.deepEqual(
      entries.map(({ number, title }) => [number, title]),
      [
        ["01", "A"],
        ["02", "B"],
        ["03", "C"],
      ],
    );
    const said = findings.map((finding) => inWords(finding).replaceAll(`${places.notebooks}/`, ""));
    assert.match(said.find((line) => line.startsWith("04")) ?? "", /^04-no-metadata\.ipynb: has no metadata/);
    assert.match(said.find((line) => line.startsWith("05")) ?? "", /is JSON, but not a notebook/);
    assert.deepEqual(
      said.filter((line) => !/^0[45]/.test(line)),
      [
        '01-a.ipynb: needs "02-b", which does not come before it (a prerequisite has a smaller number)',
        '02-b.ipynb: needs "09-z", and there is no such notebook (name one of notebooks/, or give knowledge from elsewhere as {"en": …, "zh": …})',
        '02-b.ipynb: its term "Weight" differs from 01-a\'s: "Weight", there "weight" (use the same, or leave it to the first)',
        '03-c.ipynb: names the term "bias" twice',
      ],
    );
  });
});

describe("what is generated", () => {
  const there = collection({
    "01-a": sound("The *first*: a | b"),
    "02-b": sound("Second", {
      prerequisites: ["01-a", { en: "lines", zh: "直线" }],
      terms: [{ en: "bias", zh: "偏置", meaning: "A | number < 1." }, ...metadata().terms],
    }),
    "03-c": sound("Third", { prerequisites: ["02-b", "01-a"], terms: [] }),
  });
  after(there.remove);
  let first: Awaited<ReturnType<typeof there.write>>;
  before(async () => {
    assert.deepEqual(there.findings().length, 3 + 4, "all is stale before the first time");
    first = await there.write();
  });

  test("a first call writes everything, and says so", () => {
    assert.equal(first.code, 0, first.text);
    assert.match(first.text, /^notebooks\/01-a\.ipynb: written$/m);
    assert.match(first.text, /^3 notebooks, 7 files written$/m);
    assert.deepEqual(there.findings(), []);
  });

  test("a second call writes nothing", async () => {
    const texts = textsOf(there.places.notebooks);
    assert.deepEqual(await there.write(), { code: 0, text: "3 notebooks, nothing to write\n" });
    assert.deepEqual(textsOf(there.places.notebooks), texts);
  });

  test("the head stands below the title: both summaries, prerequisites and neighbours as links", () => {
    const [, head] = there.cells("02-b");
    assert.deepEqual([head.id, head.cell_type, head.metadata], ["head", "markdown", { tags: ["generated"] }]);
    assert.equal(
      head.source,
      [
        "> **Summary.** It adds. It learns 0.5 of it! Does it end?",
        ">",
        "> **概要。** 它相加。它学习！它会停吗？",
        "",
        "**You need (先修):** [01. The *first*: a | b](01-a.ipynb); lines (直线).",
        "",
        "Previous (上一篇): [01. The *first*: a | b](01-a.ipynb) · Next (下一篇): [03. Third](03-c.ipynb) · " +
          "[all notebooks (目录)](../README.md#the-notebooks) · [glossary (术语表)](../GLOSSARY.md)",
      ].join("\n"),
    );
    assert.match(there.cells("01-a")[1].source, /\*\*You need \(先修\):\*\* nothing before \(无\)\.\n\nNext/);
    assert.doesNotMatch(there.cells("03-c")[1].source, /Next/);
  });

  test("the foot is the last cell: what is next, what builds on it, the terms", () => {
    const foot = there.cells("01-a").at(-1);
    assert.equal(foot?.id, "foot");
    assert.equal(
      foot?.source,
      [
        "---",
        "",
        "**Next (下一篇):** [02. Second](02-b.ipynb)",
        "",
        "**What builds on this (后续):** [02. Second](02-b.ipynb); [03. Third](03-c.ipynb)",
        "",
        "**Terms introduced here (本篇术语):** weight (权重)",
        "",
        "[All notebooks (目录)](../README.md#the-notebooks) · [glossary (术语表)](../GLOSSARY.md)",
      ].join("\n"),
    );
    assert.doesNotMatch(there.cells("03-c").at(-1)?.source ?? "", /Next|builds|Terms/);
  });

  test("GLOSSARY.md has every term once, in order, with the notebook that introduces it", () => {
    const rows = there
      .read("GLOSSARY.md")
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(2);
    assert.deepEqual(rows, [
      "| bias | 偏置 | A \\| number \\< 1. | [02-b](notebooks/02-b.ipynb) |",
      "| weight | 权重 | A factor of an input. | [01-a](notebooks/01-a.ipynb) |",
    ]);
  });

  test("both READMEs have the map between the marks, and keep the rest", () => {
    const english = there.read("README.md");
    assert.match(
      english,
      /^# T\n\n<!-- collection: .* -->\n\n!\[Which notebook builds on which\]\(\.github\/collection\.svg\)\n/,
    );
    assert.match(
      english,
      /^\| \[02-b\]\(notebooks\/02-b\.ipynb\) \| It adds\. \| \[01\]\(notebooks\/01-a\.ipynb\), lines \|$/m,
    );
    assert.match(english, /<!-- \/collection -->\n\nEnd\.\n$/);
    assert.match(
      there.read("README.zh.md"),
      /^\| \[02-b\]\(notebooks\/02-b\.ipynb\) \| 它相加。 \| \[01\]\(notebooks\/01-a\.ipynb\), 直线 \|$/m,
    );
  });

  test("the drawn map is a picture of its own", () => {
    const svg = there.read(".github/collection.svg");
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="map" viewBox="0 0 \d+ [\d.]+"/);
    assert.equal(svg.match(/<rect /g)?.length, 3);
    assert.equal(svg.match(/<path /g)?.length, 2, "03 needs 01 by way of 02");
  });

  test("outputs and other cells stay as they were, byte for byte in the committed form", () => {
    const [title, , one, close] = there.cells("01-a");
    assert.deepEqual([title.id, one.id, close.id], ["title", "cell-1", "cell-2"]);
    assert.equal(one.execution_count, 1);
    assert.ok(there.read("notebooks/01-a.ipynb").endsWith("}\n"));
  });
});

test("a notebook with a cell for the map gets it there, with links beside itself", async (t) => {
  const start = sound("Start");
  start.cells.splice(1, 0, {
    cell_type: "markdown",
    id: "map",
    metadata: { tags: ["generated"] },
    source: "",
  });
  start.cells.splice(1, 0, { cell_type: "markdown", id: "before", metadata: {}, source: "Before." });
  const other = sound("A", { prerequisites: ["00-start"] });
  other.cells.splice(1, 0, { cell_type: "markdown", id: "map", metadata: {}, source: "A map of rates." });
  const there = collection({ "00-start": start, "01-a": other });
  t.after(there.remove);
  assert.equal((await there.write()).code, 0);
  assert.deepEqual(
    there.cells("00-start").map(({ id }) => id),
    ["title", "head", "before", "map", "cell-1", "cell-2", "foot"],
  );
  const { source } = there.cells("00-start")[3];
  assert.equal(there.cells("01-a")[2].source, "A map of rates.", "without the tag it is the author's");
  assert.match(source, /^!\[Which notebook builds on which\]\(\.\.\/\.github\/collection\.svg\)\n/);
  assert.match(source, /^\| \[01-a\]\(01-a\.ipynb\) \| It adds\. \| \[00\]\(00-start\.ipynb\) \|$/m);
  assert.match(source, /^\| \[01-a\]\(01-a\.ipynb\) \| 它相加。 \| \[00\]\(00-start\.ipynb\) \|$/m);
  assert.deepEqual(there.findings(), []);
  const stale = JSON.parse(there.read("notebooks/00-start.ipynb")) as NotebookJson;
  stale.cells[3].source = "typed by hand";
  writeNotebooks(there.places.notebooks, { "00-start": stale });
  assert.match(there.findings().join("\n"), /00-start\.ipynb: .*does not follow/);
});

test("what is edited by hand or out of date is named, with the command, and written again", async (t) => {
  const there = collection({
    "01-a": sound("A"),
    "02-b": sound("B", { prerequisites: ["01-a"], terms: [] }),
  });
  t.after(there.remove);
  await there.write();
  const original = there.read("notebooks/01-a.ipynb");
  const change = (name: string, from: string, to: string) => {
    const text = there.read(name);
    assert.ok(text.includes(from), from);
    writeFileSync(path.join(there.folder, name), text.replace(from, to));
  };
  change("notebooks/01-a.ipynb", "Does it end?\\n", "Yes.\\n");
  change("GLOSSARY.md", "A factor", "The factor");
  assert.deepEqual(there.findings(), [
    "notebooks/01-a.ipynb: its head, foot or map does not follow from the notebooks' metadata (npm run collection)",
    "GLOSSARY.md: does not follow from the notebooks' metadata (npm run collection)",
  ]);
  await there.write();
  assert.equal(there.read("notebooks/01-a.ipynb"), original);

  // A cell that a reader put behind the foot, and a foot that was copied.
  const json: NotebookJson = JSON.parse(original);
  json.cells.push({ cell_type: "markdown", id: "mine", metadata: {}, source: "Mine." });
  writeNotebooks(there.places.notebooks, { "01-a": json });
  assert.equal(there.findings().length, 1);
  await there.write();
  assert.deepEqual(
    there.cells("01-a").map(({ id }) => id),
    ["title", "head", "cell-1", "cell-2", "mine", "foot"],
  );

  rmSync(path.join(there.places.notebooks, "02-b.ipynb"));
  const stale = there.findings().map((line) => line.split(":")[0]);
  assert.deepEqual(stale, ["notebooks/01-a.ipynb", ".github/collection.svg", "README.md", "README.zh.md"]);
});

test("a notebook that is not in order is left alone and named; the others are written", async (t) => {
  const there = collection({
    "01-a": sound("A"),
    "02-b": sound("B", { summary: { en: "One.", zh: "一。" } }),
  });
  t.after(there.remove);
  const before = there.read("notebooks/02-b.ipynb");
  const { code, text } = await there.write();
  assert.equal(code, 1);
  assert.match(text, /✖ notebooks\/02-b\.ipynb: summary\.en has 1 sentence, not 3/);
  assert.match(text, /^notebooks\/01-a\.ipynb: written$/m);
  assert.equal(there.read("notebooks/02-b.ipynb"), before);
  assert.doesNotMatch(there.read("README.md"), /02-b/);
});

test("a prerequisite that stands later is named and stops nothing", async (t) => {
  const there = collection({
    "01-a": sound("A", { prerequisites: ["02-b"] }),
    "02-b": sound("B", { terms: [] }),
  });
  t.after(there.remove);
  const { code, text } = await there.write();
  assert.equal(code, 1);
  assert.match(text, /✖ notebooks\/01-a\.ipynb: needs "02-b", which does not come before it/);
  assert.equal(there.findings().length, 1);
});

test("a README without the marks, or missing: one error that says what to write", async (t) => {
  const there = collection({ "01-a": sound("A") });
  t.after(there.remove);
  writeFileSync(path.join(there.folder, "README.zh.md"), "# 无\n");
  await assert.rejects(there.write(), {
    name: "BadInput",
    message: /README\.zh\.md has no place for the map.*<!-- \/collection -->/,
  });
  assert.ok(there.findings().some((line) => /README\.zh\.md has no place/.test(line)));
  rmSync(path.join(there.folder, "README.md"));
  await assert.rejects(there.write(), { name: "BadInput", message: /README\.md is missing/ });
});

test("numbers in outputs keep the form that Jupyter gave them", async (t) => {
  const own = sound("A");
  const there = collection({
    "01-a": JSON.stringify(own).replace(
      '"text/plain":"2"',
      '"text/plain":"2","application/json":[1.0,1e-05]',
    ),
  });
  t.after(there.remove);
  await there.write();
  assert.match(there.read("notebooks/01-a.ipynb"), /1\.0,\s+1e-05\s/);
});

test("the drawn map leaves out what another prerequisite implies, and links where asked", () => {
  const nodes = [
    { name: "01-a", number: "01", before: [] },
    { name: "02-b-long-name-of-a-notebook", number: "02", before: ["01-a"] },
    { name: "03-c", number: "03", before: ["01-a", "02-b-long-name-of-a-notebook", "99-none"] },
  ];
  assert.deepEqual(direct(nodes[2], nodes), ["02-b-long-name-of-a-notebook"]);
  const svg = parsePage(mapDrawing(nodes, "Map", (name) => `${name}.html`));
  const links = [...svg.querySelectorAll("svg a")].map((a) => [a.getAttribute("href"), a.textContent]);
  assert.deepEqual(links, [
    ["01-a.html", "01 a"],
    ["02-b-long-name-of-a-notebook.html", "02 b long name of a notebook"],
    ["03-c.html", "03 c"],
  ]);
  assert.ok(svg.querySelector("text[textLength]"), "a long name is fitted into its box");
  const backwards = [nodes[0], { name: "02-b", number: "02", before: ["03-c"] }, { ...nodes[2], before: [] }];
  assert.doesNotMatch(
    mapDrawing(backwards, "Map"),
    /<path/,
    "a prerequisite that stands later gets no arrow",
  );
  const two = mapDrawing(nodes.slice(0, 1), "Map");
  assert.match(two, /width="164" height="50"/, "one box with its margins");
});

describe("the committed collection", () => {
  test("every link of GLOSSARY.md and of the READMEs leads to a file", () => {
    for (const name of ["GLOSSARY.md", "README.md", "README.zh.md"]) {
      const text = readFileSync(path.join(ROOT, name), "utf8");
      const addresses = [...text.matchAll(/\]\(([^)]+)\)/g)].map((found) => decodeURI(found[1]));
      for (const address of addresses.filter((each) => !/^https?:/.test(each)))
        assert.ok(existsSync(path.join(ROOT, address.split("#")[0])), `${name}: ${address}`);
    }
  });

  test("nothing of it is stale", () => {
    assert.deepEqual(collectionFindings({ notebooks: PLACES.notebooks, documents: ROOT }).map(inWords), []);
  });
});
