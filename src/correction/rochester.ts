import { CortadoError } from "../errors.ts";
import { binOf, limited } from "./bins.ts";
import { type Correction, correctionOfNumbers } from "./correction.ts";
import { type CorrectionSet, unknownCorrection } from "./correction-set.ts";
import { normalBelow, normalQuantile } from "./normal.ts";

/** The tables of one replica: by data type (0 simulation, 1 data), by η bin. */
interface Member {
  /** Scale M and bend A of each charge, η × φ. */
  readonly scale: number[][][];
  readonly bend: number[][][];
  /** Resolution of simulation and data by |η|. */
  readonly resolution: number[][];
  /** σ(pt) = r₀ + r₁ (pt − 45) + r₂ (pt − 45)², and the tails of the resolution: width s, start a, power n; by |η| × layers. */
  readonly sigma: number[][][];
  readonly tail: { readonly s: number[][]; readonly a: number[][]; readonly n: number[][] };
}

interface Tables {
  readonly eta: Float64Array;
  readonly phi: Float64Array;
  readonly absEta: Float64Array;
  readonly layers: Float64Array;
  readonly sets: readonly (readonly Member[])[];
}

type Scale = (tables: Tables, member: Member, muon: readonly number[]) => number;

const inputs = {
  kScaleDT: ["charge", "pt", "eta", "phi"],
  kScaleMC: ["charge", "pt", "eta", "phi"],
  kSpreadMC: ["charge", "pt", "eta", "phi", "genpt"],
  kSmearMC: ["charge", "pt", "eta", "phi", "nl", "u"],
} as const;

const scales: { readonly [K in keyof typeof inputs]: Scale } = {
  kScaleDT: (tables, member, muon) => momentumScale(tables, member, 1, muon),
  kScaleMC: (tables, member, muon) => momentumScale(tables, member, 0, muon),
  kSpreadMC(tables, member, muon) {
    const k = momentumScale(tables, member, 0, muon);
    const [pt, eta, generated] = [muon[1]!, muon[2]!, muon[4]!];
    const bin = nearestBin(tables.absEta, Math.abs(eta));
    const x = generated / (k * pt);
    return (k * x) / (1 + ((x - 1) * member.resolution[1]![bin]!) / member.resolution[0]![bin]!);
  },
  kSmearMC(tables, member, muon) {
    const k = momentumScale(tables, member, 0, muon);
    const [pt, eta, layers, u] = [muon[1]!, muon[2]!, muon[4]!, muon[5]!];
    const bin = nearestBin(tables.absEta, Math.abs(eta));
    const layer = nearestBin(tables.layers, layers);
    const [simulation, data] = [member.resolution[0]![bin]!, member.resolution[1]![bin]!];
    if (!(data > simulation)) return k;
    const from45 = k * pt - 45;
    const [r0, r1, r2] = member.sigma.map((table) => table[bin]![layer]!) as [number, number, number];
    const sigma = r0 + r1 * from45 + r2 * from45 * from45;
    const { s, a, n } = member.tail;
    const pull = s[bin]![layer]! * crystalBallQuantile(u, a[bin]![layer]!, n[bin]![layer]!);
    const x = Math.sqrt(data * data - simulation * simulation) * sigma * pull;
    return x > -1 ? k / (1 + x) : k;
  },
};

/**
 * The Rochester muon momentum corrections of a text file: `kScaleDT` for data; `kSpreadMC` (with the generated pt) or `kSmearMC` (with
 * the number of tracker layers `nl` and a uniform random number `u`) for simulation; `kScaleMC`; and each with `error` appended, the
 * uncertainty from the replicas of the file. All are factors of pt. Throws CorrectionError `BadCorrection` naming the line.
 */
export function rochester(text: string): CorrectionSet {
  const tables = readTables(text);
  const names = Object.keys(inputs) as (keyof typeof inputs)[];
  const made = new Map<string, Correction>();
  for (const name of names) {
    const central = (muon: readonly number[]): number => scales[name](tables, tables.sets[0]![0]!, muon);
    made.set(
      name,
      correctionOfNumbers(name, inputs[name], "factor", (...muon) => central(muon)),
    );
    if (tables.sets.length > 1)
      made.set(
        `${name}error`,
        correctionOfNumbers(`${name}error`, inputs[name], "uncertainty", (...muon) => {
          const value = central(muon);
          let sum = 0;
          for (const members of tables.sets)
            for (const member of members) sum += (scales[name](tables, member, muon) - value) ** 2 / members.length;
          return Math.sqrt(sum);
        }),
      );
  }
  const all = [...made.keys()];
  return {
    names: all,
    get(name) {
      const found = made.get(name);
      if (found === undefined) throw unknownCorrection(name, all);
      return found;
    },
  };
}

function momentumScale({ eta, phi }: Tables, { scale, bend }: Member, type: 0 | 1, muon: readonly number[]): number {
  const [i, j] = [nearestBin(eta, muon[2]!), nearestBin(phi, muon[3]!)];
  return 1 / (scale[type]![i]![j]! + muon[0]! * bend[type]![i]![j]! * muon[1]!);
}

function nearestBin(edges: Float64Array, x: number): number {
  return limited(binOf(edges, x), 0, edges.length - 2);
}

/**
 * Quantile of a Gaussian core with power-law tails of order `n` beyond ±`a`: the symmetric Crystal Ball function.
 * Source: T. Skwarnicki, DESY F31-86-02, appendix E, integrated and inverted.
 */
function crystalBallQuantile(p: number, a: number, n: number): number {
  const gauss = Math.exp((-a * a) / 2);
  const tail = ((n / a) * gauss) / (n - 1);
  const norm = 1 / (2 * tail + Math.sqrt(2 * Math.PI) * (normalBelow(a) - normalBelow(-a)));
  const low = norm * tail;
  const inTail = (q: number): number => n / a - a - (((n - 1) * (n / a) ** -n * q) / (gauss * norm)) ** (1 / (1 - n));
  if (p < low) return inTail(p);
  if (p > 1 - low) return -inTail(1 - p);
  return normalQuantile(normalBelow(-a) + (p / norm - tail) / Math.sqrt(2 * Math.PI));
}

function readTables(text: string): Tables {
  const header = new Map<string, number[]>();
  const sets: Member[][] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const words = line.trim().split(/\s+/);
    const broken = (problem: string): CortadoError =>
      new CortadoError("CorrectionError", `Rochester text, line ${i + 1} "${line}": ${problem}`, {
        code: "BadCorrection",
      });
    if (words[0] === "") continue;
    if (/^[A-Z]{4}$/.test(words[0]!)) {
      header.set(words[0]!, words.slice(1).map(Number));
      continue;
    }
    const [set, member] = [Number(words[0]), Number(words[1])];
    if (!(Number.isInteger(set) && Number.isInteger(member)))
      throw broken("the numbers of a set and a member are expected");
    sets[set] ??= [];
    sets[set][member] ??= {
      scale: [[], []],
      bend: [[], []],
      resolution: [[], []],
      sigma: [[], [], []],
      tail: { s: [], a: [], n: [] },
    };
    const into = sets[set][member];
    const numbers = words.slice(3).map(Number);
    if (numbers.some(Number.isNaN)) throw broken("numbers are expected");
    const [first, second, third, ...rest] = numbers as [number, number, number, ...number[]];
    if (words[2] === "C")
      (second === 0 ? into.scale : into.bend)[first]![third] = rest.map((x) =>
        second === 0 ? 1 + x * 0.01 : x * 0.01,
      );
    else if (words[2] === "F") into.resolution[first] = numbers.slice(1);
    else if (words[2] === "R") {
      const values = numbers.slice(2);
      if (first < 3) into.sigma[first]![second] = first === 2 ? values.map((x) => x * 0.01) : values;
      else into.tail[(["s", "a", "n"] as const)[first - 3]!][second] = values;
    } else if (words[2] !== "T") throw broken("its tag is none of C, F, R, T");
  }
  const part = (key: string): number[] => {
    const found = header.get(key);
    if (found === undefined)
      throw new CortadoError("CorrectionError", `Rochester text: the line ${key} is missing`, {
        code: "BadCorrection",
      });
    return found;
  };
  const phiBins = part("CPHI")[0]!;
  return {
    eta: Float64Array.from(part("CETA").slice(1)),
    phi: Float64Array.from({ length: phiBins + 1 }, (_, i) => (2 * Math.PI * i) / phiBins - Math.PI),
    absEta: Float64Array.from(part("RETA").slice(1)),
    layers: Float64Array.from([0, ...Array.from({ length: part("RTRK")[0]! }, (_, i) => part("RMIN")[0]! + i + 0.5)]),
    sets,
  };
}
