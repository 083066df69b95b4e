/** What a setting of an experiment can be: one cell of a table. */
export type SettingValue = number | string | boolean;

/** A setting: what it means, what it may be, and what it is unless it is given. */
export interface Setting<T extends SettingValue = SettingValue> {
  readonly default: T;
  /** One sentence. */
  readonly doc: string;
  /** Its values in words, as "a finite number ≥ 0". */
  readonly allowed: string;
  /** Whether the value is one of them. */
  admits(value: unknown): boolean;
  /** The value that a text of the command line stands for; undefined if it stands for none. */
  parse(text: string): T | undefined;
}

/** The bounds of a number; the ends belong to it, but not those of `above` and `below`. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** A number as JavaScript and most languages write it: 1e-2, 0.01, -3. */
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A setting that is a finite number.
 * @throws if the default is none of its values
 * @example
 * const rate = numberSetting(0.01, "Learning rate α.", { min: 0 })
 * rate.allowed // "a finite number ≥ 0"
 * rate.parse("1e-2") // 0.01
 * rate.parse("-1") // undefined
 * numberSetting(-1, "Learning rate α.", { min: 0 }) // throws /the default -1 is not a finite number ≥ 0/
 */
export function numberSetting(value: number, doc: string, bounds: Bounds = {}): Setting<number> {
  return ofNumbers("a finite number", Number.isFinite, value, doc, bounds);
}

/**
 * A setting that is a whole number.
 * @throws if the default is none of its values
 * @example
 * wholeSetting(30, "Epochs.", { min: 1 }).parse("3.5") // undefined
 * wholeSetting(30, "Epochs.", { min: 1 }).parse("3") // 3
 */
export function wholeSetting(value: number, doc: string, bounds: Bounds = {}): Setting<number> {
  return ofNumbers("a whole number", Number.isSafeInteger, value, doc, bounds);
}

function ofNumbers(
  kind: string,
  isKind: (x: unknown) => boolean,
  value: number,
  doc: string,
  { min, max, above, below }: Bounds,
): Setting<number> {
  const limits = [
    [min, "≥", (x: number, bound: number) => x >= bound],
    [above, ">", (x: number, bound: number) => x > bound],
    [max, "≤", (x: number, bound: number) => x <= bound],
    [below, "<", (x: number, bound: number) => x < bound],
  ] as const;
  const given = limits.flatMap(([bound, sign, holds]) =>
    bound === undefined ? [] : [{ bound, sign, holds }],
  );
  const words = given.map(({ sign, bound }) => `${sign} ${bound}`).join(" and ");
  return checked({
    default: value,
    doc,
    allowed: [kind, words].filter(Boolean).join(" "),
    admits: (x) => isKind(x) && given.every(({ bound, holds }) => holds(x as number, bound)),
    parse: (text) => (decimal.test(text) ? Number(text) : undefined),
  });
}

/**
 * A setting that is one of some words.
 * @throws if the default is none of them
 * @example
 * const form = choiceSetting(["notes", "pytorch"], "notes", "Form of the momentum.")
 * form.allowed // "notes or pytorch"
 * form.parse("pytorch") // "pytorch"
 * form.parse("torch") // undefined
 */
export function choiceSetting<T extends string>(choices: readonly T[], value: T, doc: string): Setting<T> {
  return checked({
    default: value,
    doc,
    allowed: `${choices.slice(0, -1).join(", ")}${choices.length > 1 ? " or " : ""}${choices.at(-1)}`,
    admits: (x) => choices.includes(x as T),
    parse: (text) => text as T,
  });
}

/**
 * A setting that is true or false.
 * @example
 * flagSetting(true, "Whether the samples are shuffled.").parse("false") // false
 * flagSetting(true, "Whether the samples are shuffled.").parse("no") // undefined
 */
export function flagSetting(value: boolean, doc: string): Setting<boolean> {
  return checked({
    default: value,
    doc,
    allowed: "true or false",
    admits: (x) => typeof x === "boolean",
    parse: (text) => (text === "true" ? true : text === "false" ? false : undefined),
  });
}

/**
 * A setting that is a list of layer sizes: "256-128", or "30x4-10" for 30-30-30-30-10; sizesOf gives the numbers.
 * @example
 * sizesSetting("256-128", "Hidden units, layer by layer.").parse("64x10") // "64x10"
 * sizesSetting("256-128", "Hidden units, layer by layer.").parse("64-0") // undefined
 */
export function sizesSetting(value: string, doc: string): Setting<string> {
  const layers = "[1-9]\\d{0,4}(x[1-9]\\d{0,2})?";
  const sizes = new RegExp(`^${layers}(-${layers})*$`);
  return checked({
    default: value,
    doc,
    allowed: "sizes with hyphens between them, as 256-128, or 30x4 for four layers of 30",
    admits: (x) => typeof x === "string" && sizes.test(x),
    parse: (text) => text,
  });
}

/**
 * The numbers of a setting made by sizesSetting.
 * @example
 * sizesOf("256-128") // [256, 128]
 * sizesOf("30x3-10") // [30, 30, 30, 10]
 */
export function sizesOf(sizes: string): number[] {
  return sizes.split("-").flatMap((layers) => {
    const [size, count = "1"] = layers.split("x");
    return Array.from({ length: Number(count) }, () => Number(size));
  });
}

/** A text is parsed only into values that are admitted. */
function checked<T extends SettingValue>(setting: Setting<T>): Setting<T> {
  if (!setting.admits(setting.default))
    throw new Error(`setting "${setting.doc}": the default ${setting.default} is not ${setting.allowed}`);
  return {
    ...setting,
    parse(text) {
      const value = setting.parse(text);
      return value !== undefined && setting.admits(value) ? value : undefined;
    },
  };
}
