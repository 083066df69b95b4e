/** Turns whatever a cell threw into the three fields of a Jupyter error. */
import { inspect } from "node:util";
import { readableStack } from "./stack";

export interface Failure {
  ename: string;
  evalue: string;
  traceback: string[];
}

export function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof Error) && !isForeignError(thrown)) {
    const evalue = typeof thrown === "string" ? thrown : inspect(thrown);
    return failure("ThrownValue", `${evalue} (a cell threw a value that is not an Error)`, []);
  }
  const frames = readableStack(thrown);
  return failure(nameOf(thrown), thrown.message, [...causes(thrown), ...frames]);
}

export function failure(ename: string, evalue: string, details: string[]): Failure {
  const shown = withoutMachinePaths(evalue);
  // The last line is the one that test runners put into their summaries.
  return { ename, evalue: shown, traceback: [...details.map(withoutMachinePaths), `${ename}: ${shown}`] };
}

export const keyboardInterrupt = (): Failure => failure("KeyboardInterrupt", "the cell was interrupted", []);

/** A class that extends Error without setting `name` is known by its class name. */
function nameOf(error: Error): string {
  const className = error.constructor?.name;
  return error.name === "Error" && className ? className : error.name;
}

function causes(error: Error): string[] {
  const inner =
    error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  return inner.flatMap((cause) => [...failureOf(cause).traceback, "  which was the cause of:"]);
}

/** An Error made in another realm (vm, jsdom) is no `instanceof Error` here. */
function isForeignError(value: unknown): value is Error {
  return (
    typeof value === "object" && value !== null && "stack" in value && "message" in value && "name" in value
  );
}

/** Notebooks are committed: the folder that they ran in is nobody's business and differs on every machine. */
function withoutMachinePaths(text: string): string {
  return text.replaceAll(`file://${process.cwd()}/`, "").replaceAll(`${process.cwd()}/`, "");
}
