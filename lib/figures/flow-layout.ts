import { backArrows } from "./flow-cycles";
import { around, exchanged, movedToOrigin, type Point, type Rect } from "./flow-geometry";
import { labelBeside } from "./flow-labels";
import { routeBack, routeForward, segmentsAlong } from "./flow-routes";

/** A box to be placed, in px. */
export interface FlowBox {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** An arrow, with the room that its label takes, in px; without a label 0. */
export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly width: number;
  readonly height: number;
}

/** A frame around boxes, with the room that its title takes, in px. */
export interface FlowFrame {
  readonly members: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The way of an arrow. */
export interface FlowRoute {
  /** The corners of a curve along the flow, or of straight lines against it. */
  readonly points: readonly Point[];
  /** Whether it runs against the flow, as loops do. */
  readonly back: boolean;
  /** The middle of the label. */
  readonly label: Point;
}

/** Where everything lies, in px from the upper left corner. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  /** In the order of the boxes, of the frames, of the links. */
  readonly boxes: readonly Rect[];
  readonly frames: readonly Rect[];
  readonly routes: readonly FlowRoute[];
}

/** In px: between boxes side by side, between one rank and the next, and around the boxes in a frame. */
const apart = 18;
const rankApart = 30;
const framePadding = 10;
/** In px: what the arrow's head takes of the room for its label, and what is left free. */
const head = 22;

/**
 * Places boxes in ranks along the flow, by dagre (Sugiyama's method, with network simplex for the ranks and Brandes and
 * Köpf's alignment), and finds the way of every arrow. Arrows that run back go around the boxes in between.
 * Source: https://github.com/dagrejs/dagre, whose wiki names the papers.
 * @example
 * const boxes = [{ id: "a", width: 40, height: 20 }, { id: "b", width: 40, height: 20 }]
 * const { width, height, routes } = layoutFlow(boxes, [{ from: "a", to: "b", width: 0, height: 0 }], [], "right")
 * [width, height] // [110, 20]
 * routes[0].points // [{ x: 40, y: 10 }, { x: 70, y: 10 }]
 * layoutFlow(boxes, [], [], "down").width // 98
 */
export function layoutFlow(
  boxes: readonly FlowBox[],
  links: readonly FlowLink[],
  frames: readonly FlowFrame[],
  direction: "right" | "down",
): FlowLayout {
  // a flow downwards is the mirror image of one to the right, of boxes with width and height exchanged
  const turned = <T extends Partial<Rect>>(one: T): T => (direction === "down" ? exchanged(one) : one);
  const { rects, routes } = toTheRight(boxes.map(turned), links.map(turned), frames);
  const placed = rects.map(turned);
  return movedToOrigin({
    boxes: placed,
    frames: frames.map((frame) => frameAround(frame, boxes, placed)),
    routes: routes.map((route) => ({
      ...route,
      points: route.points.map(turned),
      label: turned(route.label),
    })),
    labels: links,
  });
}

function toTheRight(boxes: readonly FlowBox[], links: readonly FlowLink[], frames: readonly FlowFrame[]) {
  const back = backArrows(boxes, links);
  const graph = ranked(boxes, links, frames, back);
  const given = boxes.map(({ id }) => rectOf(graph.node(id)));
  // dagre may put the last of several sources on top
  const mirror = upsideDown(given);
  const upright = <P extends Point>(one: P): P =>
    mirror ? { ...one, y: -one.y - ("height" in one ? (one.height as number) : 0) } : one;
  const rects = given.map(upright);
  const rectAt = new Map(boxes.map(({ id }, k) => [id, rects[k]]));
  const ends = ({ from, to }: FlowLink) => [rectAt.get(from), rectAt.get(to)] as [Rect, Rect];
  const ahead = links.filter((_, k) => !back.has(k));
  const routes: FlowRoute[] = [];
  const obstacles = [...rects];
  const note = (k: number, route: FlowRoute) => {
    routes[k] = route;
    obstacles.push(
      ...segmentsAlong(route.points),
      ...(links[k].width > 0 ? [around(route.label, links[k])] : []),
    );
  };
  links.forEach((link, k) => {
    if (back.has(k)) return;
    const points = routeForward(...ends(link), graph.edge(link.from, link.to).points.map(upright), rects);
    note(k, { points, back: false, label: labelBeside(points, link, crowding(link, ahead)) });
  });
  const span = (k: number) => ends(links[k])[0].x - ends(links[k])[1].x;
  // inner loops first: the others go around them
  for (const k of [...back].sort((a, b) => span(a) - span(b)))
    note(k, { ...routeBack(...ends(links[k]), obstacles, links[k]), back: true });
  return { rects, routes };
}

/** Whether more arrows meet at the end of one, or part at its start: its label keeps away from there. */
function crowding({ from, to }: FlowLink, links: readonly FlowLink[]): "start" | "end" | "neither" {
  const parting = links.filter((other) => other.from === from).length;
  const meeting = links.filter((other) => other.to === to).length;
  return meeting > parting ? "end" : parting > 1 ? "start" : "neither";
}

/** Whether, of boxes that stand above each other, most stand in the opposite of their order. */
function upsideDown(rects: readonly Rect[]): boolean {
  const middle = ({ x, width }: Rect) => x + width / 2;
  let upright = 0;
  rects.forEach((a, k) => {
    for (const b of rects.slice(k + 1))
      if (Math.abs(middle(a) - middle(b)) < 1) upright += Math.sign(b.y - a.y);
  });
  return upright < 0;
}

// biome-ignore lint/suspicious/noExplicitAny: dagre's graph; its types are newer than the kernel's TypeScript reads
type DagreGraph = any;

function ranked(
  boxes: readonly FlowBox[],
  links: readonly FlowLink[],
  frames: readonly FlowFrame[],
  back: ReadonlySet<number>,
): DagreGraph {
  const { graphlib, layout } = require("@dagrejs/dagre");
  const graph = new graphlib.Graph({ compound: true });
  graph.setGraph({ rankdir: "LR", nodesep: apart, edgesep: apart, ranksep: rankApart });
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  frames.forEach(({ members }, k) => {
    // no box has this name: those of boxes are not empty after the space
    graph.setNode(`frame ${k} `, {});
    for (const member of members) graph.setParent(member, `frame ${k} `);
  });
  links.forEach(({ from, to, width, height }, k) => {
    const room = width > 0 ? width + head : 0;
    if (!back.has(k)) graph.setEdge(from, to, { width: room, height, labelpos: "c" });
  });
  layout(graph);
  return graph;
}

const rectOf = ({ x, y, width, height }: Rect): Rect => ({
  x: x - width / 2,
  y: y - height / 2,
  width,
  height,
});

/** Around its members, with its title above them. */
function frameAround(frame: FlowFrame, boxes: readonly FlowBox[], rects: readonly Rect[]): Rect {
  const own = rects.filter((_, k) => frame.members.includes(boxes[k].id));
  const left = Math.min(...own.map(({ x }) => x)) - framePadding;
  const top = Math.min(...own.map(({ y }) => y)) - framePadding - frame.height;
  const right = Math.max(...own.map(({ x, width }) => x + width)) + framePadding;
  const bottom = Math.max(...own.map(({ y, height }) => y + height)) + framePadding;
  return {
    x: left,
    y: top,
    width: Math.max(right - left, frame.width + 2 * framePadding),
    height: bottom - top,
  };
}
