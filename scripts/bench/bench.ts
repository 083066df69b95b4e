// `npm run bench`: our speed and memory, beside those of NumPy, PyTorch and TensorFlow.js and the limits of the machine.
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { Failure } from "../bootstrap/failure.mjs";
import { step } from "../bootstrap/progress.mjs";
import { root } from "../setup/paths";
import { machine } from "./machine";
import type { Part } from "./part";
import { gradients } from "./parts/gradients";
import { memory } from "./parts/memory";
import { mnist } from "./parts/mnist";
import { product } from "./parts/product";
import { rings } from "./parts/rings";
import { markdownReport, markdownSection, type Section, type Versions } from "./report";

/** All parts, in the order of the report. */
export const parts: readonly Part[] = [rings, mnist, product, gradients, memory];

/**
 * The parts of these names, in the order of the report; all of them where none is named.
 * @throws if there is no part of a name
 */
export function chooseParts(names: readonly string[]): readonly Part[] {
  const known = parts.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Failure(`bench: there is no part "${unknown}".`, `There are: ${known.join(", ")}.`, 2);
  return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
}

/** Measures, prints and, when all parts were measured, writes data/benchmarks.md. Nothing is asserted. */
export async function bench(chosen: readonly Part[]): Promise<number> {
  const here = machine();
  const sections: Section[] = [];
  let versions: Versions = {};
  for (const part of chosen) {
    const progress = step(`${part.name}: ${part.summary} …`);
    const findings = await part.measure((fraction, text) => progress.update(fraction, text));
    progress.done(part.name);
    console.log(`\n${markdownSection(findings.section)}`);
    sections.push(findings.section);
    versions = { ...versions, ...findings.versions };
  }
  if (chosen.length < parts.length) return 0;
  const file = path.join("data", "benchmarks.md");
  await writeFileAtomic(path.join(root, file), markdownReport(sections, here, versions));
  console.log(`Written to ${file}.`);
  return 0;
}
