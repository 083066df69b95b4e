import { randomState } from "../random";

/** A node of a directed graph: the places, in the same list, of the nodes that lead to it, all before it. */
export interface GraphNode {
  readonly inputs: readonly number[];
}

/** A node in its layer, or the place where a long edge passes a layer, with its neighbours on either side. */
export interface Place {
  readonly layer: number;
  readonly passing: boolean;
  readonly left: Place[];
  readonly right: Place[];
  /** Its number in the layer, from the top. */
  order: number;
  /** Its distance from the top, in distances between neighbours. */
  y: number;
}

/** An edge by its nodes, with the places on its way. */
export interface Path {
  readonly from: number;
  readonly to: number;
  readonly places: readonly Place[];
}

/** From how many orders the search starts, and how often it then goes through the layers, there or back. */
const starts = 12;
const rounds = 8;

/**
 * The nodes of a graph in layers: a node stands right of all its inputs, as far left as it can, a source just left of
 * its first use. Long edges pass through the layers on their way. Two equal edges are one.
 * @throws if an input does not stand before its node
 * @example
 * const { nodes, layers } = layersOf([{ inputs: [] }, { inputs: [0] }, { inputs: [0, 1] }])
 * nodes.map(({ layer }) => layer) // [0, 1, 2]
 * layers.map((layer) => layer.length) // [1, 2, 1]
 * layersOf([{ inputs: [0] }]) // throws /node 0 has input 0/
 */
export function layersOf(graph: readonly GraphNode[]): { nodes: Place[]; layers: Place[][]; paths: Path[] } {
  const layerOf = numberLayers(graph);
  const layers: Place[][] = Array.from({ length: Math.max(-1, ...layerOf) + 1 }, () => []);
  const place = (layer: number, passing: boolean): Place => {
    const order = layers[layer].length;
    const made = { layer, passing, left: [], right: [], order, y: order };
    layers[layer].push(made);
    return made;
  };
  const nodes = layerOf.map((layer) => place(layer, false));
  const paths = graph.flatMap(({ inputs }, to) =>
    [...new Set(inputs)].map((from) => {
      const between = Array.from({ length: layerOf[to] - layerOf[from] - 1 }, (_, k) =>
        place(layerOf[from] + 1 + k, true),
      );
      const places = [nodes[from], ...between, nodes[to]];
      places.slice(1).forEach((right, k) => {
        places[k].right.push(right);
        right.left.push(places[k]);
      });
      return { from, to, places };
    }),
  );
  return { nodes, layers, paths };
}

function numberLayers(graph: readonly GraphNode[]): number[] {
  const layer: number[] = [];
  const firstUse = graph.map(() => Number.POSITIVE_INFINITY);
  graph.forEach(({ inputs }, k) => {
    const wrong = inputs.find((input) => !(input >= 0 && input < k));
    if (wrong !== undefined)
      throw new Error(`layersOf: node ${k} has input ${wrong} (inputs must stand before their node)`);
    layer.push(Math.max(-1, ...inputs.map((input) => layer[input])) + 1);
    for (const input of inputs) firstUse[input] = Math.min(firstUse[input], layer[k]);
  });
  return layer.map((own, k) =>
    graph[k].inputs.length === 0 && Number.isFinite(firstUse[k]) ? firstUse[k] - 1 : own,
  );
}

/**
 * Brings every layer into an order in which few edges cross, by going through the layers there and back: each is sorted
 * by the mean place of its neighbours in the layer before, then each place is moved to where its edges cross fewest
 * others (sifting). That is done from several orders; the best seen is kept, and how many crossings it has is returned.
 * Source: K. Sugiyama, S. Tagawa and M. Toda, IEEE Trans. Syst. Man Cybern. 11 (1981) 109; sifting: C. Matuszewski,
 * R. Schönfeld and P. Molitor, "Using sifting for k-layer straightline crossing minimization", Graph Drawing 1999.
 * @example
 * const { layers } = layersOf([{ inputs: [] }, { inputs: [] }, { inputs: [1] }, { inputs: [0] }])
 * countCrossings(layers) // 1
 * orderLayers(layers) // 0
 */
export function orderLayers(layers: Place[][]): number {
  const random = randomState(0);
  let fewest = countCrossings(layers);
  let best = layers.map((layer) => [...layer]);
  for (let start = 0; start < starts && fewest > 0; start++) {
    if (start > 0) for (const layer of layers) arrange(layer, Array.from(random.permutation(layer.length)));
    for (let round = 0; round < rounds && fewest > 0; round++) {
      const rightwards = round % 2 === 0;
      for (const layer of rightwards ? layers : [...layers].reverse()) {
        sortByNeighbours(layer, rightwards ? "left" : "right");
        sift(layer);
      }
      const now = countCrossings(layers);
      if (now < fewest) [fewest, best] = [now, layers.map((layer) => [...layer])];
    }
  }
  best.forEach((layer, x) => {
    layers[x] = layer;
    renumber(layer);
  });
  return fewest;
}

function arrange(layer: Place[], order: readonly number[]): void {
  const places = order.map((k) => layer[k]);
  layer.splice(0, layer.length, ...places);
  renumber(layer);
}

function renumber(layer: readonly Place[]): void {
  layer.forEach((one, k) => {
    one.order = k;
  });
}

function sortByNeighbours(layer: Place[], side: "left" | "right"): void {
  const means = new Map(
    layer.map((one) => {
      const neighbours = one[side];
      const sum = neighbours.reduce((total, { order }) => total + order, 0);
      return [one, neighbours.length === 0 ? one.order : sum / neighbours.length];
    }),
  );
  layer.sort((a, b) => (means.get(a) as number) - (means.get(b) as number) || a.order - b.order);
  renumber(layer);
}

/** Moves each place of a layer to where its edges cross fewest others. */
function sift(layer: Place[]): void {
  for (const one of [...layer]) {
    const others = layer.filter((other) => other !== one);
    // how the crossings of its edges change where it steps down from the top past one after the other
    const changes = [0];
    for (const other of others)
      changes.push(changes[changes.length - 1] + crossingsOf(other, one) - crossingsOf(one, other));
    const least = Math.min(...changes);
    const at = changes[one.order] === least ? one.order : changes.indexOf(least);
    layer.splice(0, layer.length, ...others.slice(0, at), one, ...others.slice(at));
    renumber(layer);
  }
}

/** How often the edges of two neighbours in a layer cross if the first stands above the second. */
function crossingsOf(upper: Place, lower: Place): number {
  let crossings = 0;
  for (const side of ["left", "right"] as const)
    for (const a of upper[side]) for (const b of lower[side]) if (a.order > b.order) crossings += 1;
  return crossings;
}

/**
 * How many pairs of edges between neighbouring layers cross.
 * @example
 * countCrossings(layersOf([{ inputs: [] }, { inputs: [] }, { inputs: [0, 1] }, { inputs: [0, 1] }]).layers) // 1
 */
export function countCrossings(layers: readonly (readonly Place[])[]): number {
  let crossings = 0;
  for (const layer of layers)
    layer.forEach((upper, k) => {
      for (const lower of layer.slice(k + 1))
        for (const a of upper.right) for (const b of lower.right) if (a.order > b.order) crossings += 1;
    });
  return crossings;
}
