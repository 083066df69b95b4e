// The entry of the page that computes the sections in a browser, and what lib uses of Node in them.
import { hashOfSection } from "./sections";

/** Of Buffer only what puts a figure's numbers into base64. */
class Bytes extends Uint8Array {
  static alloc(length: number): Bytes {
    return new Bytes(length);
  }

  writeFloatLE(x: number, at: number): void {
    new DataView(this.buffer).setFloat32(at, x, true);
  }

  writeUInt8(x: number, at: number): void {
    this[at] = x;
  }

  override toString(): string {
    return btoa(Array.from(this, (byte) => String.fromCharCode(byte)).join(""));
  }
}

Object.assign(globalThis, {
  setImmediate: (resume: () => void) => setTimeout(resume, 0),
  Buffer: Bytes,
  hashOfSection,
});
