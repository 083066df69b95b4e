import { decode } from "../wire/decode";
import { encode } from "../wire/encode";
import type { Argument, Request, Response, Target, Wire } from "../wire/messages";

type Values = Record<string, unknown>;
type Call = Extract<Request, { call: Target }>;

/**
 * Answers calls of what cells have defined, of parts of what earlier calls returned, and of lib's exports.
 * @param requireFromProject loads "./lib/…"
 */
export function callsOf(
  defined: Values,
  requireFromProject: (path: string) => unknown,
): (request: Call) => Response {
  const results: unknown[] = [];

  function call(request: Call): Response {
    const { value, holder } = lookUp(request.call);
    if (typeof value !== "function") return { threw: "it is not defined, or no function" };
    let result: unknown;
    try {
      result = Reflect.apply(value, holder, request.arguments.map(argumentOf));
      results.push(result);
    } catch (error) {
      results.push(undefined);
      return { threw: wordsOf(error) };
    }
    return { values: request.want.map((at) => encodedPart(result, at)) };
  }

  /** A part that throws when it is read, as one that is computed only then, spoils no other. */
  function encodedPart(result: unknown, at: readonly string[]): Wire {
    try {
      return encode(partOf(result, at).value);
    } catch (error) {
      return { other: `missing: reading it threw ${wordsOf(error)}` };
    }
  }

  function lookUp(target: Target): { value: unknown; holder: unknown } {
    if ("defined" in target) return { value: defined[target.defined], holder: undefined };
    if ("call" in target) return partOf(results[target.call], target.at);
    const holder = requireFromProject(`./lib/${target.lib}`) as Values;
    return { value: holder[target.name], holder };
  }

  /** The property that a path of names leads to, and what it is a property of. */
  function partOf(result: unknown, at: readonly string[]): { value: unknown; holder: unknown } {
    let [value, holder]: [unknown, unknown] = [result, undefined];
    for (const name of at) [value, holder] = [(value as Values | undefined)?.[name], value];
    return { value, holder };
  }

  function argumentOf(argument: Argument): unknown {
    if ("data" in argument) return decode(argument.data);
    if ("target" in argument) return lookUp(argument.target).value;
    if ("seed" in argument)
      return (requireFromProject("./lib/random") as typeof import("../../../lib/random")).randomState(
        argument.seed,
      );
    if ("list" in argument) return argument.list.map(argumentOf);
    const named = Object.entries(argument.record).map(([name, value]) => [name, argumentOf(value)]);
    return Object.fromEntries(named);
  }

  return call;
}

/** An error as its thrower would see it. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
