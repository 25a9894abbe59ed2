/**
 * Every function of `cortado/jagged` and the half of the benchmark that measures it: `reductions.ts` or `structure.ts`,
 * each of which lists calls. An export that stands nowhere, or a name here without a call, is an error of the benchmark.
 */
import * as jagged from "cortado/jagged";
import type { JaggedInputs } from "./jagged-inputs.ts";

export type Group = "reductions" | "structure" | "not measured";

/**
 * One measured call: the exported name, ours, and the same in Python, where `ak`, `np` and the inputs are known by name;
 * where the two may differ by more than float32 rounds, by how much, in units of the sum of the absolute values.
 */
export type Call = readonly [name: string, ours: (inputs: JaggedInputs) => unknown, python: string, tolerance?: number];

const names: { readonly [group in Group]: string } = {
  reductions: `all any argmax argmin argsort corr count countNonzero covar linearFit max mean min moment nanargmax nanargmin
    nanmax nanmean nanmin nanprod nanstd nansum nanvar prod ptp softmax sort std sum var
    absolute add and arccos arccosh arcsin arcsinh arctan arctan2 arctanh ceil cos cosh divide equal exp expm1 floor
    floorDivide greater greaterEqual hypot invert isfinite isinf isnan less lessEqual log log10 log1p maximum minimum mod
    multiply negative notEqual or power rint sign sin sinh sqrt subtract tan tanh trunc xor
    almostEqual arrayEqual dropNone fillNone fullLike isNone isclose localIndex mask nanToNone nanToNum num onesLike
    runLengths valuesAstype where zerosLike`,
  structure: `argcartesian argcombinations at broadcastArrays cartesian combinations concatenate fields firsts flatten fromList
    fromRegular padNone pick ravel singletons slice toList toRegular toTypedArray unflatten unzip withField withName
    withoutField zip`,
  // One entry or one type each, whatever the number of events.
  "not measured": "ellipsis isValid newaxis parseColumnType truthValue typeName valuesOf",
};

/** The group of each name. */
export const groupOf: { readonly [name: string]: Group } = Object.fromEntries(
  Object.entries(names).flatMap(([group, list]) => list.split(/\s+/).map((name) => [name, group as Group])),
);

/** Throws for an export that has no group and for a name of the group that no call measures. */
export function checkCalls(group: Group, calls: readonly Call[]): void {
  const measured = new Set(calls.map(([name]) => name));
  const wrong = [
    ...Object.keys(jagged).filter((name) => !Object.hasOwn(groupOf, name)),
    ...Object.keys(groupOf).filter((name) => !Object.hasOwn(jagged, name)),
    ...Object.keys(groupOf).filter((name) => groupOf[name] === group && !measured.has(name)),
    ...[...measured].filter((name) => groupOf[name] !== group),
  ];
  if (wrong.length > 0)
    throw new Error(`bench/jagged-functions.ts and the calls of ${group} disagree about ${wrong.join(", ")}`);
}
