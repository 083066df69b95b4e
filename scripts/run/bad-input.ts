/** Something the user gave that cannot be used; the message says what, where, and what to do. */
export class BadInput extends Error {
  override name = "BadInput";
}
