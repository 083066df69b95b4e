/** What tslab's use of the TypeScript compiler needs changed; the rest of tslab's compiler stays as it is. */
import { loopChecks } from "./loop-checks";
import { completeShorthand } from "./shorthand";
import { inlinedMap, isCellSource, keepMaps, withoutMapComment } from "./source-maps";
import { typescript } from "./tslab";

interface WatchHost {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

const REBUILD_TIMER = "updateProgramWithWatchStatus";

export function wrapCompiler(): void {
  const createHost = typescript.createWatchCompilerHost as unknown as (...args: unknown[]) => WatchHost;
  const withMaps = { inlineSourceMap: true, inlineSources: true };
  Object.assign(typescript, {
    createWatchCompilerHost: (files: unknown, options: object, ...rest: unknown[]) =>
      allowOtherTimers(createHost(files, { ...options, ...withMaps }, ...rest)),
  });

  const transpile = typescript.transpileModule;
  typescript.transpileModule = (code, options) => {
    const toModern = inlinedMap(code);
    if (!toModern) {
      return transpile(code, options);
    }
    const result = transpile(withoutMapComment(code), {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
      transformers: {
        before: isCellSource(toModern) ? [completeShorthand, loopChecks(true)] : [loopChecks(false)],
      },
    });
    keepMaps(toModern, JSON.parse(result.sourceMapText as string));
    return { ...result, outputText: withoutMapComment(result.outputText) };
  };
}

/**
 * tslab has room for one timer of the compiler, the one that rebuilds. The compiler sets another when files come or go
 * in a folder that it watches (npm install, a new file in lib/), after which stock tslab fails every cell with
 * "Unexpected pending rebuildTimer". That other one is a plain timer here.
 */
function allowOtherTimers(host: WatchHost): WatchHost {
  const { setTimeout: setRebuild, clearTimeout: clearRebuild } = host;
  const others = new Set<unknown>();
  host.setTimeout = (callback, ms) => {
    if (callback.name === REBUILD_TIMER) {
      return setRebuild(callback, ms);
    }
    const timer = setTimeout(callback, ms).unref();
    others.add(timer);
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (others.delete(timer)) {
      clearTimeout(timer as NodeJS.Timeout);
    } else {
      clearRebuild(timer);
    }
  };
  return host;
}
