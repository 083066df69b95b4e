import type { TextFont } from "./svg-font";
import { type Box, parseTransforms, pathBox, transformed, union } from "./svg-geometry";

// biome-ignore lint/suspicious/noExplicitAny: a DOM element; the kernel knows no DOM
type Element = any;
/**
 * Gives the SVG elements of a jsdom window getBBox, getBoundingClientRect and getComputedTextLength: where things lie,
 * which jsdom does not compute. Only what plotly.js asks about: text with its lines and spans, rectangles, images,
 * straight paths, groups, and the transforms translate, rotate and scale.
 * @example
 * const { default: jsdom } = await import("jsdom")
 * const { window } = new jsdom.JSDOM("<svg><text x='10' y='20' font-size='10'>ab</text></svg>")
 * giveBoxes(window, { ascent: 0.9, descent: 0.2, width: (text, size) => text.length * size }) // undefined
 * const box = window.document.querySelector("text").getBBox()
 * [box.x, box.y, box.width, box.height] // [10, 11, 20, 11]
 */
export function giveBoxes(window: Element, font: TextFont): void {
  const rectangle = (box: Box | undefined) => {
    const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 0, bottom: 0 };
    return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top };
  };
  const prototype = window.SVGElement.prototype;
  prototype.getBBox = function () {
    return rectangle(boxOf(this, font));
  };
  prototype.getBoundingClientRect = function () {
    let box = boxOf(this, font);
    for (let at = this; at?.tagName !== "svg" && at?.getAttribute; at = at.parentNode)
      box = transformed(box, transformsOf(at));
    return rectangle(box);
  };
  prototype.getComputedTextLength = function () {
    return textWidth(this, font);
  };
}

/** In the element's own coordinates; undefined where nothing is drawn. */
function boxOf(element: Element, font: TextFont): Box | undefined {
  if (element.style?.display === "none") return undefined;
  switch (element.tagName) {
    case "text":
      return union([...lines(element)].map((line) => lineBox(line, font)));
    case "tspan":
      return lineBox(element, font);
    case "rect":
    case "image": {
      const [left, top] = [number(element, "x"), number(element, "y")];
      return { left, top, right: left + number(element, "width"), bottom: top + number(element, "height") };
    }
    case "path":
      return pathBox(element.getAttribute("d") ?? "");
    case "g":
    case "svg":
    case "a":
      return union(
        [...element.children].map((child) => transformed(boxOf(child, font), transformsOf(child))),
      );
    default:
      return undefined;
  }
}

function lines(text: Element): Element[] {
  const spans = text.querySelectorAll("tspan.line");
  return spans.length > 0 ? spans : [text];
}

function lineBox(line: Element, font: TextFont): Box | undefined {
  const width = textWidth(line, font);
  if (width === 0) return undefined;
  const size = fontSize(line);
  const anchor = inherited(line, "text-anchor");
  const left = number(line, "x") - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
  const baseline = number(line, "y") + size * number(line, "dy");
  return {
    left,
    top: baseline - size * font.ascent,
    right: left + width,
    bottom: baseline + size * font.descent,
  };
}

function textWidth(element: Element, font: TextFont): number {
  let width = 0;
  for (const child of element.childNodes)
    if (child.nodeType === 3)
      width += font.width(
        child.data,
        fontSize(element),
        /bold|[6-9]00/.test(inherited(element, "font-weight")),
      );
    else width += textWidth(child, font);
  return width;
}

const transformsOf = (element: Element) => parseTransforms(element.getAttribute?.("transform") ?? "");

const number = (element: Element, name: string) => Number.parseFloat(element.getAttribute?.(name) ?? "") || 0;

/**
 * The element's own style or attribute, else what it inherits.
 * @example
 * const { default: jsdom } = await import("jsdom")
 * const { window } = new jsdom.JSDOM("<svg><g font-size='9' x='1'><text>a</text></g></svg>")
 * inherited(window.document.querySelector("text"), "font-size") // "9"
 * inherited(window.document.querySelector("text"), "x") // ""
 */
export function inherited(element: Element, name: string): string {
  for (let at = element; at?.style; at = at.parentNode) {
    const own = at.style.getPropertyValue(name) || at.getAttribute(name);
    if (own) return own;
    if (!/^(font|fill|stroke|text-anchor|visibility|color|letter|word|white)/.test(name)) break;
  }
  return "";
}

/** In px; Plotly sizes sub- and superscripts in per cent of the text around them. */
function fontSize(element: Element): number {
  const own: string = element?.style?.getPropertyValue("font-size") || element?.getAttribute?.("font-size");
  if (own?.endsWith("%")) return (fontSize(element.parentNode) * Number.parseFloat(own)) / 100;
  if (own) return Number.parseFloat(own);
  return element?.parentNode?.style ? fontSize(element.parentNode) : 12;
}
