import { joined, type Output } from "../run/notebook";

const PLOTLY = "application/vnd.plotly.v1+json";
const PICTURES = ["image/svg+xml", "image/png"];

/** What may not stand in a committed output, because it is another one on another machine or day. */
const FACTS_OF_A_MACHINE: [RegExp, string][] = [
  [/(?:\/home\/|\/root\/|\/tmp\/|\/Users\/|\/var\/folders\/|\b[A-Z]:\\)[^\s"'<]*/, "a path"],
  [
    /\b\d+(?:\.\d+)?\s?(?:ms|µs|ns)\b|\b\d+\.\d+\s(?:s|seconds|minutes)\b|\b\d+ (?:seconds|minutes)\b/,
    "a time",
  ],
  [/\b20\d\d-\d\d-\d\d\b|\b\d\d:\d\d:\d\d\b/, "a date or clock time"],
];

/** The text of an output that a reader sees, part by part; a figure's numbers and pictures are none. */
function texts(output: Output): string[] {
  const data = output.data ?? {};
  const shown = Object.keys(data).filter((mime) => mime.startsWith("text/"));
  const html = (mime: string, text: string) => (mime === "text/html" ? text.replace(/<[^>]*>/g, " ") : text);
  return [joined(output.text), ...shown.map((mime) => html(mime, joined(data[mime] as string | string[])))];
}

/** What is wrong with one committed output, each with its remedy. */
export function outputProblems(output: Output): [string, string][] {
  const problems: [string, string][] = [];
  if (output.output_type === "error") {
    problems.push([`holds the error ${output.ename}: ${output.evalue}`, "mend the cell and run it again"]);
  }
  if (output.output_type === "stream" && output.name === "stderr") {
    const first = joined(output.text).trim().split("\n")[0];
    problems.push([`writes to stderr: "${first}"`, "mend what it warns of, or print to stdout"]);
  }
  for (const [pattern, what] of FACTS_OF_A_MACHINE) {
    const found = texts(output)
      .map((text) => pattern.exec(text)?.[0])
      .find((text) => text !== undefined);
    if (found) problems.push([`prints ${what}: "${found}"`, "leave it out: it belongs to the run's log"]);
  }
  const data = output.data ?? {};
  if (data[PLOTLY]) {
    const picture = PICTURES.some((mime) => data[mime]);
    if (!picture || !data["text/plain"]) {
      const lacks = [picture ? "" : "static picture", data["text/plain"] ? "" : "text"].filter(Boolean);
      problems.push([`shows a figure without ${lacks.join(" and ")}`, "show it with notebook.figure()"]);
    }
  }
  return problems;
}
