import type { CollectionLayout, Computation, LayoutColumn } from "../events/index.ts";
import type { CollectionSchema, RecordSchema } from "./schema.ts";

/** Relations within a collection of particles, and how each is made of the parent's index and the kind. */
const family: readonly (readonly [member: string, kind: Computation["kind"], needsKind: boolean])[] = [
  ["parent", "reference", false],
  ["children", "children", false],
  ["distinctParent", "distinct parent", true],
  ["distinctChildren", "distinct children", true],
  ["distinctChildrenDeep", "distinct children deep", true],
];

/**
 * The members that a schema adds to a collection, as far as what they are made of exists. Where a member exists
 * already, the caller keeps that one.
 */
export function computedMembers(
  owner: string,
  rules: CollectionSchema,
  members: Readonly<Record<string, string>>,
  columns: Readonly<Record<string, LayoutColumn>>,
  collections: Readonly<Record<string, CollectionLayout>>,
): [member: string, column: LayoutColumn][] {
  const made: [string, LayoutColumn][] = [];

  /** A member with the title of its branch. */
  const documented = (member: string): string => {
    const title = columns[members[member] ?? ""]?.title;
    return title === undefined ? member : `${member} (${title})`;
  };

  /** Indices into all objects of a chunk, one or, of several columns, a list for each object. */
  function addGlobal(member: string, to: string, by: readonly string[]): void {
    add(member, "int32", "global index", by, {
      into: to,
      title: `index into ${to} of all events of the chunk, -1 for none`,
    });
  }

  /** Adds a member made of others; nothing if one of them is absent, or not one number for each object. */
  function add(
    member: string,
    type: LayoutColumn["type"],
    kind: Computation["kind"],
    of: readonly string[],
    more: { readonly value?: number; readonly target?: string; readonly into?: string; readonly title: string },
  ): void {
    const names = of.map((one) => members[one]);
    if (!names.every((name) => name !== undefined && isNumbers(columns[name]))) return;
    const { value, target, into, title } = more;
    made.push([
      member,
      {
        path: [],
        type,
        depth: target === undefined && !(kind === "global index" && of.length > 1) ? 1 : 2,
        nullable: false,
        collection: owner,
        title,
        computed: {
          kind,
          of: names as string[],
          ...(value !== undefined && { value }),
          ...(into !== undefined && { into }),
        },
        ...(target !== undefined && { target }),
      },
    ]);
  }

  for (const [member, value] of Object.entries(rules.constants ?? {}))
    add(member, Number.isInteger(value) && member !== "mass" ? "int32" : "float32", "constant", [], {
      value,
      title: `${value}, not in the file`,
    });
  for (const [member, { to, by }] of Object.entries(rules.references ?? {})) {
    if (!Object.hasOwn(collections, to)) continue;
    add(member, "int32", "reference", by, { target: to, title: `by ${by.map(documented).join(", ")}` });
    for (const index of by) addGlobal(`${index}G`, to, [index]);
    const stems = new Set(by.map((index) => index.replace(/\d$/, "")));
    if (by.length > 1 && stems.size === 1) addGlobal(`${[...stems][0]}G`, to, by);
  }
  if (rules.family !== undefined) {
    addGlobal(`${rules.family.parent}G`, owner, [rules.family.parent]);
    for (const [member, kind, needsKind] of family) {
      const of = needsKind ? [rules.family.parent, rules.family.kind] : [rules.family.parent];
      add(member, "int32", kind, of, { target: owner, title: `by ${of.map(documented).join(" and ")}` });
    }
  }
  for (const [member, tests] of Object.entries(rules.tests ?? {})) {
    const rule = tests.find(({ of }) => members[of] !== undefined);
    if (rule === undefined) continue;
    if ("bits" in rule)
      add(member, "bool", "bits", [rule.of], {
        value: rule.bits,
        title: `bits ${rule.bits} of ${documented(rule.of)}`,
      });
    else
      add(member, "bool", "at least", [rule.of], {
        value: rule.atLeast,
        title: `at least ${rule.atLeast} in ${documented(rule.of)}`,
      });
  }
  if (rules.mass !== undefined) {
    const { pt, eta, energy } = rules.mass;
    add("mass", "float64", "mass", [pt, eta, energy], { title: `by ${pt}, ${eta}, ${energy}` });
  }
  return made;
}

/** The components of a vector in the transverse plane; none if one of the polar ones is no number. */
export function polarMembers(
  { pt, phi }: NonNullable<RecordSchema["polar"]>,
  members: Readonly<Record<string, string>>,
  columns: Readonly<Record<string, LayoutColumn>>,
): [member: string, column: LayoutColumn][] {
  const of = [pt, phi].map((one) => members[one]);
  if (!of.every((name) => name !== undefined && isNumbers(columns[name], 0))) return [];
  return (["x", "y"] as const).map((kind) => [
    `p${kind}`,
    {
      path: [],
      type: "float64",
      depth: 0,
      nullable: false,
      title: `by ${pt}, ${phi}`,
      computed: { kind, of: of as string[] },
    },
  ]);
}

/** Why members are not there: what the schema says, and what tests are made of. */
export function absentMembers(
  { absent = {}, tests = {} }: CollectionSchema,
  members: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const reasons: Record<string, string> = {};
  for (const [member, reason] of Object.entries(absent)) if (members[member] === undefined) reasons[member] = reason;
  for (const [member, rules] of Object.entries(tests)) {
    if (members[member] !== undefined || rules.some(({ of }) => members[of] !== undefined)) continue;
    const made = rules.map(({ of }) => of);
    const why = made.flatMap((of) => absent[of] ?? []);
    reasons[member] = [`it is made of ${made.join(" or ")}, which this file does not have`, ...why].join("; ");
  }
  return reasons;
}

function isNumbers(column: LayoutColumn | undefined, depth = 1): boolean {
  return column?.depth === depth && column.type !== "string" && column.type !== "bytes" && column.type !== "bool";
}
