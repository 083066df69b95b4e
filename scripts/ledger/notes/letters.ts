// What is left of a formula when its typesetting is taken away: letters and digits.

const GREEK: Record<string, string> = {
  alpha: "α",
  gamma: "γ",
  delta: "δ",
  epsilon: "ϵ",
  eta: "η",
  theta: "θ",
  mu: "μ",
  sigma: "σ",
  phi: "ϕ",
  Delta: "Δ",
  Phi: "Φ",
};
const FUNCTIONS = new Set(["exp", "log", "max", "min", "tanh"]);
const KEPT = /[A-Za-z0-9\u0370-\u03ff]/;

/** One step through TeX: where it ends and which letters it sets. */
export function texToken(tex: string, at: number): { end: number; letters: string } {
  const environment = /\\(?:begin|end)\{[a-z]+\*?\}/y;
  environment.lastIndex = at;
  if (environment.test(tex)) return { end: environment.lastIndex, letters: "" };
  const command = /\\(?:([A-Za-z]+)|.)/y;
  command.lastIndex = at;
  const [, name] = command.exec(tex) ?? [];
  if (command.lastIndex > at) {
    const letters = name === undefined ? "" : (GREEK[name] ?? (FUNCTIONS.has(name) ? name : ""));
    return { end: command.lastIndex, letters };
  }
  return { end: at + 1, letters: KEPT.test(tex[at]) ? tex[at] : "" };
}

/** The letters and digits of text that is no TeX. */
export function plainLetters(text: string): string {
  return [...text].filter((sign) => KEPT.test(sign)).join("");
}

/** The letters and digits that TeX sets: "\frac{1}{m}\,\Delta" sets 1mΔ. */
export function texLetters(tex: string): string {
  let letters = "";
  for (let at = 0; at < tex.length; ) {
    const token = texToken(tex, at);
    letters += token.letters;
    at = token.end;
  }
  return letters;
}
