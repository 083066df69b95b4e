import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { giveBoxes, inherited } from "./svg-boxes";
import { loadCanvas, loadFont } from "./svg-font";

/** Only what is used of jsdom and plotly.js; jsdom has no types of its own, and the kernel knows no DOM. */
export interface PlotlyWindow {
  // biome-ignore lint/suspicious/noExplicitAny: the DOM, untyped in the kernel
  document: any;
  Plotly: {
    // biome-ignore lint/suspicious/noExplicitAny: a DOM element
    newPlot(div: any, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
    // biome-ignore lint/suspicious/noExplicitAny: a DOM element
    purge(div: any): void;
    // biome-ignore lint/suspicious/noExplicitAny: a DOM element
    Snapshot: { toSVG(div: any, format: "svg", scale: number): string };
    validate(data: unknown, layout: unknown): { msg: string }[] | undefined;
  };
}

// biome-ignore lint/suspicious/noExplicitAny: a DOM element
type Element = any;

let state = 1;

/**
 * Plotly names clip paths and patterns by Math.random. The names must be the same in every drawing of a figure and
 * differ between figures, because several may stand in one page: the numbers start from the figure's content.
 * @example
 * seed("a figure") // undefined
 */
export function seed(content: string): void {
  state = 1 + (createHash("sha256").update(content).digest().readUInt32BE(0) % 2147483646);
}

/** Park and Miller's generator, exact in float64. */
function seeded(): number {
  state = (state * 16807) % 2147483647;
  return state / 2147483647;
}

/**
 * A jsdom window with plotly.js evaluated in it, and with the parts that jsdom leaves out: canvas (heatmaps), text
 * measurement, and a fast getComputedStyle (jsdom's own takes four fifths of the drawing time). Takes half a second.
 * @example
 * openPlotly().Plotly.validate([{ type: "scatter", y: [1, 2] }], {}) // undefined
 */
export function openPlotly(): PlotlyWindow {
  const { JSDOM, VirtualConsole } = require("jsdom");
  const window = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    virtualConsole: new VirtualConsole(), // plotly.js writes its hints there; nobody is listening
  }).window;
  window.Math.random = seeded;
  window.TextDecoder = TextDecoder;
  window.TextEncoder = TextEncoder;
  window.URL.createObjectURL = () => "blob:";
  window.requestAnimationFrame = (callback: () => void) => window.setTimeout(callback, 0);
  window.cancelAnimationFrame = (handle: number) => window.clearTimeout(handle);
  window.getComputedStyle = computedStyle;
  giveCanvas(window, loadCanvas().createCanvas);
  giveBoxes(window, loadFont());
  window.eval(readFileSync(require.resolve("plotly.js-dist/plotly.js"), "utf8"));
  return window;
}

/** The element's own style, else its attribute, else what it inherits. */
function computedStyle(element: Element) {
  const value = (name: string) => inherited(element, name);
  const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Proxy(
    {},
    {
      get: (_, name) =>
        name === "getPropertyValue" ? value : typeof name === "string" ? value(dashed(name)) : undefined,
    },
  );
}

function giveCanvas(window: Element, createCanvas: (width: number, height: number) => Element): void {
  const backing = new WeakMap<object, Element>();
  const of = (element: Element) => {
    const { width, height } = element;
    let canvas = backing.get(element);
    if (canvas?.width !== width || canvas?.height !== height) {
      canvas = createCanvas(width, height);
      backing.set(element, canvas);
    }
    return canvas;
  };
  window.HTMLCanvasElement.prototype.getContext = function (kind: string) {
    return kind === "2d" ? of(this).getContext("2d") : null;
  };
  window.HTMLCanvasElement.prototype.toDataURL = function () {
    return of(this).toDataURL("image/png");
  };
}
