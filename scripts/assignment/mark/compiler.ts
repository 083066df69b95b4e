import type { Names } from "../child/names";
import { compileLimits } from "../sandbox/limits";
import { type Sandbox, startSandbox } from "../sandbox/sandbox";
import type {
  CompiledCell,
  CompileErrors,
  CompileRequest,
  CompileResponse,
  SourceCell,
} from "../wire/messages";
import { wordsForEnding } from "./exam";
import type { Inside } from "./inside";
import { AnswerProblem } from "./part";

/**
 * Compiles cells in a sandbox that is kept for one submission after another: nothing of a student's runs in it. What it
 * cannot cope with ends the process; the next request gets a new one.
 */
export class Compiler {
  #sandbox: Sandbox | undefined;
  #kept = new Map<string, CompileResponse>();

  constructor(private readonly inside: Inside) {}

  /** @throws AnswerProblem if the source cannot be read within the limits */
  async names(source: string): Promise<Names> {
    const response = await this.#ask({ names: source });
    if ("names" in response) return response.names;
    throw new AnswerProblem("the cell cannot be read");
  }

  /** @throws AnswerProblem if the cells cannot be compiled within the limits */
  async compile(cells: readonly SourceCell[]): Promise<readonly (CompiledCell | CompileErrors)[]> {
    const response = await this.#ask({ compile: cells });
    if ("compiled" in response) return response.compiled;
    throw new AnswerProblem("the cells cannot be compiled");
  }

  async stop(): Promise<void> {
    await this.#sandbox?.stop();
    this.#sandbox = undefined;
  }

  async #ask(request: CompileRequest): Promise<CompileResponse> {
    const line = JSON.stringify(request);
    const known = this.#kept.get(line);
    if (known) return known;
    const { mounts, script } = this.inside.compiler;
    this.#sandbox ??= startSandbox(mounts, script, compileLimits);
    const reply = await this.#sandbox.ask(line);
    if ("ending" in reply) {
      this.#sandbox = undefined;
      throw new AnswerProblem(`the compiler did not cope with it: ${wordsForEnding(reply.ending)}`);
    }
    const response = JSON.parse(reply.answer) as CompileResponse;
    this.#kept.set(line, response);
    return response;
  }
}
