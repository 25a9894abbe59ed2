import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The cases of corrections.json, split by what they are about; a case of no known family fails. */

const oracles = process.env["CORTADO_ORACLES"] ?? resolve(import.meta.dirname, "../../../shared/oracles");
const data = process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");
const file = join(oracles, "corrections.json");

export interface OracleCase {
  readonly id: string;
  readonly quirk?: string;
  readonly result: unknown;
  readonly [key: string]: unknown;
}

export interface Oracle {
  readonly inputs: { readonly [name: string]: unknown };
  readonly cases: readonly OracleCase[];
}

/** Undefined where the oracles are not beside the project. */
export const oracle: Oracle | undefined = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
export const whereOracle: string = file;

const families = {
  correctionlib: /^(correction|load|formula|agc)-/,
  dense: /^dense-/,
  jets: /^(jec|jer|corrected-jets)-/,
  muons: /^rochester-/,
  btag: /^btag-/,
} as const;

export type Family = keyof typeof families;

export function casesOf(family: Family): readonly OracleCase[] {
  return oracle?.cases.filter(({ id }) => families[family].test(id)) ?? [];
}

export function unknownCases(): readonly string[] {
  const known = Object.values(families);
  return oracle?.cases.map(({ id }) => id).filter((id) => !known.some((family) => family.test(id))) ?? [];
}

/** The text of a file that a case names: beside the oracle, or under data/. */
export function textOf(name: string): string {
  const path = name.startsWith("data/") ? join(data, name.slice("data/".length)) : join(dirname(file), name);
  return readFileSync(path, "utf8");
}

/** Numbers JSON cannot write are strings in the oracle. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  return value === "nan" ? Number.NaN : value === "inf" ? Infinity : value === "-inf" ? -Infinity : value;
}

export function agrees(got: number, expected: number, relative: number): boolean {
  return Object.is(got, expected) || got === expected || Math.abs(got - expected) <= relative * Math.abs(expected);
}
