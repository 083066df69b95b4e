import type { Response, Wire } from "./messages";

const longest = 2000;

/** What a process that is not trusted answered; a line of another form counts as an error that it threw. */
export function readResponse(line: string): Response {
  let answer: unknown;
  try {
    answer = JSON.parse(line);
  } catch {
    return unreadable;
  }
  if (typeof answer !== "object" || answer === null) return unreadable;
  const { ran, values, threw, cell } = answer as Record<string, unknown>;
  if (typeof threw === "string")
    return { threw: threw.slice(0, longest), ...(typeof cell === "string" && { cell: cell.slice(0, 64) }) };
  if (Array.isArray(values)) return { values: values as Wire[] };
  return typeof ran === "number" ? { ran } : unreadable;
}

const unreadable: Response = { threw: "an answer that cannot be read" };
