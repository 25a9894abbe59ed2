import { FourVector } from "../vector/index.ts";
import type { Store, ValueKind } from "./store.ts";
import { unknownNames } from "./unknown-name.ts";

/**
 * What a lambda receives: one reused object whose getters read typed arrays at `$i`. The class is generated, one for
 * each set of members, so that a getter is a load from a field of its own and V8 can inline it; the arrays are bound on first use.
 */
export interface Cursor {
  /** Index of the object in its store. */
  $i: number;
  readonly $store: Store;
  readonly collection: string;
}

/** Fields above this number are added on first use, so that wide collections keep fast objects. */
const maximalFields = 100;

const classes = new Map<string, new (store: Store) => Cursor>();

/** The cursor class for members of these kinds; the same class for the same members, whichever file they come from. */
export function cursorClass(
  name: string,
  members: Readonly<Record<string, ValueKind>>,
  items: boolean,
): new (
  store: Store,
) => Cursor {
  const key = JSON.stringify([name, items, members]);
  const known = classes.get(key);
  if (known !== undefined) return known;
  const made = makeClass(name, members, items);
  classes.set(key, made);
  return made;
}

function makeClass(
  name: string,
  members: Readonly<Record<string, ValueKind>>,
  items: boolean,
): new (
  store: Store,
) => Cursor {
  const names = Object.keys(members);
  const vector = items && ["pt", "eta", "phi", "mass"].every((m) => members[m] === "number");
  const fields = names.length <= maximalFields ? names.map((_, k) => `this.$${k} = undefined;`).join(" ") : "";
  const getters = names.map((member, k) => {
    const text = JSON.stringify(member);
    const value = members[member] === "boolean" ? "v[this.$i] !== 0" : "v[this.$i]";
    return members[member] === "string" || members[member] === "list"
      ? `get [${text}]() { return this.$store.read(${text}, this.$i); }`
      : `get [${text}]() { const v = this.$${k}; return v !== undefined ? ${value} : this.$first(${k}, ${text}); }`;
  });
  const p4 = `get p4() {
    let c = this.$p4; if (c === undefined) c = this.$p4 = this.$store.cartesian;
    const i = this.$i; return new FourVector(c.x[i], c.y[i], c.z[i], c.t[i]);
  }`;
  const source = `return class extends Root {
    constructor(store) { super(store); ${vector && !names.includes("p4") ? "this.$p4 = undefined;" : ""} ${fields} }
    ${getters.join("\n")}
    ${vector && !names.includes("p4") ? p4 : ""}
    $names() { return { owner: ${JSON.stringify(name || "events")}, names: ${JSON.stringify([...names, ...(vector ? ["p4"] : [])])} }; }
  }`;
  return new Function("Root", "FourVector", source)(Root, FourVector);
}

class Root {
  $i = 0;
  readonly $store: Store;

  constructor(store: Store) {
    this.$store = store;
  }

  /** First use of member number `k`: binds its array if it can be read without checks. */
  $first(k: number, member: string): unknown {
    const values = this.$store.direct(member);
    if (values !== undefined) (this as unknown as Record<string, unknown>)[`$${k}`] = values;
    return this.$store.read(member, this.$i);
  }

  get collection(): string {
    return this.$store.name;
  }

  is(other: Cursor): boolean {
    return other.$store === this.$store && other.$i === this.$i;
  }

  has(member: string): boolean {
    return this.$store.has(member, this.$i);
  }

  $print(): string {
    return `${this.$store.name || "event"} ${this.$i}`;
  }
}
Object.setPrototypeOf(Root.prototype, unknownNames);
