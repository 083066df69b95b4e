import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import test from "node:test";
import { decisionBoundary } from "../lib/figures/decision-boundary";
import { heatmap } from "../lib/figures/heatmap";
import { lines } from "../lib/figures/lines";
import { lossCurve } from "../lib/figures/loss-curve";
import { figureToSvg } from "../lib/figures/svg";
import { giveBoxes } from "../lib/figures/svg-boxes";
import { loadCanvas, loadFont } from "../lib/figures/svg-font";
import { tidySvg } from "../lib/figures/svg-tidy";
import { openPlotly } from "../lib/figures/svg-window";
import { baseLayout } from "../lib/figures/theme";
import { type Matrix, matrix } from "../lib/matrix";

const { window } = new (require("jsdom").JSDOM)("");
const parse = (svg: string) => {
  const document = new window.DOMParser().parseFromString(svg, "image/svg+xml");
  assert.equal(document.querySelector("parsererror"), null);
  return document.documentElement;
};

const loss = lossCurve({ training: [0.9, 0.5, 0.25], test: [0.95, 0.6, 0.4] }, { title: 'Loss of "a & b"' });
const jacobian = heatmap(matrix([[0.2252, -0.1592]]), {
  title: "J",
  rowTitle: "i",
  colTitle: "j",
  decimals: 4,
});
const boundary = decisionBoundary({
  X: matrix([
    [0, 1],
    [0, 1],
  ]),
  labels: [0, 1],
  predict: (P: Matrix) => Array.from(P.data.subarray(0, P.cols), (x) => Math.min(1, Math.max(0, x))),
});

// Advance widths summed from the fonts' hmtx tables by fontTools 4.68, in units of 1/2048 em.
const advances: [text: string, bold: boolean, units: number][] = [
  ["epoch", false, 6237],
  ["0.0404", false, 7166],
  ["δ² = ŷ − y", false, 10534],
  ["epoch", true, 6934],
  ["0.0404", true, 7903],
  ["δ² = ŷ − y", true, 11258],
];

test("text is measured by the bundled font's own tables", () => {
  const font = loadFont();
  for (const [text, bold, units] of advances) {
    const width = font.width(text, 2048, bold);
    assert.ok(Math.abs(width - units) < 0.1, `${text}: ${width} is not ${units}`);
  }
  // hhea of DejaVu Sans: ascender 1901, descender −483.
  assert.ok(Math.abs(font.ascent - 1901 / 2048) < 1e-3 && Math.abs(font.descent - 483 / 2048) < 1e-3);
});

test("no font of the system is there to be used", () => {
  loadFont();
  const families = loadCanvas().GlobalFonts.families.map(({ family }: { family: string }) => family);
  // The file's own name comes with its alias.
  assert.deepEqual([...new Set(families)].sort(), ["DejaVu Sans", "Figure Bold", "Figure Regular"]);
});

test("a figure gives the same bytes again, after other figures, and in another process", () => {
  const first = [loss, jacobian, boundary].map(figureToSvg);
  const again = [boundary, jacobian, loss].map(figureToSvg).reverse();
  assert.deepEqual(again, first);
  const script = `import { figureToSvg } from "./lib/figures/svg";
    process.stdout.write(figureToSvg(JSON.parse(process.argv[1])));`;
  const root = join(__dirname, "..");
  const elsewhere = execFileSync(
    process.execPath,
    ["--import", "tsx", "--input-type=commonjs", "-e", transpiled(script), JSON.stringify(loss)],
    { cwd: root, encoding: "utf8" },
  );
  assert.equal(elsewhere, first[0]);
});

test("a figure gives the bytes that it gave on Node 20, 22, 24 and 26", () => {
  const hash = createHash("sha256").update(figureToSvg(loss)).digest("hex");
  assert.equal(
    hash,
    "78d7039bf3fb6cdcef4b1433cbb7898edbcda3b1eb4732e92da6680239c3f690",
    "differs by machine, or plotly.js, jsdom, the canvas or the theme has changed",
  );
});

function transpiled(script: string): string {
  return script.replace(/import (\{[^}]*\}) from ("[^"]*");/, "const $1 = require($2);");
}

test("different figures have different ids, so that one page can hold both", () => {
  const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  const [a, b] = [ids(figureToSvg(loss)), ids(figureToSvg(boundary))];
  assert.ok(a.length > 0 && b.length > 0);
  assert.deepEqual(
    a.filter((id) => b.includes(id)),
    [],
  );
});

test("the drawing is an image with a name and a description", () => {
  const svg = parse(figureToSvg(loss));
  assert.equal(svg.getAttribute("role"), "img");
  assert.equal(svg.getAttribute("aria-label"), loss.text);
  assert.equal(svg.firstElementChild.tagName, "title");
  assert.equal(svg.firstElementChild.textContent, 'Loss of "a & b"');
  assert.equal(svg.getAttribute("viewBox"), "0 0 640 380");
});

test("the texts keep all their digits, the coordinates two decimals", () => {
  const svg = figureToSvg(jacobian);
  const texts = [...parse(svg).querySelectorAll("text")].map((text) => text.textContent);
  for (const expected of ["J", "i", "j", "0.2252", "-0.1592"]) assert.ok(texts.includes(expected), expected);
  assert.equal(
    tidySvg('<svg><path d="M0.126,1.999"/>0.126</svg>', { title: "t", text: "d" }).match(/<path.*/)?.[0],
    '<path d="M0.12,1.99"/>0.126</svg>',
  );
});

test("points lie where the axes say: a straight line from corner to corner", () => {
  const figure = lines([{ name: "a", x: [0, 1, 2], y: [0, 5, 10], mode: "lines" }], {
    title: "Line",
    x: { title: "x", range: [0, 2] },
    y: { title: "y", range: [0, 10] },
  });
  const svg = parse(figureToSvg(figure));
  const [clip] = [...svg.querySelectorAll("clipPath")].filter((one) => one.id.endsWith("xyplot"));
  const [width, height] = ["width", "height"].map((name) =>
    Number(clip.firstElementChild.getAttribute(name)),
  );
  const drawn = [...svg.querySelectorAll("path")].map((path) => path.getAttribute("d"));
  assert.ok(
    drawn.includes(`M0,${height}L${width},0`) ||
      drawn.includes(`M0,${height}L${width / 2},${height / 2}L${width},0`),
    drawn.join(" | "),
  );
});

test("boxes of text: anchors, lines, spans, rotation", () => {
  const page = new (require("jsdom").JSDOM)(`<svg><g transform="translate(100,50)">
    <text id="middle" x="10" y="20" font-size="10" text-anchor="middle">ab</text>
    <text id="end" x="10" y="20" style="font-size: 10px; text-anchor: end">ab</text>
    <text id="lines" font-size="10"><tspan class="line" x="0" y="0" dy="0em">a</tspan><tspan class="line" x="0" y="0" dy="1.3em">abc</tspan></text>
    <text id="rotated" transform="rotate(-90)" x="0" y="0" font-size="10">ab</text></g></svg>`).window;
  giveBoxes(page, { ascent: 0.9, descent: 0.2, width: (text, size) => text.length * size });
  const of = (id: string, method: "getBBox" | "getBoundingClientRect") => {
    const { x, y, width, height } = page.document.getElementById(id)[method]();
    return [x, y, width, height];
  };
  assert.deepEqual(of("middle", "getBBox"), [0, 11, 20, 11]);
  assert.deepEqual(of("end", "getBBox"), [-10, 11, 20, 11]);
  assert.deepEqual(of("lines", "getBBox"), [0, -9, 30, 24]);
  assert.deepEqual(of("rotated", "getBoundingClientRect"), [91, 30, 11, 20]);
});

test("what overlaps in no figure: title, tick labels, axis titles, legend", () => {
  const { document, Plotly } = openPlotly();
  const div = document.createElement("div");
  document.body.appendChild(div);
  Plotly.newPlot(
    div,
    JSON.parse(JSON.stringify(loss.data)),
    { width: 640, ...JSON.parse(JSON.stringify(loss.layout)) },
    { staticPlot: true },
  ).catch(() => {});
  const boxes = [
    ".g-gtitle text",
    ".xtick text",
    ".g-xtitle text",
    ".legendtext",
    ".ytick text",
    ".g-ytitle text",
  ].map((selector) => ({
    selector,
    boxes: [...div.querySelectorAll(selector)].map((text) => text.getBoundingClientRect()),
  }));
  for (const { selector, boxes: own } of boxes) {
    assert.ok(own.length > 0, selector);
    for (const { left, right, top, bottom } of own)
      assert.ok(left >= 0 && right <= 640 && top >= 0 && bottom <= 380, `${selector} leaves the figure`);
  }
  const [title, xticks, xtitle, legend] = boxes.map(({ boxes: own }) => ({
    top: Math.min(...own.map((b) => b.top)),
    bottom: Math.max(...own.map((b) => b.bottom)),
  }));
  assert.ok(title.bottom < xticks.top && xticks.bottom <= xtitle.top + 1 && xtitle.bottom <= legend.top + 1);
});

test("titles of one, two and three lines keep as far from the upper edge", () => {
  const { document, Plotly } = openPlotly();
  for (const lineCount of [1, 2, 3]) {
    const title = "A title of words that fill just a line, as it is. ".repeat(lineCount).trim();
    const layout = JSON.parse(JSON.stringify(baseLayout(title, 300)));
    const div = document.createElement("div");
    document.body.appendChild(div);
    Plotly.newPlot(div, [{ y: [1, 2] }], { width: 640, ...layout }, { staticPlot: true }).catch(() => {});
    const { top, bottom } = div.querySelector(".g-gtitle text").getBoundingClientRect();
    assert.ok(top > 9 && top < 12, `${lineCount}: ${top}`);
    const plotTop = layout.margin?.t ?? 52;
    assert.ok(
      plotTop - bottom > 20,
      `${lineCount}: the plot begins at ${plotTop}, the title ends at ${bottom}`,
    );
  }
});

test("an SVG stays small", () => {
  assert.ok(figureToSvg(loss).length < 20_000);
  assert.ok(figureToSvg(boundary).length < 150_000);
});
