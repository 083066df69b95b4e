import type { TextFont } from "./svg-font";

/**
 * Where SVG elements lie, which jsdom does not compute. Only what plotly.js asks about: text with its lines and
 * spans, rectangles, straight paths, groups, and the transforms translate, rotate and scale.
 */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a DOM element; the kernel knows no DOM
type Element = any;
/** x ↦ a x + c y + e, y ↦ b x + d y + f */
type Transform = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Gives the SVG elements of a jsdom window getBBox, getBoundingClientRect and getComputedTextLength. */
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
      box = transformed(box, transformOf(at));
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
      return union([...element.children].map((child) => transformed(boxOf(child, font), transformOf(child))));
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

/** The corners of a path of absolute M, L, H and V; of a curve or an arc only its end points. */
function pathBox(d: string): Box | undefined {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, rest] of d.matchAll(/([A-Za-z])([^A-Za-z]*)/g)) {
    const values = (rest.match(/-?[\d.]+(?:e-?\d+)?/g) ?? []).map(Number);
    const relative = command !== command.toUpperCase();
    const [fromX, fromY] = relative ? [x, y] : [0, 0];
    if (values.length === 0) continue;
    if (/h/i.test(command)) x = fromX + values[values.length - 1];
    else if (/v/i.test(command)) y = fromY + values[values.length - 1];
    else if (values.length >= 2) {
      x = fromX + values[values.length - 2];
      y = fromY + values[values.length - 1];
    }
    points.push([x, y]);
  }
  return around(points);
}

function around(points: readonly (readonly [number, number])[]): Box | undefined {
  if (points.length === 0) return undefined;
  const [xs, ys] = [points.map((p) => p[0]), points.map((p) => p[1])];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

function union(boxes: readonly (Box | undefined)[]): Box | undefined {
  return around(
    boxes.flatMap((box) => (box ? [[box.left, box.top] as const, [box.right, box.bottom] as const] : [])),
  );
}

function transformed(box: Box | undefined, transforms: readonly Transform[]): Box | undefined {
  if (box === undefined || transforms.length === 0) return box;
  const { left, top, right, bottom } = box;
  let corners: [number, number][] = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ];
  for (const [a, b, c, d, e, f] of [...transforms].reverse())
    corners = corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]);
  return around(corners);
}

/** From the outermost to the innermost, as they are written. */
function transformOf(element: Element): Transform[] {
  const text: string = element.getAttribute?.("transform") ?? "";
  return [...text.matchAll(/(\w+)\(([^)]*)\)/g)].flatMap(([, name, list]) => {
    const [p, q = name === "scale" ? undefined : 0, r = 0] = list
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
    if (name === "translate") return [[1, 0, 0, 1, p, q ?? 0]];
    if (name === "scale") return [[p, 0, 0, q ?? p, 0, 0]];
    if (name !== "rotate") return [];
    const [cosine, sine] = quarterTurn(p);
    return [
      [1, 0, 0, 1, q ?? 0, r],
      [cosine, sine, -sine, cosine, 0, 0],
      [1, 0, 0, 1, -(q ?? 0), -r],
    ];
  }) as Transform[];
}

/** Cosine and sine of an angle in degrees, exact at quarter turns, the only ones our figures use. */
function quarterTurn(degrees: number): [number, number] {
  const exact: { [angle: string]: [number, number] } = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] };
  const angle = ((degrees % 360) + 360) % 360;
  return exact[angle] ?? [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
}

const number = (element: Element, name: string) => Number.parseFloat(element.getAttribute?.(name) ?? "") || 0;

/** The element's own style or attribute, else what it inherits. */
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
