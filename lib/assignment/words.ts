import { digitsApart } from "../gradients/compare";
import type { Problem } from "./examination";
import type { InBoth, Language } from "./question";
import type { Slip } from "./slips";

/** Witnesses whose names the Chinese words translate. */
const witnessesInChinese: Readonly<Record<string, string>> = {
  "finite differences": "有限差分",
  "the definition": "定义",
  "the branch": "分支",
  "the shortcut": "捷径",
  "a network that has learned": "学会了的网络",
};

const placeOf = (value: string, index: readonly number[]) =>
  index.length === 0 ? value : `${value}[${index.join(",")}]`;

/** Sentences about a question, for a student. */
interface Words {
  unwritten(subject: string, equation: string): string;
  holds(subject: string, values: number, inputs: number): string;
  problem(subject: string, problem: Problem): string;
  slip(slip: Slip): string;
  hint(number: number, count: number, text: string): string;
  lastHint(read: string): string;
  askForHint(question: string): string;
  noQuestion(name: string, names: string): string;
  readonly states: Readonly<Record<"holds" | "open" | "fails", string>>;
  readonly headers: readonly [string, string, string];
  done(holding: number, count: number): string;
}

/**
 * What an assignment says, in English and in Chinese.
 * @example
 * words.en.hint(1, 3, "Look at the shapes.") // "Hint 1 of 3: Look at the shapes."
 * words.en.problem("f", { kind: "differs", probe: "m = 5", value: "dBias", index: [1, 0], own: 0.0404, witness: "finite differences", other: 0.0808 }) // "f: dBias[1,0] is 0.0404, finite differences give 0.0808 (m = 5)"
 */
export const words: InBoth<Words> = {
  en: {
    unwritten: (subject, equation) => `${subject} is yours to write: ${equation}`,
    holds: (subject, values, inputs) =>
      `✓ ${subject}: ${values} ${values === 1 ? "value" : "values"} on ${inputs} ${inputs === 1 ? "input" : "inputs"}`,
    problem(subject, problem) {
      const { probe } = problem;
      if (problem.kind === "threw") return `${subject} threw an error: ${problem.message} (${probe})`;
      if (problem.kind === "shape")
        return `${subject}: ${problem.value} is ${problem.is}, expected ${problem.expected} (${probe})`;
      const { value, index, own, witness, other } = problem;
      const [a, b] = digitsApart(own, other);
      const give = /(differences|numbers)$/.test(witness) ? "give" : "gives";
      return `${subject}: ${placeOf(value, index)} is ${a}, ${witness} ${give} ${b} (${probe})`;
    },
    slip: ({ wrong, read }) => `This is a known slip: ${wrong.en} Read: ${read}.`,
    hint: (number, count, text) => `Hint ${number} of ${count}: ${text}`,
    lastHint: (read) => `There is no further hint. Read: ${read}.`,
    askForHint: (question) => `For a hint: assignment.hint("${question}")`,
    noQuestion: (name, names) => `there is no question "${name}" (there are ${names})`,
    states: { holds: "holds", open: "not checked yet", fails: "does not hold yet" },
    headers: ["question", "function", "state"],
    done: (holding, count) => `${holding} of ${count} questions hold`,
  },
  zh: {
    unwritten: (subject, equation) => `${subject} 等你来写：${equation}`,
    holds: (subject, values, inputs) => `✓ ${subject}：${inputs} 组输入，${values} 个值全部正确`,
    problem(subject, problem) {
      const { probe } = problem;
      if (problem.kind === "threw") return `${subject} 抛出了错误：${problem.message}（${probe}）`;
      if (problem.kind === "shape")
        return `${subject}：${problem.value} 是 ${problem.is}，应为 ${problem.expected}（${probe}）`;
      const { value, index, own, witness, other } = problem;
      const [a, b] = digitsApart(own, other);
      const name = witnessesInChinese[witness] ?? `${witness} `;
      return `${subject}：${placeOf(value, index)} 是 ${a}，${name}给出 ${b}（${probe}）`;
    },
    slip: ({ wrong, read }) => `这是一个常见错误：${wrong.zh}参见：${read}。`,
    hint: (number, count, text) => `提示 ${number}/${count}：${text}`,
    lastHint: (read) => `没有更多提示了。请阅读：${read}。`,
    askForHint: (question) => `需要提示：assignment.hint("${question}")`,
    noQuestion: (name, names) => `没有名为“${name}”的题目（有 ${names}）`,
    states: { holds: "正确", open: "还没有检查", fails: "还不正确" },
    headers: ["题目", "函数", "状态"],
    done: (holding, count) => `${count} 题中已有 ${holding} 题正确`,
  },
};

/**
 * Whether it is a language of the assignments.
 * @example
 * isLanguage("de") // false
 */
export const isLanguage = (language: string): language is Language => Object.hasOwn(words, language);
