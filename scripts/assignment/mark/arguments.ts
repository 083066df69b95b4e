import type { Matrix } from "../../../lib/matrix";
import type { Params } from "../../../lib/params";
import { encode } from "../wire/encode";
import type { Argument, Target } from "../wire/messages";

/** A number, a matrix, a list or a record of them as an argument. */
export const given = (value: Params | Matrix | number | string | boolean | null): Argument => ({
  data: encode(value),
});

/** Something that exists inside as an argument: an earlier result, an export of lib. */
export const inside = (target: Target): Argument => ({ target });

/** What `path` leads to in the result of an earlier call. */
export const from = (call: number, path = ""): Target => ({ call, at: path === "" ? [] : path.split(".") });

/** An export of the lib inside. */
export const libExport = (lib: string, name: string): Target => ({ lib, name });

/** A record of arguments. */
export const recordOf = (record: Readonly<Record<string, Argument>>): Argument => ({ record });

/** A list of arguments. */
export const listOf = (list: readonly Argument[]): Argument => ({ list });
