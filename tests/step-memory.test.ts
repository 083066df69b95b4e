import assert from "node:assert/strict";
import test from "node:test";
import { dense } from "../lib/layers";
import { meanSquaredError } from "../lib/losses";
import { add, fromData, type Matrix, scale, subtract } from "../lib/matrix";
import { clone } from "../lib/matrix-entries";
import { type Optimizer, sgd } from "../lib/optimizers";
import { flattenParams, type Params } from "../lib/params";
import { randomState } from "../lib/random";
import { train } from "../lib/training";

const random = randomState(1);
const X = fromData(3, 40, random.normals(120));
const T = fromData(2, 40, random.normals(80));
const layer = dense(3, 2);
const settings = {
  layer,
  loss: meanSquaredError,
  params: layer.init(random),
  X,
  T,
  epochs: 5,
  batchSize: 8,
  shuffle: false,
};
const numbers = (params: Params) => flattenParams(params).map(({ value }) => [...value.data]);

/** Looks back: parameters of every fourth step are kept, and three steps later mixed with those of then. */
function lookBack<S>(
  empty: S,
  put: (state: S, name: string, A: Matrix) => S,
  take: (state: S, name: string) => Matrix,
): Optimizer<S> {
  return {
    name: "lookBack",
    init: () => empty,
    update(gradients, state, params, step) {
      const [g, old] = [gradients, params] as unknown as Record<string, Matrix>[];
      const next: Record<string, Matrix> = {};
      let kept = state;
      for (const name in old) {
        next[name] = subtract(old[name], scale(g[name], 0.1));
        if (step % 4 === 1) kept = put(kept, name, next[name]);
        if (step % 4 === 0) next[name] = scale(add(take(state, name), next[name]), 0.5);
      }
      return { params: next as unknown as typeof params, state: kept };
    },
  };
}

type Kept = Record<string, Matrix>;

class Memory {
  constructor(private readonly kept: Kept = {}) {}
  with(name: string, A: Matrix): Memory {
    return new Memory({ ...this.kept, [name]: A });
  }
  of(name: string): Matrix {
    return this.kept[name];
  }
}

test("a state may be records, a Map, an object of a class, or hold views of a step's results", async () => {
  const paramsBy = async <S>(optimizer: Optimizer<S>) =>
    numbers((await train({ ...settings, optimizer: optimizer as Optimizer })).params);
  const takeRecord = (state: Kept, name: string) => state[name];
  const expected = await paramsBy(
    lookBack({} as Kept, (state, name, A) => ({ ...state, [name]: clone(A) }), takeRecord),
  );
  const forms = {
    records: lookBack({} as Kept, (state, name, A) => ({ ...state, [name]: A }), takeRecord),
    views: lookBack(
      {} as Kept,
      (state, name, { rows, cols, data }) => ({ ...state, [name]: { rows, cols, data: data.subarray(0) } }),
      takeRecord,
    ),
    Map: lookBack(
      new Map<string, Matrix>(),
      (state, name, A) => new Map(state).set(name, A),
      (state, name) => state.get(name) as Matrix,
    ),
    class: lookBack(
      new Memory(),
      (state, name, A) => state.with(name, A),
      (state, name) => state.of(name),
    ),
  };
  for (const [form, optimizer] of Object.entries(forms))
    assert.deepEqual(await paramsBy(optimizer as Optimizer), expected, form);
});

test("gradients that were kept without a clone are NaN after the training, not those of another step", async () => {
  const descent = sgd(0.1);
  const kept: Params[] = [];
  const clones: Params[] = [];
  const optimizer: Optimizer = {
    ...descent,
    update(gradients, state, params, step) {
      kept.push(gradients);
      clones.push(flattenParams(gradients).map(({ value }) => clone(value)));
      return descent.update(gradients, state as { velocity: null }, params, step);
    },
  };
  await train({ ...settings, optimizer });
  assert.equal(kept.length, 25);
  for (const gradients of kept) assert.ok(numbers(gradients).flat().every(Number.isNaN));
  for (const gradients of clones) assert.ok(numbers(gradients).flat().every(Number.isFinite));
});

test("an optimizer that works in place changes neither the starting parameters nor those reported before", async () => {
  const inPlace: Optimizer<null> = {
    name: "inPlace",
    init: () => null,
    update(gradients, state, params) {
      const g = flattenParams(gradients);
      flattenParams(params).forEach(({ value }, k) => {
        for (let i = 0; i < value.data.length; i++) value.data[i] -= 0.1 * g[k].value.data[i];
      });
      return { params, state };
    },
  };
  const start = numbers(settings.params);
  const pathOf = async (optimizer: Optimizer) => {
    const path: Params[] = [];
    await train({
      ...settings,
      optimizer,
      onEpoch: ({ params }) => {
        path.push(params);
      },
    });
    return path.map(numbers);
  };
  assert.deepEqual(await pathOf(inPlace as Optimizer), await pathOf(sgd(0.1) as Optimizer));
  assert.deepEqual(numbers(settings.params), start);
});
