// The ledger: what notebooks carry, gathered, held against the schema and against the committed file.
import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { after, describe, test } from "node:test";
import { stripVTControlCharacters as plain } from "node:util";
import { judgeBehaviour } from "../lib/behaviour-claims";
import { type Claim, judgeFormula, judgePrinted } from "../lib/claims";
import { claimBundle } from "../lib/notebook/claim-cells";
import { committedLedger, type LedgerClaim, ledgerMarkdown, verdictTable } from "../lib/notebook/ledger";
import { claimsOf, collectClaims } from "../scripts/ledger/collect";
import { ledgerDifferences } from "../scripts/ledger/compare";
import { ledger } from "../scripts/ledger/ledger";
import { ledgerPath, ledgerText, readLedger, schemaProblems } from "../scripts/ledger/ledger-file";
import { byId } from "../scripts/ledger/order";
import { updateLedger } from "../scripts/ledger/update";
import { readNotebook } from "../scripts/run/notebook";
import { PLACES } from "../scripts/run/paths";
import { start } from "../scripts/run/start";
import {
  closed,
  closing,
  display,
  notebook,
  showing,
  temporaryPlaces,
  writeNotebooks,
} from "./notebook-fixtures";

const place = { note: "003", place: "1.4", statement: "ŷ₁" };
const yhat = judgePrinted({ ...place, name: "yhat-1", printed: "0.4378", ours: 0.437203 });
const exp = judgePrinted({ ...place, name: "e-1", printed: "2.037", ours: 2.03676 });
const bound = judgeFormula({ note: "lit", place: "novikoff-1962", name: "bound", statement: "at most (R/γ)² mistakes", holds: true, tried: "100 orders" }); // biome-ignore format: one claim
const momentum = judgeBehaviour({
  note: "004",
  place: "training-6",
  name: "steadier",
  statement: "with momentum the loss falls more steadily",
  metric: "rises of the loss saved",
  method: "bootstrap",
  seeds: 20,
  parts: [{ interval: [3, Number.POSITIVE_INFINITY], threshold: 0, claimed: "above" }],
});

/** A notebook that shows claims, cell by cell, as it is committed: what is no number in JSON is null. */
const judging = (...cells: (readonly Claim[])[]) =>
  JSON.parse(
    JSON.stringify(
      notebook(
        cells.map((_, k) => `nb.claims(list${k});`),
        cells.map((claims) => [display({ ...claimBundle(claims, "Claims").data })]),
      ),
    ),
  );

describe("claims are gathered from the outputs of notebooks", () => {
  const there = temporaryPlaces();
  const folder = there.places.notebooks;
  const file = ledgerPath(folder);
  after(there.remove);
  const said: string[] = [];
  const run = (options = {}) =>
    ledger({ notebooks: folder, write: (text) => said.push(plain(text)), ...options });
  const text = () => said.splice(0).join("");

  test("each with notebook and cell, sorted, one a line", async () => {
    writeNotebooks(folder, { "06-one": judging([yhat], [momentum, exp]), "01-two": judging([bound]) });
    assert.equal(await run(), 0);
    const claims = readLedger(file);
    assert.deepEqual(
      claims.map(({ id, notebook, cell }) => `${id} ${notebook} ${cell}`),
      [
        "003/1.4/e-1 06-one cell-2",
        "003/1.4/yhat-1 06-one cell-1",
        "004/training-6/steadier 06-one cell-2",
        "lit/novikoff-1962/bound 01-two cell-1",
      ],
    );
    assert.deepEqual(claims[1], { ...yhat, notebook: "06-one", cell: "cell-1" });
    assert.equal(readFileSync(file, "utf8").split("\n").length, 4 + 6);
    assert.deepEqual(claims[2].measured?.[0].interval, [3, null], "no end is written as null");
    assert.match(text(), /4 claims/);
    assert.equal(await run({ check: true }), 0);
    assert.match(text(), /4 claims, as the notebooks judge them/);
  });

  test("--check fails and names each claim whose verdict or value moved, that appeared or vanished", async () => {
    const worse = judgePrinted({ ...place, name: "yhat-1", printed: "0.4378", ours: 0.4378 });
    const later = judgePrinted({ ...place, name: "later", printed: "1", ours: 1 });
    writeNotebooks(folder, { "06-one": judging([worse], [exp, later]) });
    const before = readFileSync(file, "utf8");
    assert.equal(await run({ check: true }), 1);
    const words = text();
    assert.match(
      words,
      /≠ 003\/1\.4\/yhat-1 \(06-one, cell cell-1\) .*ours: 0\.437203 → 0\.4378; .*verdict: "slip" → "reproduced"/,
    );
    assert.match(words, /≠ 003\/1\.4\/later is new: reproduced \(06-one, cell cell-2\)/);
    assert.match(words, /≠ 004\/training-6\/steadier is gone: it was judged in 06-one, cell cell-2/);
    assert.doesNotMatch(words, /e-1|bound/);
    assert.match(words, /If they are right: npm run ledger/);
    assert.equal(readFileSync(file, "utf8"), before, "checking writes nothing");
  });

  test("an id that two notebooks judge is an error that names both, and nothing is written", async () => {
    writeNotebooks(folder, { "07-three": judging([exp]) });
    const before = readFileSync(file, "utf8");
    assert.equal(await run(), 1);
    assert.match(text(), /003\/1\.4\/e-1 is judged in 06-one, cell cell-2; and in 07-three, cell cell-1/);
    assert.equal(readFileSync(file, "utf8"), before);
    rmSync(path.join(folder, "07-three.ipynb"));
  });

  test("accepted outputs replace the claims of their notebook only", async () => {
    writeNotebooks(folder, { "01-two": judging([]) });
    const words = await updateLedger(folder, ["06-one"]);
    assert.match(words, /yhat-1.*verdict: "slip" → "reproduced"[\s\S]*steadier is gone/);
    assert.deepEqual(
      readLedger(file).map(({ id }) => id),
      ["003/1.4/e-1", "003/1.4/later", "003/1.4/yhat-1", "lit/novikoff-1962/bound"],
    );
    assert.equal(await updateLedger(folder, ["06-one"]), "", "a second time nothing moves");
    rmSync(path.join(folder, "01-two.ipynb"));
    assert.match(await updateLedger(folder, []), /bound is gone/, "a notebook that is no more");
  });

  test("a claim that is not of the schema is refused by name and field", async () => {
    const odd = { ...exp, verdict: "right", wrong: 1 } as unknown as Claim;
    writeNotebooks(folder, { "06-one": judging([odd]) });
    assert.equal(await run(), 1);
    const words = text();
    assert.match(words, /003\/1\.4\/e-1 verdict: must be equal to one of the allowed values \(reproduced, /);
    assert.match(words, /003\/1\.4\/e-1 : must NOT have additional properties "wrong"/);
  });
});

test("npm start -- --update keeps the ledger in step", async () => {
  const there = temporaryPlaces();
  try {
    const shows = showing(JSON.parse(JSON.stringify(claimBundle([yhat], "Claims").data)));
    writeNotebooks(there.places.notebooks, { "06-one": notebook([shows, closing()], [[], [closed()]]) });
    const file = ledgerPath(there.places.notebooks);
    let words = "";
    const options = { notebooks: [], places: there.places, reports: null, live: false };
    const write = (more: string) => {
      words += more;
    };
    assert.equal(await start({ ...options, update: false, write }), 1);
    assert.ok(!existsSync(file), "what was not accepted is in no ledger");
    assert.equal(await start({ ...options, update: true, write }), 0);
    assert.deepEqual(
      readLedger(file).map(({ id, cell }) => [id, cell]),
      [["003/1.4/yhat-1", "cell-1"]],
    );
    assert.match(plain(words), /1 claims\n {2}003\/1\.4\/yhat-1 is new: slip \(06-one, cell cell-1\)/);
  } finally {
    there.remove();
  }
});

test("a notebook that shows the ledger runs after it is written", { timeout: 120_000 }, async () => {
  const there = temporaryPlaces();
  try {
    const file = ledgerPath(there.places.notebooks);
    const count = `JSON.parse(require("fs").readFileSync(${JSON.stringify(file)}, "utf8")).claims.length`;
    const shows = notebook([`console.log(${count}, "claims");`, closing()]);
    const words = { en: "One. Two. Three.", zh: "一。二。三。" };
    shows.metadata.backpropagation = { summary: words, prerequisites: [], terms: [], showsLedger: true };
    const judges = notebook([showing(claimBundle([yhat, exp], "Claims").data), closing()]);
    writeNotebooks(there.places.notebooks, { "00-shows": shows, "01-judges": judges });
    const options = { notebooks: [], places: there.places, reports: null, live: false, write: () => {} };
    assert.equal(await start({ ...options, update: true }), 0);
    const { cells } = readNotebook(path.join(there.places.notebooks, "00-shows.ipynb")).json;
    assert.deepEqual(cells[1].outputs, [{ name: "stdout", output_type: "stream", text: ["2 claims\n"] }]);
  } finally {
    there.remove();
  }
});

test("the schema wants of each kind what belongs to it", () => {
  const entry = (claim: Claim): LedgerClaim => ({ ...claim, notebook: "06-one", cell: "claims" });
  const problems = (claim: object) =>
    schemaProblems(JSON.parse(ledgerText([claim as LedgerClaim])), "ledger.schema.json").join("\n");
  for (const claim of [yhat, bound, momentum]) assert.equal(problems(entry(claim)), "");
  assert.match(problems({ ...entry(yhat), ours: undefined }), /required property 'ours'/);
  assert.match(problems({ ...entry(yhat), verdict: "holds" }), /verdict: must be equal to one of/);
  assert.match(problems({ ...entry(bound), source: undefined }), /required property 'source'/);
  assert.match(problems({ ...entry(yhat), source: "a book" }), /must NOT be valid/);
  assert.match(problems({ ...entry(momentum), method: undefined }), /required property 'method'/);
  assert.match(problems({ ...entry(momentum), measured: [] }), /must NOT have fewer than 1 items/);
  assert.match(problems({ ...entry(yhat), id: "3/a/b" }), /must match pattern/);
});

test("claims are in the order in which one reads them", () => {
  const ids = [
    "lit/a-1986/b",
    "004/backward-10/a",
    "003/1.4/e-10",
    "004/backward-2/z",
    "003/1.4/e-2",
    "003/1.4/e",
  ];
  assert.deepEqual(
    ids
      .map((id) => ({ id }))
      .sort(byId)
      .map(({ id }) => id),
    ["003/1.4/e", "003/1.4/e-2", "003/1.4/e-10", "004/backward-2/z", "004/backward-10/a", "lit/a-1986/b"],
  );
});

test("verdicts are counted by note, and rows name the cell that judges", () => {
  const claims = [yhat, exp, bound].map((claim) => ({ ...claim, notebook: "06-one", cell: "claims" }));
  assert.deepEqual(verdictTable(claims), {
    headers: ["note", "claims", "reproduced", "holds", "slip"],
    rows: [["003", 2, 1, 0, 1], ["lit", 1, 0, 1, 0], ["all", 3, 1, 1, 1]],
  }); // biome-ignore format: a table
  assert.equal(
    ledgerMarkdown(claims).split("\n")[2],
    "| [003/1.4/yhat-1](06-one.ipynb#cell-id=claims) | 003 | ŷ₁ | 0.4378 | 0.437203 | slip | 06 |",
  );
});

test("the committed ledger is what the committed notebooks judge, and of its schema", () => {
  const committed = committedLedger();
  const found = collectClaims(PLACES.notebooks);
  assert.deepEqual(ledgerDifferences(committed, found), [], "if they are right: npm run ledger");
  assert.equal(readFileSync(ledgerPath(PLACES.notebooks), "utf8"), ledgerText(found));
  assert.deepEqual(schemaProblems(JSON.parse(ledgerText(found)), "ledger.schema.json"), []);
});

test("the ledger has what the notebook about note 003 shows", () => {
  const claims = claimsOf(readNotebook(path.join(PLACES.notebooks, "06-backprop-by-hand.ipynb")));
  const slip = claims.find(({ id }) => id === "003/1.4/yhat-1") as LedgerClaim;
  assert.deepEqual(
    [slip.printed, slip.verdict, slip.cell, Number(slip.ours?.toFixed(4))],
    ["0.4378", "slip", "claims-softmax", 0.4372],
  );
  assert.ok(claims.every(({ cell, notebook }) => cell !== "" && notebook === "06-backprop-by-hand"));
});
