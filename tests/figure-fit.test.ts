// The report's script that fits a figure into a phone's width, in a browser with Plotly.
import assert from "node:assert/strict";
import path from "node:path";
import test, { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { bars } from "../lib/figures/bars";
import type { Figure } from "../lib/figures/figure";
import { lines } from "../lib/figures/lines";
import { ROOT } from "../scripts/run/paths";
import { noBrowser, startChromium } from "./support/chromium";

const PLOTLY = path.join(ROOT, "node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js");
const SCRIPT = path.join(ROOT, "scripts/report/templates/report/figure-fit.js");
const skip = noBrowser();
let browser: Browser | undefined;
before(async () => {
  if (!skip) browser = await startChromium();
});
after(() => browser?.close());

const many = lines(
  ["PyTorch's default, theory", "Xavier, theory", "He, theory", "PyTorch's default", "Xavier", "He"].map(
    (name, k) => ({ name, x: [1, 30], y: [1, 10 ** (-4 * k)] }),
  ),
  {
    title: "Size of the sums by layer",
    x: { title: "layer" },
    y: { title: "training loss of the digit (nats)", scale: "log" },
  },
);
const slanted = bars(
  ["turn 0°, shuffled", "turn 0°, in time", "turn 90°, shuffled", "turn 90°, in time"],
  [
    { name: "random fifth", values: [1, 2, 3, 4] },
    { name: "future", values: [1, 2, 3, 4] },
  ],
  {
    title: "What a validation says",
    x: { title: "turn of the boundary, order of the training samples" },
    y: { title: "accuracy" },
  },
);

/** Draws a figure as wide as on a phone; with `fitted` as the report does it. */
async function drawn(figure: Figure, fitted: boolean): Promise<Page> {
  const page = (await browser?.newPage({ viewport: { width: 380, height: 900 } })) as Page;
  await page.setContent('<body style="margin: 16px"><div id="live"></div></body>');
  for (const file of [PLOTLY, SCRIPT]) await page.addScriptTag({ path: file });
  const { data, layout } = JSON.parse(JSON.stringify(figure)) as Figure;
  await page.evaluate(`(async (data, layout) => {
    const live = document.getElementById("live");
    const own = ${fitted} ? figureFit.before(layout, live.clientWidth) : layout;
    await Plotly.newPlot(live, { data, layout: { ...own, autosize: true }, config: { displayModeBar: false } });
    if (${fitted}) await figureFit.after(live);
  })(${JSON.stringify(data)}, ${JSON.stringify(layout)})`);
  return page;
}

/** By how many px the legend is clear of what stands below the plot, two ticks of the y axis of each other, and the titles of their box. */
const clearances = (page: Page) =>
  page.evaluate(`(() => {
    const of = (selector) => [...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect());
    const [legend] = of(".infolayer .legend"), [box] = of(".main-svg"), [x] = of(".g-xtitle text"), [y] = of(".g-ytitle text");
    const tops = of(".ytick text").sort((a, b) => a.top - b.top);
    return {
      legend: legend.top - Math.max(...of(".xtick text, .g-xtitle text").map(({ bottom }) => bottom)),
      ticks: Math.min(...tops.slice(1).map(({ top }, k) => top - tops[k].top - 0.7 * tops[k].height)),
      titles: Math.min(x.left - box.left, box.right - x.right, y.top - of(".g-gtitle text")[0].bottom),
      below: box.bottom - legend.bottom,
    };
  })()`) as Promise<{ legend: number; ticks: number; titles: number; below: number }>;

for (const [name, figure] of [
  ["six names and fifteen powers of ten", many],
  ["slanted names of bars, a long title", slanted],
] as const) {
  test(`${name}: nothing overlaps at 348 px`, { skip }, async () => {
    const page = await drawn(figure, true);
    const clear = await clearances(page);
    for (const [what, px] of Object.entries(clear)) assert.ok(px >= 0, `${what}: ${px} px`);
    await page.close();
  });

  test(`${name}: without the script something does`, { skip }, async () => {
    const page = await drawn(figure, false);
    const clear = await clearances(page);
    assert.ok(Math.min(...Object.values(clear)) < 0, JSON.stringify(clear));
    await page.close();
  });
}

test("where there is room the layout is left as it is", { skip }, async () => {
  const page = (await browser?.newPage()) as Page;
  await page.addScriptTag({ path: SCRIPT });
  const layout = {
    height: 380,
    xaxis: { title: { text: "a title that is longer than a phone is wide, by far" } },
  };
  const at = (room: number) =>
    page.evaluate(`JSON.stringify(figureFit.before(${JSON.stringify(layout)}, ${room}))`);
  assert.equal(await at(744), JSON.stringify(layout));
  assert.match(String(await at(348)), /longer than a<br>phone is wide, by far/);
  await page.close();
});
