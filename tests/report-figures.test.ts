// What the report's figures do in a browser, beyond what report-browser.test.ts tries: animations, data as CSV, narrow pages.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import Papa from "papaparse";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { computationGraph } from "../lib/figures/computation-graph";
import { flowDiagram } from "../lib/figures/flow-diagram";
import { chain } from "../lib/figures/flow-input";
import { frames } from "../lib/figures/frames";
import { heatmap } from "../lib/figures/heatmap";
import { lines } from "../lib/figures/lines";
import { matrix } from "../lib/matrix";
import { figureBundle } from "../lib/notebook/figure-bundle";
import { tape } from "../lib/tape";
import { exportReport } from "../scripts/report/report";
import { noBrowser, startChromium } from "./support/chromium";
import { visitQuiet } from "./support/offline-page";
import { until } from "./support/until";

const folder = mkdtempSync(path.join(tmpdir(), "report-figures-"));
const skip = noBrowser();
const AXE = readFileSync(path.join(__dirname, "..", "node_modules", "axe-core", "axe.min.js"), "utf8");
const axes = { x: { title: "epoch", range: [0, 4] as const }, y: { title: "E", range: [0, 10] as const } };
const loss = [9, 5, 4];
const after3 = (n: number) => lines([{ name: "E", y: loss.slice(0, n) }], { title: "E", ...axes });

const t = tape();
let deep = t.input("x", 1);
for (let k = 0; k < 12; k++) deep = t.exp(t.scale(deep, 0.5));

const figures = {
  animation: frames({
    title: "The loss falls",
    step: "epoch",
    duration: 20,
    frames: [1, 2, 3].map((n) => ({ name: `${n}`, note: `loss ${loss[n - 1]}`, figure: after3(n) })),
  }),
  flow: flowDiagram({
    title: "Flow",
    steps: { a: "the first step", b: "the second step", c: "the third step", d: "the fourth step" },
    arrows: chain("a", "b", "c", "d"),
  }),
  graph: computationGraph(t, { title: "Deep", adjoints: t.backward(deep) }),
  heat: heatmap(matrix([[1, -2]]), { title: "A, b", rowTitle: "i", colTitle: "j" }),
};
const numberOf = (name: keyof typeof figures) => Object.keys(figures).indexOf(name) + 1;

let browser: Browser | undefined;
let report = "";

before(async () => {
  if (skip) return;
  const cells = Object.values(figures).map((figure, k) => {
    const { data, metadata } = figureBundle(figure);
    const outputs = [{ output_type: "display_data", data, metadata }];
    return {
      cell_type: "code",
      id: `c${k}`,
      execution_count: k + 1,
      metadata: {},
      source: "nb.figure();",
      outputs,
    };
  });
  const language = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  const notebook = { cells, metadata: { kernelspec: language }, nbformat: 4, nbformat_minor: 5 };
  const notebookPath = path.join(folder, "98-figures.ipynb");
  writeFileSync(notebookPath, JSON.stringify(notebook));
  report = (await exportReport({ number: "98", notebookPath, outDir: folder })).path;
  browser = await startChromium();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const phone: BrowserContextOptions = {
  viewport: { width: 380, height: 760 },
  isMobile: true,
  hasTouch: true,
};

/** Opens the page, draws one figure and gives both to `work`. */
const withFigure = (
  name: keyof typeof figures,
  options: BrowserContextOptions,
  work: (page: Page, id: string) => Promise<void>,
) =>
  visitQuiet(browser, pathToFileURL(report).href, options, async (page) => {
    const id = `#figure-${numberOf(name)}`;
    await page.locator(id).scrollIntoViewIfNeeded();
    await page.locator(`${id} .main-svg`).first().waitFor();
    await work(page, id);
  });

const shownLoss = (page: Page, id: string) =>
  page.evaluate(`document.querySelector("${id} .live").data[0].y.length`) as Promise<number>;
const untilShown = (page: Page, id: string, n: number) =>
  until(page, `document.querySelector("${id} .live").data[0].y.length === ${n}`);

test("an animation stands still at its last step until it is played, and plays to the end", { skip }, () =>
  withFigure("animation", {}, async (page, id) => {
    assert.equal(await shownLoss(page, id), 3);
    const button = page.locator(`${id} .player button`);
    await button.waitFor();
    assert.equal(await button.textContent(), "Play");
    assert.equal(await page.locator(`${id} .updatemenu-button, ${id} .slider-container`).count(), 0);
    await page.evaluate(`(() => {
      const live = document.querySelector("${id} .live");
      window.seen = [];
      live.on("plotly_animatingframe", ({ name }) => window.seen.push(name));
    })()`);
    await button.click();
    await until(page, "window.seen.length >= 3");
    assert.deepEqual(await page.evaluate("window.seen"), ["1", "2", "3"]);
    await until(page, `document.querySelector("${id} .player button").textContent === "Play"`);
    assert.equal(await page.locator(`${id} .player-step`).textContent(), "epoch 3: loss 4");
  }),
);

test("its slider goes by keyboard, and says the step in words", { skip }, () =>
  withFigure("animation", {}, async (page, id) => {
    const slider = page.getByRole("slider", { name: "epoch" });
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    await untilShown(page, id, 2);
    assert.equal(await slider.getAttribute("aria-valuetext"), "epoch 2: loss 5");
    await page.keyboard.press("Home");
    await untilShown(page, id, 1);
    await page.keyboard.press("End");
    await untilShown(page, id, 3);
  }),
);

test("where less motion is asked for, the button goes on by one step", { skip }, () =>
  withFigure("animation", { reducedMotion: "reduce" }, async (page, id) => {
    const button = page.getByRole("button", { name: "Next step" });
    await button.click();
    await untilShown(page, id, 1);
    await page.waitForTimeout(200); // ten times the duration of a step when played
    assert.equal(await shownLoss(page, id), 1);
    await button.click();
    await untilShown(page, id, 2);
  }),
);

test("a page that turns dark keeps the step that was chosen", { skip }, () =>
  withFigure("animation", { colorScheme: "light" }, async (page, id) => {
    await page.getByRole("slider", { name: "epoch" }).focus();
    await page.keyboard.press("Home");
    await untilShown(page, id, 1);
    const ticks = `getComputedStyle(document.querySelector("${id} .xtick text")).fill`;
    const light = await page.evaluate(ticks);
    await page.emulateMedia({ colorScheme: "dark" });
    await until(page, `${ticks} !== "${light}"`);
    await untilShown(page, id, 1);
    assert.equal(await page.locator(`${id} .player`).count(), 1);
  }),
);

for (const name of ["animation", "heat", "flow"] as const)
  test(`the data of a figure can be saved as CSV: ${name}`, { skip }, () =>
    withFigure(name, { acceptDownloads: true }, async (page, id) => {
      const waiting = page.waitForEvent("download");
      await page.getByRole("button", { name: `Save data (CSV) of figure ${numberOf(name)}` }).click();
      const download = await waiting;
      const file = path.join(folder, `${name}.csv`);
      await download.saveAs(file);
      const words = { animation: "the-loss-falls", heat: "a-b", flow: "flow" }[name];
      assert.equal(download.suggestedFilename(), `${id.slice(1)}-${words}.csv`);
      const { data: rows, errors } = Papa.parse<{ [column: string]: string }>(readFileSync(file, "utf8"), {
        header: true,
        skipEmptyLines: true,
      });
      assert.deepEqual(errors, []);
      if (name === "flow") return assert.ok(rows.some(({ text }) => text === "the third step"));
      const expected =
        name === "heat"
          ? [
              ["trace 1", "0", "0", "1"],
              ["trace 1", "1", "0", "-2"],
            ]
          : [1, 2, 3].flatMap((n) => loss.slice(0, n).map((y, k) => ["E", `${n}`, `${k + 1}`, `${y}`]));
      const columns = name === "heat" ? ["trace", "x", "y", "z"] : ["trace", "frame", "x", "y"];
      assert.deepEqual(
        rows.map((row) => columns.map((column) => row[column])),
        expected,
      );
    }),
  );

const boxOf = (page: Page, id: string) =>
  page.evaluate(
    `(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth])(document.querySelector("${id} .drawing"))`,
  ) as Promise<[number, number]>;

test("a flow is drawn anew for a narrow page, and again when the page gets wide", { skip }, () =>
  withFigure("flow", phone, async (page, id) => {
    const [content, room] = await boxOf(page, id);
    assert.equal(content, room);
    const height = `document.querySelector("${id} .live").layout.height`;
    const narrow = (await page.evaluate(height)) as number;
    await page.setViewportSize({ width: 1000, height: 760 });
    await until(page, `${height} < ${narrow}`);
  }),
);

test(
  "a deep graph keeps its width on a phone: its box scrolls, by keyboard too, and the page does not",
  { skip },
  () =>
    withFigure("graph", phone, async (page, id) => {
      const least = (figures.graph.layout as { width: number }).width;
      const [content, room] = await boxOf(page, id);
      assert.ok(content >= least && room < 380, `${content} in ${room}`);
      await until(page, `document.querySelector("${id} .drawing").tabIndex === 0`);
      assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 380);
    }),
);

for (const [width, options] of [
  ["wide", {}],
  ["380 px", phone],
] as const)
  for (const colorScheme of ["light", "dark"] as const)
    test(`axe finds nothing serious in figures with their controls: ${width}, ${colorScheme}`, { skip }, () =>
      withFigure("animation", { ...options, colorScheme }, async (page, id) => {
        await page.locator(`${id} .player button`).waitFor();
        await page.evaluate(AXE);
        const { violations } = (await page.evaluate("axe.run('main')")) as { violations: Violation[] };
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        assert.deepEqual(
          serious.map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join("; ")}`),
          [],
        );
      }),
    );

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

test("without script a deep graph keeps its width, and there is no button that would do nothing", {
  skip,
}, async () => {
  assert.ok(browser);
  const context = await browser.newContext({ ...phone, javaScriptEnabled: false });
  try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(report).href);
    const box = await page.locator(`#figure-${numberOf("graph")} .static`).boundingBox();
    assert.ok(box && box.width >= (figures.graph.layout as { width: number }).width);
    assert.equal(await page.locator("figure button").count(), 0);
  } finally {
    await context.close();
  }
});
