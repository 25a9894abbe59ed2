import { CortadoError, nearest, whatExists } from "../errors.ts";

/** What an object with checked names is called, and the names it knows: what its method `$names` answers. */
export interface NameSpace {
  /** `"Jet"`, `"the events"`. */
  readonly owner: string;
  readonly names: readonly string[];
  /** Why a name that one may look for is not there. */
  readonly absent?: Readonly<Record<string, string>> | undefined;
}

/** What Node calls to show an object: every object with checked names has a method `$print`. */
const print = Symbol.for("nodejs.util.inspect.custom");

/** What is asked of an object to find out what it is: by Node, by test tools, and (`$empty`, `$single`) by a definition of its answer. */
const silent = new Set([
  "then",
  "toJSON",
  "constructor",
  "nodeType",
  "asymmetricMatch",
  "$$typeof",
  "$empty",
  "$single",
]);

/**
 * The end of a prototype chain on which no lookup of a misspelt name comes back as `undefined`: it throws
 * `MissingColumnError` with the nearest names. Names that exist never get here, so they cost nothing.
 */
export const unknownNames: object = new Proxy(Object.create(Object.prototype), {
  get(target, name, receiver) {
    if (name === print) return receiver.$print;
    if (typeof name === "symbol" || name in target || silent.has(name)) return Reflect.get(target, name, receiver);
    throw unknownName(name, receiver.$names());
  },
});

/** The error for a name that does not exist in `space`. */
export function unknownName(name: string, space: NameSpace): CortadoError<"MissingColumnError"> {
  const column = `${space.owner === "events" ? "" : `${space.owner}.`}${name}`;
  const absent = space.absent ?? {};
  const reason = Object.hasOwn(absent, name) ? `: ${absent[name]}` : "";
  return new CortadoError(
    "MissingColumnError",
    `${space.owner} has no "${name}"${reason}. ${whatExists(name, space.names)}`,
    { code: "UnknownColumn", column, nearest: nearest(name, space.names) },
  );
}
