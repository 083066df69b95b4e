import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { exportReport, writeIndex } from "../scripts/report/report";
import { noBrowser, startChromium } from "./support/chromium";
import { type Visit, visitOffline } from "./support/offline-page";
import { until } from "./support/until";

const FIXTURE = path.join(__dirname, "fixtures", "report.ipynb");
const AXE = path.join(__dirname, "..", "node_modules", "axe-core", "axe.min.js");
const folder = mkdtempSync(path.join(tmpdir(), "report-browser-"));
const skip = noBrowser();

let browser: Browser | undefined;
let report = "";
let index = "";

before(async () => {
  if (skip) return;
  report = (await exportReport({ number: "06", notebookPath: FIXTURE, outDir: folder })).path;
  index = await writeIndex(folder);
  browser = await startChromium();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const visit = (file: string, options: BrowserContextOptions, work: (visited: Visit) => Promise<void>) =>
  visitOffline(browser, pathToFileURL(file).href, options, work);

/** Scrolls through the page until every figure is drawn. */
async function drawAll(page: Page): Promise<void> {
  for (const figure of await page.locator("figure.plot").all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator(".main-svg").first().waitFor();
  }
}

// Without the DOM's types, what runs in the page is given as text.
const count = (page: Page, selector: string) => page.locator(selector).count();
const read = <T>(page: Page, expression: string): Promise<T> => page.evaluate(expression) as Promise<T>;

const phone: BrowserContextOptions = {
  viewport: { width: 380, height: 760 },
  isMobile: true,
  hasTouch: true,
};

test(
  "opened with the network cut: no request leaves, nothing is complained of, all figures are drawn",
  { skip },
  () =>
    visit(report, {}, async ({ page, requests, complaints }) => {
      await drawAll(page);
      assert.equal(await count(page, "figure.plot.is-live .main-svg:first-child"), 3);
      assert.deepEqual(requests, []);
      assert.deepEqual(complaints, []);
    }),
);

test("the browser itself refuses what a page would load", { skip }, () =>
  visit(report, {}, async ({ page, requests }) => {
    const tried = `fetch("https://example.org/").catch(() => {}).then(() => new Promise((done) => {
      const image = new Image(); image.onload = () => done("loaded"); image.onerror = () => done("refused");
      image.src = "https://example.org/a.png"; }))`;
    assert.equal(await read(page, tried), "refused");
    assert.deepEqual(requests, []);
  }),
);

test("figures are drawn only when the reader comes near", { skip }, () =>
  visit(report, {}, async ({ page }) => {
    await page.waitForTimeout(300);
    assert.equal(await count(page, "figure.is-live"), 0);
    assert.equal(await read(page, "typeof Plotly"), "undefined");
  }),
);

test("figures are interactive: values under the pointer, zoom by dragging, tools with names", { skip }, () =>
  visit(report, {}, async ({ page }) => {
    await drawAll(page);
    const area = page.locator("#figure-1 .nsewdrag");
    await area.scrollIntoViewIfNeeded();
    const box = await area.boundingBox();
    assert.ok(box);
    const [x, y] = await read<[number, number]>(
      page,
      `(() => { const { data, _fullLayout: { xaxis, yaxis } } = document.querySelector("#figure-1 .live");
        return [xaxis.d2p(data[0].x[9]), yaxis.d2p(data[0].y[9])]; })()`,
    );
    await page.mouse.move(box.x + x, box.y + y, { steps: 3 });
    await page.locator("#figure-1 .hoverlayer .hovertext").first().waitFor();
    const range = "document.querySelector('#figure-1 .live').layout.xaxis.range";
    const [low, high] = await read<[number, number]>(page, range);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.8, { steps: 5 });
    await page.mouse.up();
    await until(page, `${range}[0] > ${low} && ${range}[1] < ${high}`);
    const tools = await read(
      page,
      "[...document.querySelectorAll('#figure-1 .modebar-btn')].map((b) => b.ariaLabel)",
    );
    assert.deepEqual(tools, ["Zoom", "Pan", "Zoom in", "Zoom out", "Reset axes", "Download plot as a PNG"]);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download plot" }).first().click();
    assert.match((await download).suggestedFilename(), /\.png$/);
  }),
);

test("every formula takes room and is set in the font of the page", { skip }, () =>
  visit(report, {}, async ({ page }) => {
    const sizes = await read<[number, number][]>(
      page,
      "[...document.querySelectorAll('main math, h1 math')].map((m) => { const b = m.getBoundingClientRect(); return [b.width, b.height]; })",
    );
    assert.ok(sizes.length >= 45, `${sizes.length} formulas`);
    for (const [width, height] of sizes) assert.ok(width > 3 && height > 5, `${width} × ${height}`);
    assert.ok(await read(page, "document.fonts.check('16px \"Report Math\"', '√∑𝑥')"));
    const brackets = await read<number[]>(
      page,
      "[...document.querySelectorAll('math mo.tml-stretchy, math mo[stretchy], math mo')].filter((m) => '[(['.includes(m.textContent) && m.parentElement.querySelector('mtable')).map((m) => m.getBoundingClientRect().height)",
    );
    assert.ok(
      brackets.length > 0 && Math.max(...brackets) > 30,
      "brackets grow with the matrix they enclose",
    );
  }),
);

test("without script the static drawings, the text and the folding are there", { skip }, () =>
  visit(report, { javaScriptEnabled: false }, async ({ page, requests }) => {
    for (const drawing of await page.locator("figure.plot img.static").all()) {
      const box = await drawing.boundingBox();
      assert.ok(box && box.width > 300 && box.height > 200);
    }
    assert.equal(await page.locator(".tools").isVisible(), false);
    const input = page.locator("details.input").first();
    await input.locator("summary").click();
    assert.equal(await input.locator(".code").isVisible(), false);
    assert.deepEqual(requests, []);
  }),
);

test("all code is shown or hidden by one control; a folded cell opens by itself", { skip }, () =>
  visit(report, {}, async ({ page }) => {
    const open = () => count(page, "details.input[open]");
    const all = await count(page, "details.input");
    await page.getByRole("button", { name: "Hide all code" }).click();
    assert.equal(await open(), 0);
    await page.locator("details.input summary").first().click();
    assert.equal(await open(), 1);
    await page.getByRole("button", { name: "Show all code" }).click();
    assert.equal(await open(), all);
  }),
);

for (const [name, file] of [
  ["report", () => report],
  ["index", () => index],
] as const) {
  test(
    `${name} at 380 px: the page does not scroll sideways, wide things scroll in their boxes`,
    { skip },
    () =>
      visit(file(), phone, async ({ page, complaints }) => {
        if (name === "report") await drawAll(page);
        await read(page, "document.querySelectorAll('details').forEach((d) => { d.open = true; })");
        const widths = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";
        assert.deepEqual(await read(page, widths), [380, 380]);
        const beyond = await read<string[]>(
          page,
          `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > 381
          && !e.closest(".scroll, .formula-block, pre, p, li, .skip, .live, .sidebar")).map((e) => e.outerHTML.slice(0, 80))`,
        );
        assert.deepEqual(beyond, []);
        assert.deepEqual(complaints, []);
      }),
  );
}

test("at 380 px without script static drawings keep their size, in boxes that scroll", { skip }, () =>
  visit(report, { ...phone, javaScriptEnabled: false }, async ({ page }) => {
    const widths = await read<[number, number][]>(
      page,
      "[...document.querySelectorAll('img.static')].map((image) => [image.getBoundingClientRect().width, image.naturalWidth])",
    );
    assert.ok(widths.length > 0 && widths.every(([drawn, natural]) => drawn > 348 && drawn === natural));
    assert.equal(await read(page, "document.documentElement.scrollWidth"), 380);
  }),
);

test(
  "at 380 px boxes that scroll can be reached by the keyboard, the others are no tab stops",
  { skip },
  () =>
    visit(report, phone, async ({ page }) => {
      await until(page, "document.querySelector('.code[tabindex]')");
      const wrong = await read<string[]>(
        page,
        `[...document.querySelectorAll(".scroll, .formula-block")].filter((e) =>
        e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1) !== e.hasAttribute("tabindex")).map((e) => e.outerHTML.slice(0, 80))`,
      );
      assert.deepEqual(wrong, []);
    }),
);

test("dark by the reader's setting, also when it changes while the page is open", { skip }, () =>
  visit(report, { colorScheme: "light" }, async ({ page, complaints }) => {
    await drawAll(page);
    const paper = () => read<string>(page, "getComputedStyle(document.body).backgroundColor");
    const ticks = () =>
      read<string>(page, "getComputedStyle(document.querySelector('#figure-1 .xtick text')).fill");
    assert.equal(await paper(), "rgb(255, 255, 255)");
    const light = await ticks();
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await paper(), "rgb(21, 23, 27)");
    await until(
      page,
      `getComputedStyle(document.querySelector('#figure-1 .xtick text')).fill !== "${light}"`,
    );
    assert.ok(brightness(await ticks()) > 180 && brightness(light) < 80);
    assert.deepEqual(complaints, []);
  }),
);

test("on paper: light, static figures, no tools, long lines broken", { skip }, () =>
  visit(report, { colorScheme: "dark" }, async ({ page }) => {
    await drawAll(page);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.ok(brightness(await read(page, "getComputedStyle(document.querySelector('h2')).color")) < 80);
    for (const hidden of [".tools", ".sidebar", ".skip", "figure .live", "#in-11"]) {
      assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    }
    assert.equal(await page.locator("figure .static").first().isVisible(), true);
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    await page.setViewportSize({ width: 680, height: 900 });
    const wide =
      "[...document.querySelectorAll('pre')].filter((e) => e.scrollWidth > e.clientWidth + 1).length";
    assert.equal(await read(page, wide), 0);
  }),
);

test("numbers in tables stand to the right, as the notebook says", { skip }, () =>
  visit(report, {}, async ({ page }) => {
    const align = (selector: string) =>
      read(page, `getComputedStyle(document.querySelector('${selector}')).textAlign`);
    assert.equal(await align("#cell-8 td[align=right]"), "right");
    assert.equal(await align("#cell-8 td:not([align])"), "left");
  }),
);

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, file] of [
    ["report", () => report],
    ["index", () => index],
  ] as const) {
    for (const [width, options] of [
      ["wide", {}],
      ["380 px", phone],
    ] as const) {
      test(`axe finds nothing serious: ${name}, ${colorScheme}, ${width}`, { skip }, () =>
        visit(file(), { ...options, colorScheme }, async ({ page }) => {
          if (name === "report") await drawAll(page);
          await read(page, "document.querySelectorAll('details').forEach((d) => { d.open = true; })");
          // Through the debugger: the page's own policy would not let a script file in.
          await page.evaluate(readFileSync(AXE, "utf8"));
          const results = await read<{ violations: Violation[] }>(page, "axe.run()");
          const serious = results.violations.filter((found) =>
            ["serious", "critical"].includes(found.impact),
          );
          assert.deepEqual(serious.map(told), []);
        }),
      );
    }
  }
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

const told = ({ id, nodes }: Violation) =>
  `${id}: ${nodes.map((node) => `${node.html.slice(0, 120)} (${node.failureSummary})`).join("; ")}`;

/** Mean of a computed colour's channels, 0 to 255. */
function brightness(colour: string): number {
  const [r, g, b] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
  return (r + g + b) / 3;
}
