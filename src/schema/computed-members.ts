import type { CollectionLayout, Computation, LayoutColumn } from "../events/index.ts";
import type { CollectionSchema } from "./schema.ts";

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

  /** Adds a member made of others; nothing if one of them is absent, or not one number for each object. */
  function add(
    member: string,
    type: LayoutColumn["type"],
    kind: Computation["kind"],
    of: readonly string[],
    more: { readonly value?: number; readonly target?: string; readonly title: string },
  ): void {
    const names = of.map((one) => members[one]);
    if (!names.every((name) => name !== undefined && isNumbers(columns[name]))) return;
    const { value, target, title } = more;
    made.push([
      member,
      {
        path: [],
        type,
        depth: target === undefined ? 1 : 2,
        nullable: false,
        collection: owner,
        title,
        computed: { kind, of: names as string[], ...(value !== undefined && { value }) },
        ...(target !== undefined && { target }),
      },
    ]);
  }

  for (const [member, value] of Object.entries(rules.constants ?? {}))
    add(member, Number.isInteger(value) && member !== "mass" ? "int32" : "float32", "constant", [], {
      value,
      title: `${value}, not in the file`,
    });
  for (const [member, { to, by }] of Object.entries(rules.references ?? {}))
    if (Object.hasOwn(collections, to))
      add(member, "int32", "reference", by, { target: to, title: `by ${by.join(", ")}` });
  if (rules.family !== undefined)
    for (const [member, kind, needsKind] of family) {
      const of = needsKind ? [rules.family.parent, rules.family.kind] : [rules.family.parent];
      add(member, "int32", kind, of, { target: owner, title: `by ${of.join(" and ")}` });
    }
  for (const [member, tests] of Object.entries(rules.tests ?? {})) {
    const rule = tests.find(({ of }) => members[of] !== undefined);
    if (rule === undefined) continue;
    if ("bits" in rule)
      add(member, "bool", "bits", [rule.of], { value: rule.bits, title: `bits ${rule.bits} of ${rule.of}` });
    else
      add(member, "bool", "at least", [rule.of], { value: rule.atLeast, title: `${rule.of} at least ${rule.atLeast}` });
  }
  if (rules.mass !== undefined) {
    const { pt, eta, energy } = rules.mass;
    add("mass", "float64", "mass", [pt, eta, energy], { title: `by ${pt}, ${eta}, ${energy}` });
  }
  return made;
}

function isNumbers(column: LayoutColumn | undefined): boolean {
  return column?.depth === 1 && column.type !== "string" && column.type !== "bytes" && column.type !== "bool";
}
