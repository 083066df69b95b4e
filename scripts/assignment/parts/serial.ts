import { rowGains, squares } from "../../../lib/assignment/trial-layers";
import type { Layer } from "../../../lib/layer";
import { serial } from "../../../lib/layers";
import type { Params } from "../../../lib/params";
import { given, inside, libExport, listOf } from "../mark/arguments";
import type { Exam, Part } from "../mark/part";
import { normals } from "./inputs";

const trialLayers = (name: string) => libExport("assignment/trial-layers", name);

/** Asks for the gradients of gains, squares, gains, …: layers whose backward is known inside too. */
async function tried(exam: Exam, aspects: readonly string[], count: number, n: number, m: number) {
  await exam.attempt(aspects, async () => {
    const hasGains = Array.from({ length: count }, (_, l) => l % 2 === 0);
    const layers = hasGains.map((gains) => (gains ? rowGains(n) : squares) as Layer);
    const params = hasGains.map((gains): Params => (gains ? { gains: normals(exam, n, 1) } : {}));
    const [A, dOutput] = [normals(exam, n, m), normals(exam, n, m)];
    const { cache } = serial(...layers).forward(params, A);
    const right = serial(...layers).backward(params, cache, dOutput);

    await exam.call(trialLayers("rowGains"), [given(n)], []);
    const gains = inside({ call: exam.lastCall, at: [] });
    const wanted = hasGains.flatMap((yes, l) => (yes ? [l] : []));
    const values = await exam.call(
      "serialBackward",
      [
        listOf(hasGains.map((yes) => (yes ? gains : inside(trialLayers("squares"))))),
        listOf(params.map(given)),
        listOf((cache as Params[]).map(given)),
        given(dOutput),
      ],
      ["dInput", ...wanted.map((l) => `gradients.${l}.gains`)],
    );
    const gradients = right.gradients as readonly { gains: typeof A }[];
    const [first] = aspects;
    for (const [k, l] of wanted.entries())
      exam.expect(first, `gradients[${l}].gains`, values[k + 1], gradients[l].gains);
    exam.expect(aspects[1] ?? first, "dInput", values[0], right.dInput);
  });
}

/** The chain rule through layers in a row. */
export const serialPart: Part = {
  id: "serial",
  title: "A network: the chain rule",
  answers: ["serialBackward"],
  diagnosis: { assignment: "A3", question: "serial", answers: ["serialBackward"] },
  aspects: [
    { id: "gradients", title: "the gradients of all layers", points: 2 },
    { id: "input", title: "∂E/∂A⁽⁰⁾", points: 1 },
    { id: "depth", title: "any number of layers", points: 1 },
  ],
  async examine(exam) {
    await tried(exam, ["gradients", "input"], 3, 4, 5);
    await tried(exam, ["gradients", "input"], 3, 2, 1);
    await tried(exam, ["depth"], 1, 3, 2);
    await tried(exam, ["depth"], 4, 3, 2);
    await tried(exam, ["depth"], 9, 40, 50);
  },
};
