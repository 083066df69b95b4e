/** `npm run bench`: our speed beside that of NumPy, PyTorch and TensorFlow.js, in turn within one run. */
import os from "node:os";
import Table from "cli-table3";
import { tensorflowBackend } from "../../lib/gradients/tensorflow";
import { product, training, trainings } from "./ours";
import { startPython } from "./python";
import { tfjsProduct, tfjsTraining } from "./tfjs";

/** Seconds of one execution, or undefined where it cannot be had. */
type Timer = () => Promise<number | undefined>;

interface Work {
  readonly name: string;
  readonly runs: number;
  readonly ours: Timer;
  readonly others: readonly { readonly name: string; readonly time: Timer }[];
}

function timer(work: () => void | Promise<void>, repeats = 1): Timer {
  return async () => {
    const start = process.hrtime.bigint();
    for (let k = 0; k < repeats; k++) await work();
    return Number(process.hrtime.bigint() - start) / 1e9 / repeats;
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Prints a table of medians and ratios; asserts nothing. */
export async function bench(): Promise<number> {
  const python = await startPython();
  const backend = tensorflowBackend();
  const tfjs = `tfjs-node ${backend.version} (${backend.name})`;
  console.log(`${os.cpus()[0].model}, ${os.cpus().length} cores, Node ${process.versions.node}`);
  console.log(
    `${tfjs}; ${python ? python.versions : "no Python with NumPy found: run npm run references first"}\n`,
  );

  const pythons = (work: string) =>
    python === undefined
      ? []
      : ["numpy", "torch"].map((name) => ({ name, time: () => python.seconds(`${name} ${work}`) }));
  const { rings, mnist } = trainings;
  const repeats = 200;
  const works: Work[] = [
    {
      name: "product float64",
      runs: 7,
      ours: timer(product("float64"), repeats),
      others: pythons("product float64"),
    },
    {
      name: "product float32",
      runs: 7,
      ours: timer(product("float32"), repeats),
      others: [...pythons("product float32"), { name: "tfjs", time: timer(tfjsProduct(), repeats) }],
    },
    {
      name: "rings",
      runs: 5,
      ours: timer(training(rings)),
      others: [
        ...pythons("rings"),
        {
          name: "tfjs",
          time: timer(tfjsTraining(rings.sizes, rings.samples, rings.epochs, (tf) => tf.train.sgd(1e-2))),
        },
      ],
    },
    {
      name: "mnist",
      runs: 3,
      ours: timer(training(mnist)),
      others: [
        ...pythons("mnist"),
        {
          name: "tfjs",
          time: timer(tfjsTraining(mnist.sizes, mnist.samples, mnist.epochs, (tf) => tf.train.adam(1e-3))),
        },
      ],
    },
  ];

  const table = new Table({
    head: ["work", "ours, ms", "against", "ms", "their time / ours"],
    style: { head: [] },
  });
  for (const { name, runs, ours, others } of works) {
    const times = new Map<string, number[]>();
    const note = (key: string, seconds: number | undefined) => {
      if (seconds !== undefined) times.set(key, [...(times.get(key) ?? []), seconds]);
    };
    // run 0 warms up and is not counted
    for (let run = 0; run <= runs; run++) {
      process.stderr.write(`\r${name}: run ${run} of ${runs}   `);
      const all = [{ name: "ours", time: ours }, ...others];
      for (const one of all) {
        const seconds = await one.time();
        if (run > 0) note(one.name, seconds);
      }
    }
    process.stderr.write("\r\u001b[K");
    const own = times.get("ours") as number[];
    const ms = (values: readonly number[]) => (1000 * median(values)).toPrecision(3);
    for (const [key, values] of times)
      if (key !== "ours")
        table.push([
          name,
          ms(own),
          key,
          ms(values),
          `${median(values.map((v, k) => v / own[k])).toFixed(2)} ×`,
        ]);
    if (times.size === 1) table.push([name, ms(own), "nothing installed", "", ""]);
  }
  python?.end();
  console.log(table.toString());
  console.log(
    "Medians; the ratio is the median of the runs' ratios, each run timing all in turn. product: 256×784 times 784×128; " +
      "rings: 50 epochs of 2-32-16-2 in float64 (TensorFlow.js: float32); mnist: one epoch of 784-256-128-10, Adam, " +
      "batches of 128, float32, data in memory.",
  );
  return 0;
}
