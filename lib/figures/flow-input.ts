/** What a box stands for, which its shape and its colour show. */
export type StepKind = "step" | "data" | "parameter" | "decision" | "loss" | "forward" | "backward";

/** A box: a text or a short formula, in lines, and what it stands for. */
export interface FlowStep {
  readonly text: string;
  /** "step" (something done or computed) unless given. */
  readonly kind?: StepKind;
}

/** An arrow from step to step. */
export interface FlowArrow {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Activations flow "forward", gradients "backward"; they have their colours and dashes. */
  readonly way?: "forward" | "backward";
}

/** A frame around steps. */
export interface FlowGroup {
  readonly title: string;
  readonly steps: readonly string[];
}

/** A step with its name. */
export interface NamedStep {
  readonly id: string;
  readonly text: string;
  readonly kind: StepKind;
}

interface FlowInput {
  readonly title: string;
  readonly steps: { readonly [id: string]: string | FlowStep };
  readonly arrows: readonly FlowArrow[];
  readonly groups?: readonly FlowGroup[];
}

/**
 * Arrows from each step to the next, to be spread among others: [...chain("x", "z", "y"), { from: "y", to: "x" }].
 * @throws if there are fewer than two steps
 * @example
 * chain("x", "z", "y") // [{ from: "x", to: "z" }, { from: "z", to: "y" }]
 */
export function chain(...ids: readonly string[]): FlowArrow[] {
  if (ids.length < 2) throw new Error(`chain: ${ids.length} steps, it takes two to have an arrow`);
  return ids.slice(1).map((to, k) => ({ from: ids[k], to }));
}

/**
 * The steps in their order, with their kinds.
 * @example
 * namedSteps({ title: "", steps: { x: { text: "x", kind: "data" }, z: "z" }, arrows: [] })[1] // { id: "z", text: "z", kind: "step" }
 */
export function namedSteps({ steps }: FlowInput): NamedStep[] {
  return Object.entries(steps).map(([id, step]) =>
    typeof step === "string" ? { id, text: step, kind: "step" } : { kind: "step", ...step, id },
  );
}

/**
 * Refuses what cannot be drawn.
 * @throws if there is no step, a text is empty, an arrow or a group names a step that is not there, an arrow is given
 * twice or leads to its own step, or a step stands in two groups
 * @example
 * checkFlow({ title: "T", steps: { a: "A" }, arrows: [{ from: "a", to: "b" }] }) // throws /figure "T": an arrow leads to "b", which is no step \(steps: a\)/
 */
export function checkFlow({ title, steps, arrows, groups = [] }: FlowInput): void {
  const wrong = (problem: string) => new Error(`figure "${title}": ${problem}`);
  const ids = Object.keys(steps);
  if (ids.length === 0) throw wrong("there is no step");
  for (const { id, text } of namedSteps({ title, steps, arrows }))
    if (text.trim() === "") throw wrong(`the step "${id}" has no text`);
  const known = (id: string, what: string) => {
    if (!ids.includes(id)) throw wrong(`${what} "${id}", which is no step (steps: ${ids.join(", ")})`);
  };
  const seen = new Set<string>();
  for (const { from, to } of arrows) {
    known(from, "an arrow comes from");
    known(to, "an arrow leads to");
    if (from === to)
      throw wrong(`an arrow leads from "${from}" to itself (say in its text that it is repeated)`);
    if (seen.has(JSON.stringify([from, to]))) throw wrong(`there are two arrows from "${from}" to "${to}"`);
    seen.add(JSON.stringify([from, to]));
  }
  const grouped = new Set<string>();
  for (const { title: name, steps: members } of groups) {
    if (members.length === 0) throw wrong(`the group "${name}" has no steps`);
    for (const id of members) {
      known(id, `the group "${name}" holds`);
      if (grouped.has(id)) throw wrong(`the step "${id}" stands in two groups`);
      grouped.add(id);
    }
  }
}
