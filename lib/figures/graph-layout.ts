import { type GraphNode, layersOf, orderLayers, type Place } from "./graph-layers";
import { spread } from "./spread";

/** Where something is drawn: x is its layer, y counts upwards in distances between neighbours, 0 in the middle. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A drawing of a graph in layers, from left to right. */
export interface GraphLayout {
  readonly layers: number;
  /** Half the height. */
  readonly extent: number;
  /** A place for each node. */
  readonly nodes: readonly Point[];
  /** From each node to each that uses it, with a point in every layer on the way. */
  readonly edges: readonly {
    readonly from: number;
    readonly to: number;
    readonly points: readonly Point[];
  }[];
  readonly crossings: number;
}

/** How often places move towards their neighbours. */
const rounds = 40;
/** Edges that pass may come closer to each other, and to nodes, than nodes to nodes. */
const passingWidth = 0.3;
/** What a source with a single use counts where its place is settled: it gives way, so that chains stay straight. */
const sourceWeight = 1e-4;

/**
 * Lays out a graph: layers and their order by `layersOf` and `orderLayers`; then each layer, again and again, moves
 * towards its neighbours: the places with the least sum of squared distances to the means of the neighbours' places,
 * under the condition that nothing comes too close (`spread`).
 * @throws if an input does not stand before its node
 * @example
 * const layout = layoutGraph([{ inputs: [] }, { inputs: [] }, { inputs: [0, 1] }])
 * layout.nodes // [{ x: 0, y: 0.5 }, { x: 0, y: -0.5 }, { x: 1, y: 0 }]
 * layout.layers // 2
 */
export function layoutGraph(graph: readonly GraphNode[]): GraphLayout {
  const { nodes, layers, paths } = layersOf(graph);
  const crossings = orderLayers(layers);
  for (const layer of layers) {
    const order = layer.map(({ order }) => order);
    settle(
      layer,
      order.map((k) => k - (order.length - 1) / 2),
    );
  }
  for (let round = 0; round < rounds; round++)
    for (const layer of round % 2 === 0 ? layers : [...layers].reverse()) settle(layer, layer.map(middle));
  const ys = layers.flat().map(({ y }) => y);
  const centre = ys.length === 0 ? 0 : (Math.min(...ys) + Math.max(...ys)) / 2;
  const at = ({ layer, y }: Place): Point => ({ x: layer, y: centre - y + 0 });
  return {
    layers: layers.length,
    extent: Math.max(0, ...ys.map((y) => y - centre)),
    nodes: nodes.map(at),
    edges: paths.map(({ from, to, places }) => ({ from, to, points: places.map(at) })),
    crossings,
  };
}

const weight = ({ left, right }: Place) => (left.length === 0 && right.length === 1 ? sourceWeight : 1);

/** The mean place of all neighbours. */
function middle({ left, right, y }: Place): number {
  let [sum, total] = [0, 0];
  for (const other of [...left, ...right]) {
    sum += weight(other) * other.y;
    total += weight(other);
  }
  return total === 0 ? y : sum / total;
}

const width = ({ passing }: Place) => (passing ? passingWidth : 1);

/** Moves the places of a layer as near to where they want to be as their order and their distances allow. */
function settle(layer: readonly Place[], wanted: readonly number[]): void {
  const places = spread(wanted, layer.map(width), layer.map(weight));
  layer.forEach((one, k) => {
    one.y = places[k];
  });
}
