import { CortadoError, whatExists } from "../errors.ts";
import type { Content, Edges, Input } from "./content.ts";
import { type Correction, correctionOfContent } from "./correction.ts";

const workingPoints = { loose: 0, medium: 1, tight: 2, reshape: 3 } as const;
const columns = "OperatingPoint,measurementType,sysType,jetFlavor,etaMin,etaMax,ptMin,ptMax,discrMin,discrMax,formula";
/** Hadron flavour of a jet → flavour in the table. */
const tableFlavour = { 0: 2, 4: 1, 5: 0 } as const;

export interface BTagOptions {
  /** Measurement for b, c and light jets: `comb`, `comb`, `incl` unless given. */
  readonly methods?: readonly [b: string, c: string, light: string];
}

interface Row {
  readonly method: string;
  readonly systematic: string;
  readonly flavour: number;
  readonly eta: readonly [number, number];
  readonly pt: readonly [number, number];
  readonly discriminant: readonly [number, number];
  readonly formula: string;
}

/**
 * Scale factors of a b-tagging working point from the CSV tables that were used before correctionlib: a correction of `systematic`
 * (`central`, `up`, …), `flavour` (hadron flavour 0, 4, 5), `eta`, `pt`, and the discriminant for `reshape`. Outside of the table the nearest bin
 * answers, and a formula sees its quantity moved into the table's range; tables in |η| hold for both sides.
 * Throws CorrectionError `BadCorrection` for a text that is no such table, UsageError for a working point or method that it does not have.
 */
export function bTagScaleFactor(
  csv: string,
  workingPoint: keyof typeof workingPoints,
  options: BTagOptions = {},
): Correction {
  const { methods = ["comb", "comb", "incl"] } = options;
  const { name, rows } = readTable(csv, workingPoints[workingPoint]);
  const available = [...new Set(rows.map(({ method }) => method))];
  for (const method of methods)
    if (!available.includes(method))
      throw new CortadoError(
        "UsageError",
        `b-tag table ${name}, ${workingPoint}: there is no method "${method}". ${whatExists(method, available)}`,
        {
          code: "BadArgument",
        },
      );
  const chosen = rows.filter(({ flavour, method }) => methods[flavour] === method);
  const reshape = workingPoint === "reshape";
  const inputs: Input[] = [
    { name: "systematic", type: "string" },
    { name: "flavour", type: "int" },
    { name: "eta", type: "real" },
    { name: "pt", type: "real" },
    ...(reshape ? [{ name: "discriminant", type: "real" } as const] : []),
  ];
  const systematics = [...new Set(chosen.map(({ systematic }) => systematic))];
  const content: Content = {
    kind: "category",
    input: 0,
    contents: new Map(
      systematics.map((systematic) => [
        systematic,
        ofSystematic(
          chosen.filter((row) => row.systematic === systematic),
          reshape,
        ),
      ]),
    ),
  };
  return correctionOfContent({ name: `${name} ${workingPoint}`, inputs, output: { name: "scale factor" } }, content);
}

function ofSystematic(rows: readonly Row[], reshape: boolean): Content {
  const eta = edgesOf(rows.map((row) => row.eta));
  const symmetric = eta[0]! >= 0;
  const [etaEdges, ptEdges] = [
    symmetric
      ? [
          ...eta
            .slice(1)
            .toReversed()
            .map((x) => -x),
          ...eta,
        ]
      : eta,
    edgesOf(rows.map((row) => row.pt)),
  ];
  const discriminants = edgesOf(rows.map((row) => row.discriminant));
  const within = ([low, high]: readonly [number, number], x: number): boolean => low <= x && x < high;
  const cell = (flavour: number, e: number, p: number, d: number): Content => {
    const fits = (row: Row, x: number): boolean =>
      row.flavour === flavour && within(row.eta, x) && within(row.pt, p) && within(row.discriminant, d);
    const row =
      rows.find((one) => fits(one, e)) ??
      rows.find(
        (one) =>
          e < 0 &&
          one.flavour === flavour &&
          -one.eta[1] <= e &&
          e < -one.eta[0] &&
          within(one.pt, p) &&
          within(one.discriminant, d),
      );
    if (row === undefined)
      return { kind: "none", problem: `there is no scale factor for flavour ${flavour} at eta ${e}, pt ${p}` };
    const of = reshape ? discriminants : ptEdges;
    return {
      kind: "formula",
      expression: row.formula,
      variables: [reshape ? 4 : 3],
      parameters: [],
      limits: [[of[0]!, of.at(-1)!]],
    };
  };
  const ofFlavour = (flavour: number): Content => {
    const contents = etaEdges
      .slice(1)
      .flatMap((_, i) =>
        ptEdges
          .slice(1)
          .flatMap((__, j) =>
            (reshape ? discriminants.slice(1) : [0]).map((___, k) =>
              cell(flavour, etaEdges[i]!, ptEdges[j]!, discriminants[k]!),
            ),
          ),
      );
    const listed = [etaEdges, ptEdges, ...(reshape ? [discriminants] : [])];
    const edges = listed.map((one): Edges => ({ kind: "listed", edges: Float64Array.from(one) }));
    return { kind: "binning", inputs: [2, 3, 4].slice(0, edges.length), edges, flow: "clamp", contents };
  };
  return {
    kind: "category",
    input: 1,
    contents: new Map(Object.entries(tableFlavour).map(([hadron, flavour]) => [Number(hadron), ofFlavour(flavour)])),
  };
}

function edgesOf(ranges: readonly (readonly [number, number])[]): number[] {
  return [...new Set(ranges.flat())].toSorted((a, b) => a - b);
}

function readTable(csv: string, workingPoint: number): { readonly name: string; readonly rows: readonly Row[] } {
  const lines = csv.split(/\r?\n/).filter((line) => line.trim() !== "");
  const [name = "", header = ""] = (lines[0] ?? "").split(";");
  const broken = (problem: string): CortadoError =>
    new CortadoError("CorrectionError", `b-tag table ${name}: ${problem}`, { code: "BadCorrection" });
  if (header.replaceAll(/\s/g, "") !== columns) throw broken(`its columns must be ${columns}, not "${header}"`);
  const rows = lines.slice(1).flatMap((line): Row[] => {
    const formula = /"(.*)"\s*$/.exec(line)?.[1] ?? line.slice(line.lastIndexOf(",") + 1).trim();
    const [point, method = "", systematic = "", ...numbers] = line.split(",").map((word) => word.trim());
    const [flavour, etaMin, etaMax, ptMin, ptMax, discrMin, discrMax] = numbers.slice(0, 7).map(Number);
    if (
      !(Number.isInteger(Number(point)) && numbers.length >= 8) ||
      discrMax === undefined ||
      [flavour, etaMin, etaMax, ptMin, ptMax, discrMin, discrMax].some((x) => !Number.isFinite(x))
    )
      throw broken(`the row "${line}" has no such form; tables by letters (L, M, T) come as correctionlib files too`);
    const row = {
      method,
      systematic,
      flavour: flavour!,
      eta: [etaMin!, etaMax!],
      pt: [ptMin!, ptMax!],
      discriminant: [discrMin!, discrMax],
      formula,
    } as const;
    return Number(point) === workingPoint ? [row] : [];
  });
  return { name: name.trim(), rows };
}
