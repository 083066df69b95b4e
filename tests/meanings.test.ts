import assert from "node:assert/strict";
import test from "node:test";
import {
  activationStyles,
  directionStyles,
  initializerStyles,
  neutral,
  optimizerStyles,
  orderStyles,
  quantityStyles,
  type SeriesStyle,
  splitStyles,
  translucent,
} from "../lib/figures/meanings";
import { darkTemplate, lightTemplate, okabeIto, roles } from "../lib/figures/theme";

const families: { readonly [family: string]: { readonly [meaning: string]: SeriesStyle } } = {
  activationStyles,
  directionStyles,
  initializerStyles,
  optimizerStyles,
  orderStyles,
  quantityStyles,
  splitStyles,
};

/** Red, green, blue from 0 to 1, proportional to light (IEC 61966-2-1). */
function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
}

const times = (M: readonly (readonly number[])[], v: readonly number[]) =>
  M.map((row) => row.reduce((sum, entry, k) => sum + entry * v[k], 0));

// G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, IEEE Trans. Vis. Comput. Graph. 15 (2009) 1291, severity 1.
const eyes: { readonly [kind: string]: readonly (readonly number[])[] } = {
  "full colour vision": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** CIE L*a*b*, white D65. */
function lab(rgb: readonly number[]): number[] {
  const [x, y, z] = times(
    [
      [0.4124564, 0.3575761, 0.1804375],
      [0.2126729, 0.7151522, 0.072175],
      [0.0193339, 0.119192, 0.9503041],
    ],
    rgb.map((channel) => Math.min(1, Math.max(0, channel))),
  ).map((value, k) => {
    const t = value / [0.95047, 1, 1.08883][k];
    return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const difference = (a: string, b: string, eye: string) =>
  Math.hypot(
    ...lab(times(eyes[eye], linear(a))).map((value, k) => value - lab(times(eyes[eye], linear(b)))[k]),
  );

test("the colours are those of Okabe and Ito and one grey", () => {
  const allowed: string[] = [...Object.values(okabeIto), neutral];
  for (const [family, styles] of Object.entries(families))
    for (const [meaning, { colour }] of Object.entries(styles))
      assert.ok(allowed.includes(colour), `${family}.${meaning}: ${colour}`);
});

test("within a family no two look alike: dash with colour, and marker, differ", () => {
  for (const [family, styles] of Object.entries(families)) {
    const all = Object.values(styles);
    assert.equal(new Set(all.map(({ colour, dash }) => colour + dash)).size, all.length, family);
    assert.equal(new Set(all.map(({ symbol }) => symbol)).size, all.length, family);
  }
});

test("two colours of a family stay apart, also without red or green cones", () => {
  for (const [family, styles] of Object.entries(families))
    for (const eye of Object.keys(eyes)) {
      const colours = [...new Set(Object.values(styles).map(({ colour }) => colour))];
      for (const [k, a] of colours.entries())
        for (const b of colours.slice(k + 1))
          assert.ok(difference(a, b, eye) > 12, `${family}, ${eye}: ${a} ${b} ${difference(a, b, eye)}`);
    }
  assert.ok(
    difference("#ff0000", "#008800", "deuteranopia") < difference("#ff0000", "#008800", "full colour vision"),
  );
});

test("the grey stands out from both pages; a set of samples has its colour in every figure", () => {
  const [grey, ...papers] = [
    neutral,
    ...[lightTemplate, darkTemplate].map(({ layout }) => layout.paper_bgcolor),
  ].map((colour) => times([[0.2126, 0.7152, 0.0722]], linear(colour))[0]);
  for (const paper of papers) assert.ok((Math.max(grey, paper) + 0.05) / (Math.min(grey, paper) + 0.05) >= 3);
  for (const split of ["training", "test", "validation"] as const)
    assert.equal(splitStyles[split].colour, roles[split]);
  assert.equal(translucent(okabeIto.orange, 0.5), "rgba(230, 159, 0, 0.5)");
});
