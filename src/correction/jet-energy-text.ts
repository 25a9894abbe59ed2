import { CortadoError } from "../errors.ts";
import { binOf, limited } from "./bins.ts";
import { type Correction, correctionOfNumbers } from "./correction.ts";
import { formulaCode, formulaFunctions } from "./formula-code.ts";

/**
 * The text files of the CMS jet energy corrections (`.jec.txt`, `.jr.txt`, `.jersf.txt`, `.junc.txt`): a header
 * `{1 JetEta 3 JetPt JetA Rho formula Correction L1FastJet}` and a row of bin limits, counts, ranges and parameters for each bin.
 * Numbers are taken as float32, as the reference does.
 */
interface JetTable {
  readonly level: string;
  readonly binned: readonly string[];
  readonly variables: readonly string[];
  readonly formula: string;
  /** Rows by nested bins: for each binned quantity its edges, and what is in each bin. */
  readonly bins: Bins;
}

interface Bins {
  readonly edges: Float64Array;
  readonly contents: readonly (Bins | Row)[];
}

/** What follows the bin limits and the count. */
type Row = Float64Array;

/** Factors up and down, or a central one with them. */
export interface Shifted {
  readonly up: Correction;
  readonly down: Correction;
}

/**
 * A level of jet energy corrections, or a jet resolution: a formula of the row's bin with the variables moved into its range.
 * Inputs are the quantities the header names, binned ones first (`correction.inputs` lists them); outside of the bins
 * the answer is 1. Throws CorrectionError `BadCorrection` for a text that is no such file.
 */
export function jetCorrection(text: string): Correction {
  const table = readTable(text);
  const inputs = inputsOf(table);
  const compiled = new Map<Row, (variables: readonly number[]) => number>();
  const parameters = (row: Row): Row => row.subarray(2 * table.variables.length);
  const at = table.variables.map((name) => inputs.indexOf(name));
  const formula = compile(table);
  const rows = (bins: Bins): void => {
    for (const content of bins.contents)
      if ("edges" in content) rows(content);
      else compiled.set(content, (x) => formula(x, parameters(content)));
  };
  rows(table.bins);
  const x = new Array<number>(at.length).fill(0);
  return correctionOfNumbers(table.level, inputs, "factor", (...given) => {
    const row = rowOf(table.bins, given, 0, true);
    if (row === undefined) return 1;
    for (let i = 0; i < at.length; i++) x[i] = limited(given[at[i]!]!, row[2 * i]!, row[2 * i + 1]!);
    return compiled.get(row)!(x);
  });
}

/**
 * Jet energy scale factors of the resolution: central, up and down, by bin; the nearest bin answers outside. Of files that
 * split the uncertainty into sources the total is taken.
 */
export function jetScaleFactor(text: string): Shifted & { readonly central: Correction } {
  const table = readTable(text);
  const inputs = inputsOf(table);
  const column = (name: string, position: number): Correction =>
    correctionOfNumbers(`${table.level} ${name}`, inputs, "factor", (...given) => {
      const row = rowOf(table.bins, given, 0, false)!;
      if (position >= row.length) throw broken(`a row has ${row.length} values; central, down and up are expected`);
      return row[position]!;
    });
  return { central: column("central", 0), up: column("up", 2), down: column("down", 1) };
}

/**
 * Jet energy scale uncertainties: the factors 1 + up and 1 − down, interpolated between the points of the row (`JetPt` in most
 * files) and constant beyond them. A file with `[sources]` is asked for one of them.
 */
export function jetUncertainty(text: string, source?: string): Shifted {
  const table = readTable(sectionOf(text, source));
  const inputs = inputsOf(table);
  const at = inputs.indexOf(table.variables[0]!);
  const factor = (name: string, sign: 1 | -1, position: 1 | 2): Correction =>
    correctionOfNumbers(`${source ?? table.level} ${name}`, inputs, "factor", (...given) => {
      const row = rowOf(table.bins, given, 0, false)!;
      return Math.fround(1 + sign * interpolated(row, position, given[at]!));
    });
  return { up: factor("up", 1, 2), down: factor("down", -1, 1) };
}

/** Names of the sources in a file of uncertainties. */
export function jetUncertaintySources(text: string): readonly string[] {
  return [...text.matchAll(/^\[(.+)\]\s*$/gm)].map((found) => found[1]!);
}

/** Rows are triples: point, down, up. */
function interpolated(row: Row, position: 1 | 2, x: number): number {
  const n = row.length / 3;
  const at = limited(x, row[0]!, row[3 * (n - 1)]!);
  let i = 0;
  while (i < n - 2 && at >= row[3 * (i + 1)]!) i++;
  const [x0, x1] = [row[3 * i]!, row[3 * (i + 1)]!];
  const [y0, y1] = [row[3 * i + position]!, row[3 * (i + 1) + position]!];
  return y0 + ((y1 - y0) / (x1 - x0)) * (at - x0);
}

/** Undefined for a value outside if that is asked for, else the nearest bin. The upper edge belongs to the last bin. */
function rowOf(bins: Bins, given: readonly number[], depth: number, strict: boolean): Row | undefined {
  const { edges, contents } = bins;
  const x = given[depth]!;
  if (strict && (x < edges[0]! || x > edges.at(-1)!)) return undefined;
  const content = contents[limited(binOf(edges, x), 0, contents.length - 1)]!;
  return "edges" in content ? rowOf(content, given, depth + 1, strict) : content;
}

function inputsOf({ binned, variables }: JetTable): string[] {
  return [...new Set([...binned, ...variables])];
}

function compile({ formula, variables }: JetTable): (x: readonly number[], p: Row) => number {
  const plain = formula.replaceAll(/TMath::(\w+)/g, (_, name: string) =>
    name === "Power" ? "pow" : name.toLowerCase(),
  );
  const count = Math.max(0, ...[...plain.matchAll(/\[(\d+)\]/g)].map((found) => Number(found[1]) + 1));
  const code = formulaCode(
    plain,
    variables.map((_, i) => `x[${i}]`),
    Array.from({ length: count }, (_, i) => `p[${i}]`),
  );
  return new Function("m", `return (x, p) => ${code};`)(formulaFunctions) as (x: readonly number[], p: Row) => number;
}

function broken(problem: string): CortadoError {
  return new CortadoError("CorrectionError", `jet energy text: ${problem}`, { code: "BadCorrection" });
}

function sectionOf(text: string, source: string | undefined): string {
  const sources = jetUncertaintySources(text);
  if (sources.length === 0 && source === undefined) return text;
  if (source === undefined || !sources.includes(source))
    throw broken(
      `it has the sources ${sources.join(", ") || "none"}; ${source === undefined ? "name one" : `there is no "${source}"`}`,
    );
  const start = text.indexOf(`[${source}]`);
  const body = text.slice(text.indexOf("\n", start) + 1);
  const end = body.search(/^\[/m);
  return end < 0 ? body : body.slice(0, end);
}

function readTable(text: string): JetTable {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const header = /^\{(.*)\}$/
    .exec(lines[0]?.trim() ?? "")?.[1]
    ?.trim()
    .split(/\s+/);
  if (header === undefined) throw broken(`a header in braces is expected, not "${lines[0] ?? ""}"`);
  const binnedCount = Number(header[0]);
  const variableCount = Number(header[1 + binnedCount]);
  if (!(binnedCount > 0 && Number.isInteger(variableCount)))
    throw broken(`the header {${header.join(" ")}} does not begin with counts and names`);
  const binned = header.slice(1, 1 + binnedCount);
  const variables = header.slice(2 + binnedCount, 2 + binnedCount + variableCount);
  const formula = header[2 + binnedCount + variableCount] ?? "";
  const rows = lines
    .slice(1)
    .map((line) => Float64Array.from(line.trim().split(/\s+/), (word) => Math.fround(Number(word))));
  for (const [i, row] of rows.entries())
    if (row.length <= 2 * binnedCount || row.some(Number.isNaN))
      throw broken(`row ${i + 1} "${lines[i + 1]}" has no such form`);
  if (rows.length === 0) throw broken("it has no rows");
  return {
    level: header.slice(3 + binnedCount + variableCount).join(" "),
    binned,
    variables,
    formula,
    bins: nest(rows, binned, 0),
  };
}

/** Groups rows by their limits at `depth`; the groups must follow each other without gap. */
function nest(rows: readonly Row[], binned: readonly string[], depth: number): Bins {
  const groups = new Map<number, { readonly high: number; readonly rows: Row[] }>();
  for (const row of rows) {
    const [low, high] = [row[2 * depth]!, row[2 * depth + 1]!];
    const group = groups.get(low);
    if (group === undefined) groups.set(low, { high, rows: [row] });
    else if (group.high === high) group.rows.push(row);
    else throw broken(`bins of ${binned[depth]} overlap: ${low} to ${group.high} and ${low} to ${high}`);
  }
  const sorted = [...groups].toSorted(([a], [b]) => a - b);
  sorted.forEach(([low], i) => {
    if (i > 0 && sorted[i - 1]![1].high !== low)
      throw broken(
        `bins of ${binned[depth]} leave a gap or overlap: one ends at ${sorted[i - 1]![1].high}, the next begins at ${low}`,
      );
  });
  const edges = Float64Array.from([...sorted.map(([low]) => low), sorted.at(-1)![1].high]);
  const contents = sorted.map(([low, group]) => {
    if (depth + 1 < binned.length) return nest(group.rows, binned, depth + 1);
    if (group.rows.length > 1) throw broken(`there are ${group.rows.length} rows for ${binned[depth]} from ${low}`);
    return group.rows[0]!.subarray(2 * binned.length + 1);
  });
  return { edges, contents };
}
