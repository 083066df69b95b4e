/** Notes a result under a name; names tell where a difference lies and are hashed with the numbers. */
export type Note = (name: string, result: unknown) => void;

/** Hears of every number and text that is noted, with the place where it stands. */
export type Listener = (place: string, value: number | string) => void;

/** The bytes that are hashed begin with one of these for each value, so that [[1], [2, 3]] is not [[1, 2], [3]]. */
const tags = { nothing: 0, boolean: 1, number: 2, text: 3, numbers: 4, list: 5, record: 6 };

/**
 * Turns results into bytes and these into a hash. A number is its 8 bytes in float64, little-endian, so −0 differs from
 * 0; a NaN, of which an engine may store any of many patterns, is always 7ff8000000000000.
 */
export class Recorder {
  private bytes = new Uint8Array(1 << 20);
  private view = new DataView(this.bytes.buffer);
  private length = 0;

  constructor(private readonly listener?: Listener) {}

  readonly note: Note = (name, result) => {
    this.text(name);
    this.value(result, name);
  };

  /** SHA-256 of all that was noted, in hexadecimal digits. */
  hash(): Promise<string> {
    return sha256(this.bytes.subarray(0, this.length));
  }

  private value(x: unknown, place: string): void {
    if (x === undefined || x === null) this.byte(tags.nothing);
    else if (typeof x === "number") {
      this.byte(tags.number);
      this.number(x, place);
    } else if (typeof x === "string") {
      this.byte(tags.text);
      this.text(x);
      this.listener?.(place, x);
    } else if (typeof x === "boolean") {
      this.byte(tags.boolean);
      this.number(Number(x), place);
    } else if (ArrayBuffer.isView(x)) this.numbers(x as unknown as ArrayLike<number>, place);
    else if (Array.isArray(x)) this.list(x, place);
    else if (x instanceof Map) this.list([...x], place);
    else if (x instanceof Set) this.list([...x], place);
    else if (typeof x === "object") this.record(x, place);
    else throw new Error(`${place} is a ${typeof x}, which has no bytes to hash`);
  }

  private numbers(x: ArrayLike<number>, place: string): void {
    this.byte(tags.numbers);
    this.text(x.constructor.name);
    this.number(x.length);
    for (let k = 0; k < x.length; k++) this.number(x[k], this.listener && `${place}[${k}]`);
  }

  private list(x: readonly unknown[], place: string): void {
    this.byte(tags.list);
    this.number(x.length);
    for (let k = 0; k < x.length; k++) this.value(x[k], `${place}[${k}]`);
  }

  /** The properties in their order, without functions. */
  private record(x: object, place: string): void {
    this.byte(tags.record);
    for (const [name, inner] of Object.entries(x))
      if (typeof inner !== "function") {
        this.text(name);
        this.value(inner, `${place}.${name}`);
      }
  }

  private text(text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.number(encoded.length);
    this.reserve(encoded.length);
    this.bytes.set(encoded, this.length);
    this.length += encoded.length;
  }

  private number(x: number, place?: string): void {
    this.reserve(8);
    if (Number.isNaN(x)) this.view.setBigUint64(this.length, 0x7ff8000000000000n, true);
    else this.view.setFloat64(this.length, x, true);
    this.length += 8;
    if (place !== undefined) this.listener?.(place, x);
  }

  private byte(tag: number): void {
    this.reserve(1);
    this.bytes[this.length++] = tag;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    this.view = new DataView(larger.buffer);
  }
}

/** SHA-256 of bytes or of a text in UTF-8, in hexadecimal digits; the same function in Node and in a browser. */
export async function sha256(content: Uint8Array | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
