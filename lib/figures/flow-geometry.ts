/** A place in px, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A width and a height in px. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle by its upper left corner. */
export interface Rect extends Point, Size {}

/**
 * The mirror image at the diagonal: x and y exchanged, and width and height.
 * @example
 * exchanged({ x: 1, y: 2, width: 3, height: 4 }) // { x: 2, y: 1, width: 4, height: 3 }
 */
export function exchanged<T extends Partial<Rect>>(one: T): T {
  const { x, y, width, height } = one;
  return {
    ...one,
    ...(x === undefined ? {} : { x: y, y: x }),
    ...(width === undefined ? {} : { width: height, height: width }),
  };
}

/**
 * The rectangle of a size around its middle.
 * @example
 * around({ x: 5, y: 5 }, { width: 4, height: 2 }) // { x: 3, y: 4, width: 4, height: 2 }
 */
export function around({ x, y }: Point, { width, height }: Size): Rect {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/**
 * Whether two rectangles come closer than `gap` to each other in both directions.
 * @example
 * touch({ x: 0, y: 0, width: 4, height: 4 }, { x: 6, y: 0, width: 1, height: 1 }) // false
 * touch({ x: 0, y: 0, width: 4, height: 4 }, { x: 6, y: 0, width: 1, height: 1 }, 3) // true
 */
export function touch(a: Rect, b: Rect, gap = 0): boolean {
  return (
    a.x < b.x + b.width + gap &&
    b.x < a.x + a.width + gap &&
    a.y < b.y + b.height + gap &&
    b.y < a.y + a.height + gap
  );
}

/** The parts of a drawing that lie somewhere. */
interface Parts<R> {
  readonly boxes: readonly Rect[];
  readonly frames: readonly Rect[];
  readonly routes: readonly R[];
  /** The size of each route's label; 0 where there is none. */
  readonly labels: readonly Size[];
}

/**
 * The same drawing, moved so that nothing lies left of or above 0, with its size.
 * @example
 * const box = { x: -5, y: 2, width: 10, height: 10 }
 * movedToOrigin({ boxes: [box], frames: [], routes: [], labels: [] }) // { width: 10, height: 10, boxes: [{ x: 0, y: 0, width: 10, height: 10 }], frames: [], routes: [] }
 */
export function movedToOrigin<R extends { readonly points: readonly Point[]; readonly label: Point }>({
  boxes,
  frames,
  routes,
  labels,
}: Parts<R>) {
  const all: Rect[] = [
    ...boxes,
    ...frames,
    ...routes.flatMap(({ points }) => points.map((point) => ({ ...point, width: 0, height: 0 }))),
    ...routes.flatMap(({ label }, k) => (labels[k].width > 0 ? [around(label, labels[k])] : [])),
  ];
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  const moved = <P extends Point>(one: P): P => ({ ...one, x: one.x - left, y: one.y - top });
  return {
    width: Math.max(...all.map(({ x, width }) => x + width)) - left,
    height: Math.max(...all.map(({ y, height }) => y + height)) - top,
    boxes: boxes.map(moved),
    frames: frames.map(moved),
    routes: routes.map((route) => ({ ...route, points: route.points.map(moved), label: moved(route.label) })),
  };
}
