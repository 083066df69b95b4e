/**
 * The inside of tslab that the kernel wraps. tslab publishes none of it, so its version is pinned in package.json
 * and tests/kernel.test.ts holds every method named here to what Jupyter asks of it.
 */
export interface Message {
  identity: Buffer[];
  header: { msg_type: string; msg_id: string; session: string };
  content: Record<string, unknown>;
  createReply(): Message;
  signAndSend(key: string, socket: unknown): void;
}

export interface MessageClass {
  fromRaw(key: string, frames: Buffer[]): Message;
}

export interface Executor {
  execute(code: string): Promise<boolean>;
  interrupt(): void;
}

export interface OwnConsole {
  log(value: unknown): void;
  error(...values: unknown[]): void;
}

export interface DisplayData {
  data: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  transient?: Record<string, unknown>;
}

export interface Handler {
  execCount: number;
  handleKernel(): Record<string, unknown>;
}

export interface Socket {
  bind(address: string): Promise<void>;
  send(frames: unknown): Promise<void>;
  linger: number;
}

export interface Server {
  handler: Handler;
  connInfo: { key: string; transport: string; ip: string; [port: string]: unknown };
  iopub: unknown;
  bindSocket(socket: Socket, port: number): Promise<void>;
  publishStatus(state: "busy" | "idle", parent: Message): void;
  handleShellMessage(socket: Socket, ...frames: Buffer[]): Promise<void>;
  handleKernelInfo(socket: { send(frames: unknown): void }, message: Message): void;
  handleIsComplete(socket: { send(frames: unknown): void }, message: Message): void;
  handleInspect(socket: { send(frames: unknown): void }, message: Message): void;
  handleComplete(socket: { send(frames: unknown): void }, message: Message): void;
}

interface ExecutorModule {
  createExecutor(root: string, converters: unknown, console: OwnConsole): Executor;
}

interface JupyterModule {
  lastWriteDisplayData: ((data: DisplayData, update: boolean) => void) | null;
  JupyterHandlerImpl: { prototype: Handler };
  ZmqServer: { prototype: Server };
}

interface MainModule {
  startKernel(options: {
    configPath: string;
    enableFindLocal: boolean;
    jsKernel: boolean;
    globalVersion: string;
  }): void;
}

// `require`, because an `import` would give a copy: tslab's own modules would not see what is replaced.
/** The compiler that tslab uses, as an object whose functions can be replaced: the package's own exports are fixed. */
export const typescript: typeof import("@tslab/typescript-for-tslab") = (() => {
  const compiler = require("@tslab/typescript-for-tslab");
  const cached = require.cache[require.resolve("@tslab/typescript-for-tslab")] as NodeModule;
  cached.exports = { ...compiler };
  return cached.exports;
})();
export const executorModule: ExecutorModule = require("tslab/dist/executor");
export const jupyterModule: JupyterModule = require("tslab/dist/jupyter");
export const mainModule: MainModule = require("tslab/dist/main");
export const tslabVersion: string = require("tslab/package.json").version;
