import type { JsonPlace } from "./json-reader.ts";

/** What a correction is asked with: `int` and `real` are numbers, `string` one of some keys. */
export interface Input {
  readonly name: string;
  readonly type: "string" | "int" | "real";
  readonly description?: string;
}

/** Listed edges, rising; or `n` bins of one width. */
export type Edges =
  | { readonly kind: "listed"; readonly edges: Float64Array }
  | { readonly kind: "uniform"; readonly n: number; readonly low: number; readonly high: number };

/** What a value outside of the edges gives: the nearest bin, an error, the value moved by whole ranges, or a content of its own. */
export type Flow = "clamp" | "error" | "wrap" | { readonly content: Content };

/** The tree of a correction as read and checked; inputs are positions in the correction's list. */
export type Content =
  | { readonly kind: "number"; readonly value: number }
  /** A place for which there is no correction: asking for it is an error. */
  | { readonly kind: "none"; readonly problem: string }
  | {
      readonly kind: "formula";
      readonly expression: string;
      readonly variables: readonly number[];
      readonly parameters: readonly number[];
      /** What each variable is moved into before the formula sees it. */
      readonly limits?: readonly (readonly [low: number, high: number])[];
    }
  | {
      readonly kind: "binning";
      readonly inputs: readonly number[];
      readonly edges: readonly Edges[];
      readonly flow: Flow;
      readonly contents: readonly Content[];
    }
  | {
      readonly kind: "category";
      readonly input: number;
      readonly contents: ReadonlyMap<string | number, Content>;
      readonly otherwise?: Content;
    }
  | { readonly kind: "transform"; readonly input: number; readonly rule: Content; readonly content: Content }
  | { readonly kind: "hashprng"; readonly inputs: readonly number[]; readonly distribution: Distribution };

/** Uniform in [0, 1); normal as the standard library draws it; normal by the polar method on 32-bit numbers. */
export type Distribution = "stdflat" | "stdnormal" | "normal";

/** The contents directly below one; the numbers of a table are none. */
export function childrenOf(content: Content): readonly Content[] {
  switch (content.kind) {
    case "binning": {
      const inner = content.contents.filter(({ kind }) => kind !== "number");
      return typeof content.flow === "string" ? inner : [...inner, content.flow.content];
    }
    case "category":
      return [...content.contents.values(), ...(content.otherwise === undefined ? [] : [content.otherwise])];
    case "transform":
      return [content.rule, content.content];
    default:
      return [];
  }
}

interface Context {
  readonly inputs: readonly Input[];
  /** The correction's generic formulas, which `formularef` gives parameters. */
  readonly formulas: readonly JsonPlace[];
}

/**
 * Reads a content node of correctionlib's schema version 2. A binning is a multibinning of one dimension.
 * Throws CorrectionError `BadCorrection` naming the place in the document: unknown nodes, inputs, flows, edges that do not rise,
 * numbers of contents that do not fit.
 */
export function readContent(place: JsonPlace, context: Context): Content {
  if (typeof place.value === "number") return { kind: "number", value: place.value };
  const node = place.at("nodetype").oneOf(nodeTypes);
  return readers[node](place, context);
}

const nodeTypes = ["binning", "multibinning", "category", "formula", "formularef", "transform", "hashprng"] as const;

const readers: { readonly [N in (typeof nodeTypes)[number]]: (place: JsonPlace, context: Context) => Content } = {
  binning: (place, context) => readBinning(place, context, [place.at("input")], [place.at("edges")]),
  multibinning: (place, context) => readBinning(place, context, place.at("inputs").items(), place.at("edges").items()),
  category: readCategory,
  formula: (place, context) => readFormula(place, context, place.at("parameters")),
  formularef: readFormulaReference,
  transform(place, context) {
    const input = numericInput(place.at("input"), context);
    return {
      kind: "transform",
      input,
      rule: readContent(place.at("rule"), context),
      content: readContent(place.at("content"), context),
    };
  },
  hashprng: (place, context) => ({
    kind: "hashprng",
    inputs: place
      .at("inputs")
      .items()
      .map((input) => numericInput(input, context)),
    distribution: place.at("distribution").oneOf(["stdflat", "stdnormal", "normal"]),
  }),
};

function readBinning(
  place: JsonPlace,
  context: Context,
  inputs: readonly JsonPlace[],
  edges: readonly JsonPlace[],
): Content {
  if (inputs.length !== edges.length)
    place.fail(`${inputs.length} inputs and ${edges.length} lists of edges do not fit together`);
  const read = edges.map(readEdges);
  const bins = read.reduce((product, axis) => product * binsOf(axis), 1);
  const contents = place.at("content").items();
  if (contents.length !== bins) place.fail(`${contents.length} contents for ${bins} bins`);
  return {
    kind: "binning",
    inputs: inputs.map((input) => numericInput(input, context)),
    edges: read,
    flow: readFlow(place.at("flow"), context),
    contents: contents.map((content) => readContent(content, context)),
  };
}

/** Number of bins, without what lies outside. */
export function binsOf(edges: Edges): number {
  return edges.kind === "listed" ? edges.edges.length - 1 : edges.n;
}

function readEdges(place: JsonPlace): Edges {
  if (place.isObject) {
    const [n, low, high] = [place.at("n"), place.at("low"), place.at("high")];
    if (!Number.isInteger(n.number()) || n.number() < 1) n.fail("the number of bins is a whole number above 0");
    if (!(low.number() < high.number())) place.fail("low is not below high");
    return { kind: "uniform", n: n.number(), low: low.number(), high: high.number() };
  }
  const edges = Float64Array.from(place.items(), (edge) =>
    typeof edge.value === "number"
      ? edge.value
      : { inf: Infinity, "+inf": Infinity, "-inf": -Infinity }[edge.oneOf(["inf", "+inf", "-inf"])],
  );
  if (edges.length < 2) place.fail("at least two edges are needed");
  edges.forEach((edge, i) => {
    if (i > 0 && !(edge > edges[i - 1]!)) place.fail(`edges must rise; ${edges[i - 1]} is followed by ${edge}`);
  });
  return { kind: "listed", edges };
}

function readFlow(place: JsonPlace, context: Context): Flow {
  if (typeof place.value === "string") return place.oneOf(["clamp", "error", "wrap"] as const);
  return { content: readContent(place, context) };
}

function readCategory(place: JsonPlace, context: Context): Content {
  const input = inputAt(place.at("input"), context);
  const { type, name } = context.inputs[input]!;
  if (type === "real") place.at("input").fail(`"${name}" is real: categories are strings or integers`);
  const contents = new Map<string | number, Content>();
  for (const item of place.at("content").items()) {
    const key = type === "string" ? item.at("key").text() : item.at("key").number();
    if (contents.has(key)) item.at("key").fail(`${JSON.stringify(key)} is there twice`);
    contents.set(key, readContent(item.at("value"), context));
  }
  const otherwise = place.at("default");
  return {
    kind: "category",
    input,
    contents,
    ...(!otherwise.absent && { otherwise: readContent(otherwise, context) }),
  };
}

function readFormula(place: JsonPlace, context: Context, parameters: JsonPlace): Content {
  if (!place.at("parser").absent) place.at("parser").oneOf(["TFormula"]);
  const variables = place
    .at("variables")
    .items()
    .map((variable) => {
      const input = inputAt(variable, context);
      const { type, name } = context.inputs[input]!;
      if (type !== "real") variable.fail(`"${name}" is ${type}: formulas take real inputs`);
      return input;
    });
  return {
    kind: "formula",
    expression: place.at("expression").text(),
    variables,
    parameters: parameters.absent ? [] : parameters.items().map((parameter) => parameter.number()),
  };
}

function readFormulaReference(place: JsonPlace, context: Context): Content {
  const index = place.at("index");
  const formula = context.formulas[index.number()];
  if (formula === undefined)
    return index.fail(`there is no generic formula ${index.number()}; the correction has ${context.formulas.length}`);
  return readFormula(formula, context, place.at("parameters"));
}

function inputAt(place: JsonPlace, { inputs }: Context): number {
  const name = place.oneOf(inputs.map((input) => input.name));
  return inputs.findIndex((input) => input.name === name);
}

function numericInput(place: JsonPlace, context: Context): number {
  const input = inputAt(place, context);
  if (context.inputs[input]!.type === "string")
    place.fail(`"${context.inputs[input]!.name}" is a string: a number is needed`);
  return input;
}
