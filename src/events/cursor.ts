import { CortadoError, nearest, whatExists } from "../errors.ts";
import { FourVector } from "../vector/index.ts";
import type { FlagsLayout } from "./layout.ts";
import type { ItemStore } from "./source.ts";
import type { Store, ValueKind } from "./store.ts";
import { type NameSpace, unknownName, unknownNames } from "./unknown-name.ts";

/**
 * What a lambda receives: one reused object whose getters read typed arrays at `$i`. The class is generated, one for
 * each set of members, so that a getter is a load from a field of its own and V8 can inline it. A getter either reads or
 * throws, and never merges two ways to a value: then V8 keeps numbers unboxed and never allocates four-vectors in a loop.
 */
export interface Cursor {
  /** Index of the object in its store. */
  $i: number;
  readonly $store: ItemStore;
  readonly collection: string;
}

/** The members a four-vector is made of. */
export const vectorMembers: readonly string[] = ["pt", "eta", "phi", "mass"];

/** Fields above this number are added on first use, so that wide collections keep fast objects. */
const maximalFields = 100;

const classes = new Map<string, new (store: Store) => Cursor>();

/** The cursor class for members of these kinds; the same class for the same members, whichever file they come from. */
export function cursorClass(
  name: string,
  members: Readonly<Record<string, ValueKind>>,
  items: boolean,
  flags?: FlagsLayout,
): new (
  store: Store,
) => Cursor {
  const key = JSON.stringify([name, items, members, flags]);
  const known = classes.get(key);
  if (known !== undefined) return known;
  const made = makeClass(name, members, items, flags);
  classes.set(key, made);
  return made;
}

function makeClass(
  name: string,
  members: Readonly<Record<string, ValueKind>>,
  items: boolean,
  flags: FlagsLayout | undefined,
): new (
  store: Store,
) => Cursor {
  const names = Object.keys(members);
  const vector = items && vectorMembers.every((m) => isNumber(members[m])) && !names.includes("p4");
  const position = name !== "" && !names.includes("pos") && ["x", "y", "z"].every((m) => isNumber(members[m]));
  const few = names.length <= maximalFields;
  const bind = names.map((_, k) =>
    few ? `this.$${k} = a[${k}];` : `if (a[${k}] !== undefined) this.$${k} = a[${k}];`,
  );
  const source = `return class extends Root {
    constructor(store) {
      super(store);
      const a = store.arrays;
      ${vector ? "this.$v = store.cartesian;" : ""}
      ${bind.join("\n")}
    }
    ${names.map((member, k) => getter(member, k, members[member]!)).join("\n")}
    ${vector ? fourVector(vectorMembers.some((m) => members[m] === "checked number")) : ""}
    ${flags === undefined ? "" : flagsMethod(flags)}
    ${position ? "get pos() { return { x: this.x, y: this.y, z: this.z }; }" : ""}
    $names() { return { owner: ${JSON.stringify(name || "events")}, names: ${JSON.stringify([...names, ...(vector ? ["p4"] : []), ...(position ? ["pos"] : [])])}, absent: this.$store.absent }; }
  }`;
  return new Function("Root", "FourVector", "mask", source)(Root, FourVector, maskOf(flags));
}

function flagsMethod({ method, member }: FlagsLayout): string {
  return `[${JSON.stringify(method)}](...names) { const m = mask(names); return (this[${JSON.stringify(member)}] & m) === m; }`;
}

/** The bits with these names as one number. Throws `UsageError` for a name that is no bit. */
function maskOf(flags: FlagsLayout | undefined): (names: readonly string[]) => number {
  const values = new Map(flags?.bits.map((bit, k) => [bit, 1 << k]));
  return (names) => {
    let mask = 0;
    for (let k = 0; k < names.length; k++) {
      const value = values.get(names[k]!);
      if (value === undefined) throw unknownFlag(names[k]!, flags!);
      mask |= value;
    }
    return mask;
  };
}

function unknownFlag(name: string, { method, bits }: FlagsLayout): Error {
  return new CortadoError("UsageError", `${method}: there is no flag "${name}". ${whatExists(String(name), bits)}`, {
    code: "BadArgument",
    nearest: nearest(String(name), bits),
  });
}

function isNumber(kind: ValueKind | undefined): boolean {
  return kind === "number" || kind === "checked number";
}

function getter(member: string, k: number, kind: ValueKind): string {
  const text = JSON.stringify(member);
  if (kind === "list" || kind === "checked list")
    return `get [${text}]() { const v = this.$${k}; if (v === undefined) throw this.$store.unready([${text}]); return v.at(this.$i); }`;
  if (kind !== "number" && kind !== "boolean" && kind !== "bigint")
    return `get [${text}]() { if (!this.$store.ready(${text})) throw this.$store.unready([${text}]); return this.$store.read(${text}, this.$i); }`;
  return `get [${text}]() {
    const v = this.$${k}; if (v === undefined) throw this.$store.unready([${text}]);
    return v[this.$i]${kind === "boolean" ? " !== 0" : ""};
  }`;
}

function fourVector(checked: boolean): string {
  return `get p4() {
    const v = this.$v; if (v === undefined) throw this.$store.unready(${JSON.stringify(vectorMembers)});
    const k = this.$i << 2; ${checked ? "this.$store.checkVector(this.$i);" : ""}
    return new FourVector(v[k], v[k + 1], v[k + 2], v[k + 3]);
  }`;
}

class Root {
  declare $i: number;
  declare readonly $store: Store;

  constructor(store: Store) {
    this.$store = store;
    this.$i = 0;
  }

  get collection(): string {
    return this.$store.name;
  }

  is(other: Cursor): boolean {
    return other.$store === this.$store && other.$i === this.$i;
  }

  has(member: string): boolean {
    if (!Object.hasOwn(this.$store.members, member)) throw unknownName(member, this.$names());
    if (!this.$store.ready(member)) throw this.$store.unready([member]);
    return this.$store.has(member, this.$i);
  }

  /** Replaced in every generated class. */
  $names(): NameSpace {
    return { owner: this.$store.name, names: [] };
  }

  $print(): string {
    return `${this.$store.name || "event"} ${this.$i}`;
  }
}
Object.setPrototypeOf(Root.prototype, unknownNames);
