import type { Names } from "../child/names";
import type { CellTokens } from "../child/tokens";
import { compileLimits } from "../sandbox/limits";
import { type Reply, type Sandbox, startSandbox } from "../sandbox/sandbox";
import type {
  CompiledCell,
  CompileErrors,
  CompileRequest,
  CompileResponse,
  SourceCell,
} from "../wire/messages";
import { wordsForEnding } from "./exam";
import type { Inside } from "./inside";
import { Kept } from "./kept";
import { AnswerProblem } from "./part";

/**
 * Compiles cells in a sandbox that is kept for one submission after another: nothing of a student's runs in it. What it
 * cannot cope with ends the process; the next request gets a new one.
 */
export class Compiler {
  #sandbox: Sandbox | undefined;

  /** @param kept what was answered before; compilers may share it */
  constructor(
    private readonly inside: Inside,
    private readonly kept = new Kept<CompileResponse>(),
  ) {}

  /** @throws AnswerProblem if the source cannot be read within the limits */
  async names(source: string): Promise<Names> {
    const response = await this.#ask({ names: source });
    if ("names" in response) return response.names;
    throw new AnswerProblem("the cell cannot be read");
  }

  /** @throws AnswerProblem if the source cannot be read within the limits */
  async tokens(source: string): Promise<CellTokens> {
    const response = await this.#ask({ tokens: source });
    if ("tokens" in response) return response.tokens;
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

  /** A process that earlier requests have filled up may fail where a new one does not: only a new one has the last word. */
  async #ask(request: CompileRequest): Promise<CompileResponse> {
    const line = JSON.stringify(request);
    const known = this.kept.get(line);
    if (known) return known;
    const used = this.#sandbox !== undefined;
    let reply = await this.#send(line);
    if ("ending" in reply && used) reply = await this.#send(line);
    if ("ending" in reply)
      throw new AnswerProblem(`the compiler did not cope with it: ${wordsForEnding(reply.ending)}`);
    const response = JSON.parse(reply.answer) as CompileResponse;
    this.kept.set(line, response, reply.answer.length);
    return response;
  }

  async #send(line: string): Promise<Reply> {
    const { compiler, confinement } = this.inside;
    this.#sandbox ??= startSandbox(compiler.mounts, compiler.script, compileLimits, confinement);
    const reply = await this.#sandbox.ask(line);
    if ("ending" in reply) this.#sandbox = undefined;
    return reply;
  }
}
