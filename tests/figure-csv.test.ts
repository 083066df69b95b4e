// The report's script that turns a figure into CSV, read back by Papa Parse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { runInNewContext } from "node:vm";
import Papa from "papaparse";
import { bands } from "../lib/figures/bands";
import { landscapeContour } from "../lib/figures/contours";
import type { Figure } from "../lib/figures/figure";
import { flowDiagram } from "../lib/figures/flow-diagram";
import { frames } from "../lib/figures/frames";
import { heatmap } from "../lib/figures/heatmap";
import { lines } from "../lib/figures/lines";
import { saddle } from "../lib/landscapes/classics";
import { matrix } from "../lib/matrix";

const script = path.join(__dirname, "../scripts/report/templates/report/figure-csv.js");
const page: { figureCsv?: (figure: unknown) => string } = {};
runInNewContext(readFileSync(script, "utf8"), { window: page, atob });

type Row = { [column: string]: string };

/** The figure as it is stored, as CSV, as rows. */
function rowsOf({ data, layout, frames: steps }: Figure): { columns: string[]; rows: Row[] } {
  const csv = page.figureCsv?.(JSON.parse(JSON.stringify({ data, layout, frames: steps }))) as string;
  const { data: rows, errors, meta } = Papa.parse<Row>(csv, { header: true, skipEmptyLines: true });
  assert.deepEqual(errors, []);
  return { columns: meta.fields ?? [], rows };
}

const axes = { x: { title: "x" }, y: { title: "y" } };

test("lines: a row for each point, names with commas and quotes, gaps", () => {
  const figure = lines(
    [
      { name: 'a, "b"', x: [0, 1], y: [0.5, Number.NaN] },
      { name: "c", y: [7] },
    ],
    { title: "T", ...axes },
  );
  assert.deepEqual(rowsOf(figure), {
    columns: ["trace", "x", "y"],
    rows: [
      { trace: 'a, "b"', x: "0", y: "0.5" },
      { trace: 'a, "b"', x: "1", y: "" },
      { trace: "c", x: "1", y: "7" },
    ],
  });
});

test("heatmap: a row for each cell", () => {
  const A = matrix([
    [1, -2],
    [0.25, 4],
  ]);
  const { columns, rows } = rowsOf(heatmap(A, { title: "A", rowTitle: "i", colTitle: "j", decimals: 1 }));
  assert.deepEqual(columns, ["trace", "x", "y", "z", "text"]);
  assert.deepEqual(
    rows.map(({ x, y, z, text }) => [x, y, z, text]),
    [
      ["0", "0", "1", "1.0"],
      ["1", "0", "-2", "-2.0"],
      ["0", "1", "0.25", "0.3"],
      ["1", "1", "4", "4.0"],
    ],
  );
});

test("contours: packed float32 values at their places", () => {
  const figure = landscapeContour(saddle, {
    title: "S",
    x: [-1, 1],
    y: [0, 0.4],
    scale: "linear",
    resolution: 3,
  });
  const { rows } = rowsOf(figure);
  assert.equal(rows.length, 9);
  for (const { x, y, z } of rows) {
    const expected = saddle.value(matrix([[Number(x)], [Number(y)]]));
    assert.ok(Math.abs(Number(z) - expected) < 1e-6, `${x} ${y}: ${z} is not ${expected}`);
  }
  assert.deepEqual([...new Set(rows.map(({ y }) => y))], ["0", "0.2", "0.4"]);
});

test("frames: a row for each point of each step; what stands still once", () => {
  const after = (n: number) =>
    lines(
      [
        { name: "E", y: [9, 5, 4].slice(0, n) },
        { name: "limit", y: [4, 4] },
      ],
      { title: "E", ...axes },
    );
  const figure = frames({
    title: "T",
    step: "epoch",
    frames: [1, 3].map((n) => ({ name: `${n}`, figure: after(n) })),
  });
  assert.deepEqual(
    rowsOf(figure).rows.map(({ trace, frame, x, y }) => [trace, frame, x, y]),
    [
      ["limit", "", "1", "4"],
      ["limit", "", "2", "4"],
      ["E", "1", "1", "9"],
      ["E", "3", "1", "9"],
      ["E", "3", "2", "5"],
      ["E", "3", "3", "4"],
    ],
  );
});

test("bands: percentiles by name; diagrams: their texts", () => {
  const band = bands([{ name: "A", curves: [[1], [2], [3]] }], { title: "B", ...axes });
  assert.deepEqual(
    rowsOf(band).rows.map(({ trace, y }) => [trace, y]),
    [
      ["A, 25th percentile", "1.5"],
      ["A, 75th percentile", "2.5"],
      ["A", "2"],
    ],
  );
  const flow = flowDiagram({
    title: "F",
    steps: { a: "one\ntwo", b: "B" },
    arrows: [{ from: "a", to: "b" }],
  });
  const texts = rowsOf(flow).rows.filter(({ trace }) => trace === "annotation");
  assert.deepEqual(
    texts.map(({ text }) => text),
    ["one two", "B"],
  );
});
