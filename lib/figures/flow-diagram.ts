import { counted, type Figure } from "./figure";
import {
  checkFlow,
  type FlowArrow,
  type FlowGroup,
  type FlowStep,
  type NamedStep,
  namedSteps,
} from "./flow-input";
import { titleCorner } from "./flow-labels";
import { type FlowLayout, layoutFlow } from "./flow-layout";
import { drawnLine } from "./flow-lines";
import {
  arrowTraces,
  boxNotes,
  boxShape,
  boxSize,
  frameShape,
  labelLines,
  labelNotes,
  labelSize,
} from "./flow-parts";
import { withNarrow } from "./narrow";
import { wrapText } from "./text-width";
import { baseLayout } from "./theme";

/** What a flow diagram shows. */
export interface FlowDiagramOptions {
  readonly title: string;
  /** The boxes, by names that arrows and groups use: a text, or a text with its kind. Their order is the flow's. */
  readonly steps: { readonly [id: string]: string | FlowStep };
  readonly arrows: readonly FlowArrow[];
  readonly groups?: readonly FlowGroup[];
  /** Which way it flows: to the right if that fits, else down; on a phone down if that fits. */
  readonly direction?: "right" | "down";
}

/** In px: the widest drawing that pages and GitHub show unscaled, and the room within a phone's figure. */
const widest = 744;
const phone = 332;
/** In px: how long a line of text may get; the first that lets the drawing fit is taken. */
const lineLengths = [180, 140, 110, 84];
/** In px: the room around the drawing, and from when on a figure must tell its width, to be drawn as wide. */
const side = 8;
const staticWidth = 640;

/**
 * Boxes and arrows: the structure of a model, a pipeline, a training loop. The layout follows from the arrows; arrows that
 * lead back are drawn around. Texts are broken at their spaces (not at U+00A0) to fit. The text names every box and says
 * where its arrows lead.
 * @throws if there is no step, or an arrow or a group names a step that is not there, or is there twice
 * @example
 * flowDiagram({ title: "Unit", steps: { x: { text: "x", kind: "data" }, z: "z = wᵀx + b" }, arrows: [{ from: "x", to: "z" }] }).text // "Unit. Flow diagram, 2 steps. 1: x (data), leads to 2. 2: z = wᵀx + b."
 */
export function flowDiagram(options: FlowDiagramOptions): Figure {
  checkFlow(options);
  const { direction } = options;
  const first = fitting(options, direction ? [direction] : ["right", "down"], widest);
  const wide = drawn(options, first, staticWidth);
  if (direction === "right" || first.layout.width <= phone) return wide;
  const narrow = fitting(options, direction ? [direction] : ["down", "right"], phone);
  return withNarrow(wide, drawn(options, narrow, phone + 2 * side), Math.ceil(first.layout.width) + 2 * side);
}

/** A layout, with what it was made of. */
interface Drawing {
  readonly direction: "right" | "down";
  readonly steps: readonly NamedStep[];
  readonly lines: readonly (readonly string[])[];
  readonly labels: readonly (readonly string[])[];
  readonly layout: FlowLayout;
}

/** The first drawing that fits into the width, with lines as long as possible; the narrowest if none does. */
function fitting(
  options: FlowDiagramOptions,
  directions: readonly ("right" | "down")[],
  room: number,
): Drawing {
  let narrowest: Drawing | undefined;
  for (const direction of directions)
    for (const most of lineLengths) {
      const drawing = laidOut(options, direction, most);
      if (drawing.layout.width <= room) return drawing;
      if (!narrowest || drawing.layout.width < narrowest.layout.width) narrowest = drawing;
    }
  return narrowest as Drawing;
}

function laidOut(options: FlowDiagramOptions, direction: "right" | "down", most: number): Drawing {
  const { arrows, groups = [] } = options;
  const steps = namedSteps(options);
  const lines = steps.map(({ text }) => wrapText(text, most, 13));
  const labels = arrows.map(({ label }) => labelLines(label, 0.6 * most));
  const layout = layoutFlow(
    steps.map(({ id, kind }, k) => ({ id, ...boxSize(kind, lines[k]) })),
    arrows.map(({ from, to }, k) => ({ from, to, ...labelSize(labels[k]) })),
    groups.map(({ title, steps: members }) => ({ members, ...labelSize([title]) })),
    direction,
  );
  return { direction, steps, lines, labels, layout };
}

function drawn(
  options: FlowDiagramOptions,
  { direction, steps, lines, labels, layout }: Drawing,
  least: number,
): Figure {
  const { title, arrows, groups = [] } = options;
  const { width, height, boxes, frames, routes } = layout;
  const base = baseLayout(title, 0, { showlegend: false });
  const top = ((base as { margin?: { t: number } }).margin?.t ?? 52) - 6;
  const curves = routes.flatMap(({ points, back }) => drawnLine(points, direction, back));
  const across = Math.ceil(width) + 2 * side;
  return {
    data: arrowTraces(arrows, routes, direction),
    layout: {
      ...base,
      height: Math.ceil(height) + top + 2 * side,
      ...(across > least ? { width: across } : {}),
      margin: { l: side, r: side, t: top, b: side },
      // a pixel of the page is a unit of both axes; a wider page has room on both sides
      xaxis: {
        visible: false,
        fixedrange: true,
        range: [0, Math.ceil(width)],
        scaleanchor: "y",
        constrain: "range",
      },
      yaxis: { visible: false, fixedrange: true, range: [Math.ceil(height) + side / 2, -side / 2] },
      shapes: [...frames.map(frameShape), ...boxes.map((box, k) => boxShape(steps[k].kind, box))],
      annotations: [
        ...boxes.map((box, k) => boxNotes(lines[k], box)),
        ...frames.map((frame, k) => {
          const name = [groups[k].title];
          return labelNotes(name, titleCorner(frame, labelSize(name), curves), "left");
        }),
        ...routes.flatMap(({ label }, k) =>
          labels[k].length > 0 ? [labelNotes(labels[k], label, "center")] : [],
        ),
      ],
    },
    text: inWords(options, steps),
  };
}

function inWords({ title, arrows, groups = [] }: FlowDiagramOptions, steps: readonly NamedStep[]): string {
  const numberOf = new Map(steps.map(({ id }, k) => [id, k + 1]));
  const plain = (text: string) => text.replace(/[\n\u00a0]/g, " ");
  const each = steps.map(({ id, text, kind }, k) => {
    const leads = arrows
      .filter(({ from }) => from === id)
      .map(({ to, label }) => {
        const back = (numberOf.get(to) as number) <= k ? "back " : "";
        return `${back}to ${numberOf.get(to)}${label ? ` (${plain(label)})` : ""}`;
      });
    const named = kind === "step" || plain(text).includes(kind) ? plain(text) : `${plain(text)} (${kind})`;
    return `${k + 1}: ${named}${leads.length > 0 ? `, leads ${leads.join(", ")}` : ""}.`;
  });
  const sets = groups.map(
    ({ title: name, steps: members }) =>
      `Group ${plain(name)}: ${members.map((id) => numberOf.get(id)).join(", ")}.`,
  );
  return [`${title}. Flow diagram, ${counted(steps.length, "step")}.`, ...each, ...sets].join(" ");
}
