import { expressionError, NamePlaces } from "./expression-error.ts";
import { elementFunctions, listFunctions } from "./expression-functions.ts";
import type { Node } from "./expression-tree.ts";
import {
  isCondition,
  logicals,
  methods,
  operators,
  type Part,
  promoted,
  sameType,
  type Type,
  typeOf,
} from "./expression-types.ts";
import type { EventLayout, LayoutColumn } from "./layout.ts";

/** Turns a syntax tree into JavaScript text, part by part, and checks names, types and shapes on the way. */
export class Compiler {
  readonly text: string;
  readonly layout: EventLayout;
  readonly defined: readonly string[];
  readonly places: NamePlaces;

  constructor(text: string, layout: EventLayout, defined: readonly string[]) {
    this.text = text;
    this.layout = layout;
    this.defined = defined;
    this.places = new NamePlaces(text);
  }

  part(node: Node): Part {
    switch (node.type) {
      case "ConstantNode":
        return this.constant(node.value);
      case "ParenthesisNode":
        return this.part(node.content);
      case "SymbolNode":
        return this.symbol(node.name);
      case "AccessorNode":
        return this.accessor(node);
      case "OperatorNode":
      case "RelationalNode":
        return this.operator(node);
      case "FunctionNode":
        return this.call(node);
      case "ConditionalNode":
        return this.conditional(node);
      default:
        throw this.error("here", `an expression has no ${node.type.replace("Node", "").toLowerCase()}`);
    }
  }

  /** Points at `position`, or at the name that was looked at last. */
  private error(position: number | "here", what: string, names: readonly string[] = [], name = ""): Error {
    return expressionError(this.text, position === "here" ? this.places.last : position, what, names, name);
  }

  private constant(value: unknown): Part {
    if (typeof value === "boolean") return { kind: "value", js: String(value), type: "boolean", usesEvent: false };
    if (typeof value !== "number") throw this.error("here", `${JSON.stringify(value)} is not a number`);
    return { kind: "value", js: String(value), type: "literal", usesEvent: false };
  }

  private symbol(name: string): Part {
    const position = this.places.next(name);
    if (name === "true" || name === "false") return { kind: "value", js: name, type: "boolean", usesEvent: false };
    if (name === "pi") return { kind: "value", js: "Math.PI", type: "literal", usesEvent: false };
    const { collections, records, scalars, columns } = this.layout;
    const js = `e[${JSON.stringify(name)}]`;
    if (Object.hasOwn(collections, name)) {
      const { self, members } = collections[name]!;
      const items = { collection: name, conditions: [], usesEvent: false };
      if (self === undefined || Object.keys(members).length > 1) return { kind: "items", ...items };
      return { kind: "list", ...items, js: "i", type: typeOf(columns[self]!) };
    }
    if (Object.hasOwn(records, name)) return { kind: "record", name };
    if (Object.hasOwn(scalars, name))
      return { kind: "value", js, type: typeOf(columns[scalars[name]!]!), usesEvent: true };
    if (this.defined.includes(name)) return { kind: "value", js, type: "unknown", usesEvent: true };
    const names = [...Object.keys(collections), ...Object.keys(records), ...Object.keys(scalars), ...this.defined];
    throw this.error(position, `events have no "${name}".`, names, name);
  }

  private accessor(node: Node): Part {
    const object = this.part(node.object);
    if (!node.index.dotNotation) return this.filter(object, node.index.dimensions);
    const member = String(node.index.dimensions[0]!.value);
    const position = this.places.next(member);
    if (object.kind === "record") {
      const members = this.layout.records[object.name]!;
      const column = this.member(members, member, object.name, position);
      return {
        kind: "value",
        js: `e[${JSON.stringify(object.name)}][${JSON.stringify(member)}]`,
        type: typeOf(column),
        usesEvent: true,
      };
    }
    if (object.kind !== "items") throw this.error(position, `a value has no member "${member}"`);
    const { members } = this.layout.collections[object.collection]!;
    const column = this.member(members, member, object.collection, position);
    return { ...object, kind: "list", js: `i[${JSON.stringify(member)}]`, type: typeOf(column) };
  }

  private member(
    members: Readonly<Record<string, string>>,
    name: string,
    owner: string,
    position: number,
  ): LayoutColumn {
    if (!Object.hasOwn(members, name))
      throw this.error(position, `${owner} has no "${name}".`, Object.keys(members), name);
    return this.layout.columns[members[name]!]!;
  }

  private filter(object: Part, dimensions: readonly Node[]): Part {
    if (dimensions.length !== 1) throw this.error("here", "one condition goes into the brackets");
    const condition = this.part(dimensions[0]!);
    if (object.kind !== "items" && object.kind !== "list")
      throw this.error("here", "only lists can be filtered with [...]");
    if (
      condition.kind === "values" ||
      condition.kind === "items" ||
      condition.kind === "record" ||
      !isCondition(condition.type)
    )
      throw this.error(
        this.text.indexOf("[") + 1,
        "the brackets need a condition, true or false for each item: [Jet.pt > 30]",
      );
    if (condition.kind === "list") this.checkSameList(object, condition);
    const conditions = [...object.conditions, condition.js];
    return { ...object, conditions, usesEvent: object.usesEvent || condition.usesEvent };
  }

  private checkSameList(a: Part, b: Part): void {
    if ((a.kind !== "list" && a.kind !== "items") || (b.kind !== "list" && b.kind !== "items")) return;
    if (a.collection !== b.collection)
      throw this.error(
        "here",
        `lists of ${a.collection} and ${b.collection} have different lengths and cannot be combined`,
      );
    if (a.conditions.join() !== b.conditions.join())
      throw this.error(
        "here",
        `differently filtered lists of ${a.collection} have different lengths and cannot be combined`,
      );
  }

  private operator(node: Node): Part {
    if (node.type === "RelationalNode") throw this.error("here", "a chain of comparisons: write a < b & b < c");
    const parts = node.args.map((argument) => this.part(argument));
    const [a, b] = parts as [Part, Part | undefined];
    if (b === undefined) {
      if (node.op === "-") return this.combine([a], ([x]) => `(-${x})`, sameType);
      if (node.op === "not")
        return this.combine(
          [a],
          ([x]) => `(!${x})`,
          (types) => this.logical("not", types),
        );
      throw this.error("here", `"${node.op}" is not an operator of one value here`);
    }
    const operator = operators[node.op];
    if (operator === undefined)
      throw this.error("here", `there is no operator "${node.op}"`, Object.keys(operators), node.op);
    if (operator === "logical" || operator === "bits")
      return this.combine(
        [a, b],
        ([x, y], types) => `(${x} ${types.every(isCondition) ? logicals[node.op] : node.op} ${y})`,
        (types) =>
          operator === "bits" && types.every((t) => t === "integer" || t === "literal")
            ? "integer"
            : this.logical(node.op, types),
      );
    const compares = operator === "compare";
    const js = node.op === "^" ? "**" : node.op;
    const type = (types: readonly Type[]): Type => (compares ? "boolean" : promoted(types, node.op === "/"));
    return this.combine([a, b], ([x, y]) => `(${x} ${js} ${y})`, type, !compares);
  }

  private logical(op: string, types: readonly Type[]): Type {
    if (types.every(isCondition)) return "boolean";
    throw this.error("here", `"${op}" needs conditions on both sides; write x != 0 for a number`);
  }

  private conditional(node: Node): Part {
    const parts = [node.condition, node.trueExpr, node.falseExpr].map((n) => this.part(n));
    return this.combine(
      parts,
      ([c, x, y]) => `(${c} ? ${x} : ${y})`,
      ([, x, y]) => promoted([x!, y!], false),
    );
  }

  private call(node: Node): Part {
    const name = node.fn.name;
    const position = this.places.next(name);
    const args = node.args.map((argument) => this.part(argument));
    if (Object.hasOwn(listFunctions, name)) return this.reduce(name, args, position);
    if (!Object.hasOwn(elementFunctions, name))
      throw this.error(
        position,
        `there is no function "${name}".`,
        [...Object.keys(elementFunctions), ...Object.keys(listFunctions)],
        name,
      );
    const { js, arguments: count } = elementFunctions[name]!;
    if (args.length !== count)
      throw this.error(position, `${name} takes ${count} argument${count === 1 ? "" : "s"}, not ${args.length}`);
    return this.combine(
      args,
      (x) => `${js}(${x.join(", ")})`,
      (types) => promoted(types, name !== "abs" && name !== "sign"),
      true,
    );
  }

  private reduce(name: string, args: readonly Part[], position: number): Part {
    const [list] = args;
    const { takes, gives } = listFunctions[name]!;
    if (args.length !== 1 || list === undefined)
      throw this.error(position, `${name} takes one list; of two values take maximum or minimum`);
    if (list.kind === "value" && list.type === "unknown")
      return { kind: "value", js: `${list.js}.${methods[name]}`, type: "unknown", usesEvent: true };
    if (list.kind !== "list" && !(list.kind === "items" && name === "num"))
      throw this.error(position, `${name} takes a list, such as Jet.pt`);
    const type = list.kind === "items" ? "boolean" : list.type;
    if (takes === "boolean" && !isCondition(type))
      throw this.error(position, `${name} takes conditions, such as Jet.pt > 30`);
    const items = `${list.conditions.reduce((of, c) => `${of}.filter((i) => ${c})`, `e[${JSON.stringify(list.collection)}]`)}`;
    if (name === "num") return { kind: "value", js: `${items}.length`, type: "integer", usesEvent: true };
    const value = list.kind === "list" ? list.js : "i";
    const js = `${items}.${name}((i) => ${type === "boolean" && name === "sum" ? `Number(${value})` : value})`;
    if (name === "max" || name === "min") return { kind: "values", js, type };
    const sumType = gives === "boolean" ? "boolean" : type === "boolean" ? "integer" : type;
    return { kind: "value", js: sumType === "float32" ? `Math.fround(${js})` : js, type: sumType, usesEvent: true };
  }

  /** Combines parts element by element: event values go into lists; lists must be the same one. */
  private combine(
    parts: readonly Part[],
    js: (texts: readonly string[], types: readonly Type[]) => string,
    type: (types: readonly Type[]) => Type,
    round = false,
  ): Part {
    for (const part of parts)
      if (part.kind === "items" || part.kind === "record")
        throw this.error(
          "here",
          `${part.kind === "items" ? part.collection : part.name} is not a value: name a member`,
        );
    const values = parts as readonly Exclude<Part, { kind: "items" } | { kind: "record" }>[];
    const types = values.map((part) => part.type);
    const beside32 = types.includes("float32") && types.every((t) => t === "float32" || t === "literal");
    const texts = values.map((part) => (beside32 && part.type === "literal" ? `Math.fround(${part.js})` : part.js));
    const result = type(types);
    const whole = (text: string): string => (round && result === "float32" ? `Math.fround(${text})` : text);
    const found = values.filter((part) => part.kind === "values");
    if (found.length > 0) {
      if (found.length > 1 || values.some((part) => part.kind === "list"))
        throw this.error("here", "max and min of a list may be missing: they combine with values of the event only");
      const inner = values.map((part, k) => (part.kind === "values" ? "v" : texts[k]!));
      return { kind: "values", js: `${found[0]!.js}.map((v) => ${whole(js(inner, types))})`, type: result };
    }
    const text = whole(js(texts, types));
    const lists = values.filter((part) => part.kind === "list");
    const usesEvent = values.some((part) => part.kind !== "values" && part.usesEvent);
    if (lists.length === 0) return { kind: "value", js: text, type: result, usesEvent };
    for (const list of lists) this.checkSameList(lists[0]!, list);
    const { collection, conditions } = lists[0]!;
    return { kind: "list", collection, conditions, js: text, type: result, usesEvent };
  }
}
