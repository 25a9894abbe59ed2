import { CortadoError } from "../errors.ts";
import type { Content, Edges } from "./content.ts";
import { type Correction, correctionOfContent } from "./correction.ts";

/** Numbers nested as deep as a table has dimensions. */
export type Table = ArrayLike<number> | readonly Table[];

export interface DenseLookupOptions {
  readonly name?: string;
  /** Names of the inputs, one for each dimension. */
  readonly inputs?: readonly string[];
}

/**
 * A table of numbers over bins, as a correction of one input for each dimension: `denseLookup([0.9, 1.1], [0, 10, 20])`,
 * `denseLookup([[…], […]], [ptEdges, etaEdges])`. Outside of the edges the nearest bin answers, NaN gives the last; the upper edge belongs to
 * the last bin. Uncertainties are a lookup of their own.
 * Throws UsageError for edges that do not rise and tables that do not fit them.
 */
export function denseLookup(
  values: Table,
  edges: ArrayLike<number> | readonly ArrayLike<number>[],
  options: DenseLookupOptions = {},
): Correction {
  const axes = (typeof edges[0] === "number" ? [edges] : edges) as readonly ArrayLike<number>[];
  const { name = "lookup", inputs = axes.length === 1 ? ["x"] : axes.map((_, i) => `x${i}`) } = options;
  const wrong = (problem: string): CortadoError =>
    new CortadoError("UsageError", `denseLookup "${name}": ${problem}`, { code: "BadArgument" });
  if (inputs.length !== axes.length) throw wrong(`${inputs.length} names for ${axes.length} dimensions`);
  for (const [d, axis] of axes.entries())
    for (let i = 0; i < axis.length; i++)
      if (axis.length < 2 || (i > 0 && !(axis[i]! > axis[i - 1]!)))
        throw wrong(`the edges of ${inputs[d]} must be two or more that rise, not ${Array.from(axis).join(" ")}`);

  const contents: Content[] = [];
  const flatten = (table: Table | number, depth: number): void => {
    if (depth === axes.length) {
      if (typeof table !== "number") throw wrong(`its values are nested deeper than its ${axes.length} lists of edges`);
      contents.push({ kind: "number", value: table });
      return;
    }
    const bins = axes[depth]!.length - 1;
    if (typeof table === "number" || table.length !== bins)
      throw wrong(
        `${typeof table === "number" ? "a number" : `${table.length} values`} for the ${bins} bins of ${inputs[depth]}`,
      );
    for (let i = 0; i < bins; i++) flatten(table[i]!, depth + 1);
  };
  flatten(values, 0);
  const content: Content = {
    kind: "binning",
    inputs: axes.map((_, i) => i),
    edges: axes.map((axis): Edges => ({ kind: "listed", edges: Float64Array.from(axis) })),
    flow: "clamp",
    contents,
  };
  const header = {
    name,
    inputs: inputs.map((input) => ({ name: input, type: "real" as const })),
    output: { name: "value" },
  };
  return correctionOfContent(header, content);
}
