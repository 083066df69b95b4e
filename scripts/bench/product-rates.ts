import { median } from "../../lib/intervals";
import type { Precision } from "../../lib/matrix";
import type { Section } from "./report";
import { pairedRatio } from "./statistics";

/** Rates in GFLOP/s, an entry a run; in a run all are measured one after another. */
export interface Rates {
  /** The product with factors and result in the core's memory. */
  readonly resident: readonly number[];
  /** The product of matrices elsewhere, which are copied in and out. */
  readonly copied: readonly number[];
  /** Each loop in registers, by name. */
  readonly loops: Readonly<Record<string, readonly number[]>>;
}

export type ProductRates = Readonly<Record<Precision, Rates>>;

const toReach = 0.7;

/** In each run the rate of the loop that was the fastest there. */
export function peakOfRuns({ loops }: Rates): number[] {
  const lists = Object.values(loops);
  return lists[0].map((_, run) => Math.max(...lists.map((list) => list[run])));
}

/** The section of the report. */
export function productSection(rates: ProductRates): Section {
  const precisions = Object.keys(rates) as Precision[];
  const bestAndMedian = (values: readonly number[]) => [
    Math.max(...values).toFixed(1),
    median(values).toFixed(1),
  ];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rows = precisions.flatMap((precision) => {
    const peak = peakOfRuns(rates[precision]);
    return (["resident", "copied"] as const).map((where) => {
      const values = rates[precision][where];
      const share = pairedRatio(values, peak);
      return [
        `${precision}, ${where === "resident" ? "matrices in the core's memory" : "copied in and out"}`,
        ...bestAndMedian(values),
        ...bestAndMedian(peak),
        percent(Math.max(...values) / Math.max(...peak)),
        percent(share),
        `≥ ${100 * toReach} %`,
        share >= toReach ? "yes" : "no",
      ];
    });
  });
  const names = Object.keys(rates[precisions[0]].loops);
  return {
    title: "The product 256×784 times 784×128 on one thread",
    text:
      "2 m n k = 51,380,224 floating-point operations (a multiplication and an addition for each of m n k terms). The peak is " +
      "that of 128-bit WebAssembly SIMD without fused multiply–add, measured on the same core by loops that compute in registers " +
      "only; in each run the fastest of them counts. All rates are in GFLOP/s. In a training step matrices are in the core's " +
      "memory; others are copied there, and the result back.",
    tables: [
      {
        head: [
          "Product",
          "Best",
          "Median",
          "Peak, best",
          "Peak, median",
          "Best / best",
          "Median of runs' shares",
          "To reach",
          "Reached",
        ],
        rows,
      },
      {
        head: ["Loop in registers", ...precisions.flatMap((one) => [`${one}, best`, "median"])],
        rows: names.map((name) => [
          name,
          ...precisions.flatMap((one) => bestAndMedian(rates[one].loops[name])),
        ]),
      },
    ],
    notes: [
      `${rates[precisions[0]].resident.length} runs of some milliseconds for each work.`,
      "tile p×q: s ← s + x y for p q accumulators s, p numbers x and q numbers y, as in the product's own inner loop, but x and y " +
        "stay in registers. c + s c: 8 to 14 accumulators, each multiplied and added to in place. Products and sums: so many numbers " +
        "that are multiplied, and so many others that are added to, side by side.",
    ],
  };
}
