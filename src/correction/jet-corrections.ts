import { CortadoError, nearest, whatExists } from "../errors.ts";
import { type Column, type ColumnSource, multiply, valuesAstype } from "../jagged/index.ts";
import { type Correction, correctionOfNumbers } from "./correction.ts";
import type { Shifted } from "./jet-energy-text.ts";

/**
 * Levels of jet energy corrections as one factor: each level sees the `JetPt` (and `JetE`) as those before have corrected it.
 * Inputs are those of all levels.
 */
export function jetCorrections(levels: readonly Correction[]): Correction {
  const inputs = [...new Set(levels.flatMap((level) => level.inputs.map(({ name }) => name)))];
  const at = levels.map((level) => level.inputs.map(({ name }) => inputs.indexOf(name)));
  const scaled = new Set(["JetPt", "JetE"].map((name) => inputs.indexOf(name)));
  const name = levels.map((level) => level.name).join(", then ");
  return correctionOfNumbers(name, inputs, "factor", (...given) => {
    let factor = 1;
    for (let i = 0; i < levels.length; i++)
      factor *= levels[i]!.evaluate(...at[i]!.map((k) => (scaled.has(k) ? factor * given[k]! : given[k]!)));
    return factor;
  });
}

/** What is done to jets, all of it optional. */
export interface JetStack {
  /** From the raw to the corrected jet; see {@link jetCorrections}. */
  readonly correction?: Correction;
  /** Relative resolution, and the factors by which it is worse in data: both or neither. */
  readonly resolution?: Correction;
  readonly scaleFactor?: Shifted & { readonly central: Correction };
  /** Uncertainties of the energy scale by source. */
  readonly uncertainties?: { readonly [source: string]: Shifted };
}

type JetColumn = Column | ColumnSource;

/**
 * Columns of the jets by the names of the stack's inputs (`JetEta`, `JetA`, `Rho`, …), and:
 * `ptRaw`, `massRaw`: uncorrected [GeV]; `ptGenJet`: of the matched generated jet, 0 where there is none; `random`: a standard normal
 * number a jet, as `hashprng` of correctionlib gives it from the event and the jet: the same for any chunk.
 */
export interface JetColumns {
  readonly ptRaw: JetColumn;
  readonly massRaw: JetColumn;
  readonly JetEta: JetColumn;
  readonly ptGenJet?: JetColumn;
  readonly random?: JetColumn;
  readonly [input: string]: JetColumn | undefined;
}

/** Corrected jets in the type of `ptRaw`; names of variations are `JER_up`, `JER_down`, `JES_Total_up` and so on. */
export interface CorrectedJets {
  readonly pt: Column;
  readonly mass: Column;
  /** The energy correction alone. */
  readonly correction: Column;
  /** The smearing of the resolution alone, where there is one. */
  readonly smearing?: Column;
  readonly variations: { readonly [name: string]: { readonly pt: Column; readonly mass: Column } };
}

const leastEnergy = 0.01;

/**
 * The factor that makes the resolution of a simulated jet that of data. With a generated jet closer than 3 σ: 1 + (sf − 1)(pt − ptGen)/pt, else
 * 1 + √max(sf² − 1, 0) · σ · random; never below 0.01 GeV of energy. σ is the relative resolution.
 */
const smearing: Correction = correctionOfNumbers(
  "resolution smearing",
  ["pt", "eta", "ptGen", "resolution", "scaleFactor", "random"],
  "factor",
  (pt, eta, ptGen, resolution, scaleFactor, random) => {
    const distance = (pt! - ptGen!) / pt!;
    const matched = ptGen! > 0 && Math.abs(distance) < 3 * resolution!;
    const factor = matched
      ? 1 + (scaleFactor! - 1) * distance
      : 1 + Math.sqrt(Math.max(scaleFactor! ** 2 - 1, 0)) * resolution! * random!;
    const least = leastEnergy / Math.cosh(eta!);
    return factor * pt! < least ? least / pt! : factor;
  },
);

/**
 * Jets with energy corrections, resolution and their variations. Of the stack only what is there is done; the variations of the energy scale are
 * those of the smeared jet. Throws CorrectionError `BadInput` for a quantity that is not among the columns.
 */
export function correctJets(jets: JetColumns, stack: JetStack): CorrectedJets {
  if ((stack.resolution === undefined) !== (stack.scaleFactor === undefined))
    throw new CortadoError("UsageError", "correctJets: resolution and scaleFactor go together", {
      code: "BadArgument",
    });
  const [ptRaw, massRaw] = [toColumn(jets.ptRaw), toColumn(jets.massRaw)];
  const dtype = leafType(ptRaw);
  const times = (column: Column, factor: Column): Column => valuesAstype(multiply(column, factor), dtype);
  const given = { ...jets, JetMass: massRaw };
  const ones = (): Column => correctionOfNumbers("one", ["pt"], "factor", () => 1).evaluate(ptRaw);
  const correction = stack.correction === undefined ? ones() : named(stack.correction, { ...given, JetPt: ptRaw });
  const [ptJec, massJec] = [times(ptRaw, correction), times(massRaw, correction)];
  const variations: { [name: string]: { pt: Column; mass: Column } } = {};
  let [pt, mass] = [ptJec, massJec];
  let smeared: Column | undefined;
  if (stack.resolution !== undefined && stack.scaleFactor !== undefined) {
    const corrected = { ...given, JetPt: ptJec, JetMass: massJec };
    const resolution = named(stack.resolution, corrected);
    const { scaleFactor } = stack;
    const smear = (which: Correction): Column =>
      named(smearing, {
        pt: ptJec,
        eta: jets.JetEta,
        ptGen: required(jets, "ptGenJet"),
        resolution,
        scaleFactor: named(which, corrected),
        random: required(jets, "random"),
      });
    smeared = smear(scaleFactor.central);
    [pt, mass] = [times(ptJec, smeared), times(massJec, smeared)];
    for (const shift of ["up", "down"] as const) {
      const factor = smear(scaleFactor[shift]);
      variations[`JER_${shift}`] = { pt: times(ptJec, factor), mass: times(massJec, factor) };
    }
  }
  for (const [source, uncertainty] of Object.entries(stack.uncertainties ?? {}))
    for (const shift of ["up", "down"] as const) {
      const factor = named(uncertainty[shift], { ...given, JetPt: pt, JetMass: mass });
      variations[`JES_${source}_${shift}`] = { pt: times(pt, factor), mass: times(mass, factor) };
    }
  return { pt, mass, correction, ...(smeared !== undefined && { smearing: smeared }), variations };
}

interface Given {
  readonly [name: string]: JetColumn | undefined;
}

/** Evaluates a correction with its inputs taken by name. */
function named(correction: Correction, given: Given): Column {
  return correction.evaluate(...correction.inputs.map(({ name }) => required(given, name, correction.name)));
}

function required(given: Given, name: string, by = "the resolution smearing"): JetColumn {
  const column = given[name];
  if (column !== undefined) return column;
  const names = Object.keys(given);
  throw new CortadoError("CorrectionError", `${by} needs the column ${name} of the jets. ${whatExists(name, names)}`, {
    code: "BadInput",
    nearest: nearest(name, names),
  });
}

function toColumn(column: JetColumn): Column {
  return "toColumn" in column ? column.toColumn() : column;
}

function leafType(column: Column): "float32" | "float64" {
  if (column.kind === "list") return leafType(column.content);
  return column.kind === "primitive" && column.dtype === "float32" ? "float32" : "float64";
}
