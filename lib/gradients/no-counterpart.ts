/** Thrown where a layer, an activation or a loss has no counterpart in a witness's library; the message names it. */
export class NoCounterpart extends Error {}
