// Our trainings. Data and first weights are made once, before anything is timed, as they are for the others.
import { threadCount } from "../../../lib/kernels/threads";
import { train } from "../../../lib/training";
import { mnistTraining, ringsTraining } from "./networks";
import { seconds, serve } from "./serve";

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const rings = once(ringsTraining);
const mnist = once(mnistTraining);

/** The mean time of the second and third epoch, as train tells when each is done. */
async function laterEpochs(): Promise<number> {
  const ends: number[] = [];
  const onEpoch = () => {
    ends.push(performance.now());
  };
  await train({ ...mnist(), epochs: 3, onEpoch });
  return (ends[2] - ends[0]) / 2 / 1000;
}

serve(
  { Node: `${process.versions.node}, V8 ${process.versions.v8}`, "Threads of ours": String(threadCount()) },
  {
    rings: () => {
      const training = rings();
      return seconds(() => train({ ...training, epochs: 50 }));
    },
    "mnist one epoch": () => {
      const training = mnist();
      return seconds(() => train({ ...training, epochs: 1 }));
    },
    "mnist later epochs": laterEpochs,
  },
);
