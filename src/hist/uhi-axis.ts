import { isCortadoError } from "../errors.ts";
import { type Axis, axis, closeEdges, describeAxis } from "./axis.ts";
import type { AxisEnds, AxisText } from "./axis-options.ts";
import type { AxisTransform } from "./transform.ts";
import { bad, type Fields, fieldsOf, flag, list, number, readNames, readWriterInfo } from "./uhi-fields.ts";
import { boost, type UhiMetadata } from "./uhi-schema.ts";

const texts = ["metadata", "writer_info"];
const flows = ["underflow", "overflow", "circular"];

/** @throws FormatError naming the field. */
export function readAxis(json: unknown, path: string): Axis {
  const type = typeof json === "object" && json !== null && "type" in json ? json.type : undefined;
  try {
    switch (type) {
      case "regular":
        return regularAxis(fieldsOf(json, path, ["type", "lower", "upper", "bins", ...flows], texts), path);
      case "variable":
        return variableAxis(fieldsOf(json, path, ["type", "edges", ...flows], texts), path);
      case "category_str":
      case "category_int":
        return categoryAxis(fieldsOf(json, path, ["type", "categories", "flow"], texts), path);
      case "boolean":
        return booleanAxis(fieldsOf(json, path, ["type"], texts), path);
      default:
        throw bad(`${path}.type`, `is ${JSON.stringify(type)}, which is no kind of axis`);
    }
  } catch (error) {
    if (isCortadoError(error, "UsageError")) throw bad(path, `is no axis: ${error.message.replace(/\.$/, "")}`);
    throw error;
  }
}

function readText(fields: Fields, path: string): { readonly names: AxisText; readonly notes: UhiMetadata } {
  const notes = readWriterInfo(fields["writer_info"], `${path}.writer_info`)[boost] ?? {};
  return { names: readNames(fields["metadata"], `${path}.metadata`), notes };
}

function readEnds(fields: Fields, path: string, notes: UhiMetadata): AxisEnds {
  return {
    underflow: flag(fields, "underflow", path),
    overflow: flag(fields, "overflow", path),
    circular: flag(fields, "circular", path),
    growth: notes["growth"] === true,
  };
}

function booleanAxis(fields: Fields, path: string): Axis {
  return axis.boolean(readText(fields, path).names);
}

function regularAxis(fields: Fields, path: string): Axis {
  const { notes, names } = readText(fields, path);
  const options = { ...names, ...readEnds(fields, path, notes) };
  const [bins, lower, upper] = [
    number(fields, "bins", path),
    number(fields, "lower", path),
    number(fields, "upper", path),
  ];
  if (notes["orig_type"] !== "Integer") return axis.regular(bins, lower, upper, options);
  if (bins !== upper - lower) throw bad(`${path}.bins`, `is ${bins} for the integers from ${lower} to ${upper}`);
  return axis.integer(lower, upper, options);
}

function variableAxis(fields: Fields, path: string): Axis {
  const { notes, names } = readText(fields, path);
  const edges = list(fields, "edges", path).map((edge) => {
    if (typeof edge !== "number") throw bad(`${path}.edges`, `contains ${JSON.stringify(edge)}`);
    return edge;
  });
  const options = { ...names, ...readEnds(fields, path, notes) };
  const transform = readTransform(notes);
  if (transform === undefined) return axis.variable(edges, options);
  const [bins, lower, upper] = [notes["bins"], notes["lower"], notes["upper"]].map(Number) as [number, number, number];
  const scaled = axis.regular(bins, lower, upper, { ...options, transform });
  if (!closeEdges(scaled.edges, edges)) throw bad(`${path}.edges`, `are not ${describeAxis(scaled)} as its notes say`);
  return { ...scaled, edges: Float64Array.from(edges) };
}

/** The transform of a regular axis that was written with its edges. One that we do not know stays a variable axis. */
function readTransform(notes: UhiMetadata): AxisTransform | undefined {
  const { transform, power } = notes;
  if (transform === "log" || transform === "sqrt") return transform;
  return transform === "pow" && typeof power === "number" ? { pow: power } : undefined;
}

function categoryAxis(fields: Fields, path: string): Axis {
  const { notes, names } = readText(fields, path);
  const type = fields["type"] === "category_str" ? "string" : "number";
  const categories = list(fields, "categories", path);
  for (const c of categories) if (typeof c !== type) throw bad(`${path}.categories`, `contains ${JSON.stringify(c)}`);
  const options = { ...names, growth: notes["growth"] === true, flow: flag(fields, "flow", path) };
  if (options.growth && options.flow) throw bad(`${path}.flow`, "is true on a growing axis");
  return type === "string"
    ? axis.category(names.name, { ...options, categories: categories as string[] })
    : axis.intCategory(names.name, { ...options, categories: categories as number[] });
}
