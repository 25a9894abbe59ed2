/** Selections in the form of oracles/hist.json as ours. */
import {
  type Choice,
  type Hist,
  len,
  loc,
  overflow,
  type Place,
  range,
  rebin,
  type Selection,
  sum,
  underflow,
} from "../../src/hist/index.ts";
import type { Json } from "./reference-state.ts";

type Tagged = { readonly [word: string]: Json };

export function selectionOf(where: Json, hist: Hist): Selection {
  const tagged = (typeof where === "object" && where !== null ? where : {}) as Tagged;
  if (tagged["$axes"] !== undefined)
    return Object.fromEntries(
      Object.entries(tagged["$axes"] as object).map(([name, choice]) => [name, choiceOf(choice)]),
    );
  return withEllipsis(tagged["$tuple"] === undefined ? [where] : (tagged["$tuple"] as Json[]), hist);
}

/** "..." stands for all axes that are not named. */
function withEllipsis(entries: readonly Json[], hist: Hist): (Choice | undefined)[] {
  const at = entries.indexOf("...");
  if (at < 0) return entries.map(choiceOf);
  const left = new Array<undefined>(hist.axes.length - entries.length + 1).fill(undefined);
  return [...entries.slice(0, at).map(choiceOf), ...left, ...entries.slice(at + 1).map(choiceOf)];
}

function choiceOf(json: Json): Choice {
  if (json === "sum") return sum;
  if (["string", "number", "boolean"].includes(typeof json) || Array.isArray(json)) return json as Choice;
  const tagged = json as Tagged;
  return tagged["$slice"] === undefined ? placeOf(json) : rangeOfJson(tagged["$slice"] as Json[]);
}

function placeOf(json: Json): Place {
  if (typeof json === "number") return json;
  if (json === "len") return len;
  const [[word, value], ...more] = Object.entries(json as Tagged) as [[string, Json], ...unknown[]];
  if (more.length > 0) throw new Error(`no place ${JSON.stringify(json)}`);
  switch (word) {
    case "$loc":
    case "$imag":
      return Array.isArray(value) ? loc(value[0], value[1]) : loc(value as number | string);
    case "$underflow":
      return underflow;
    case "$overflow":
      return overflow;
    default:
      throw new Error(`no place ${word}`);
  }
}

export function rangeOfJson([start, stop, action]: readonly Json[]): Choice {
  const place = (json: Json): Place | undefined => (json === null || json === undefined ? undefined : placeOf(json));
  return range(place(start), place(stop), actionOf(action) as undefined);
}

function actionOf(json: Json): unknown {
  if (json === null || json === undefined) return undefined;
  if (json === "sum") return sum;
  if (typeof json !== "object") return json;
  const [[word, value]] = Object.entries(json as Tagged) as [[string, Json]];
  switch (word) {
    case "$rebin":
    case "$imag":
      return rebin(value as number);
    case "$rebin_groups":
      return rebin({ groups: value as number[] });
    case "$rebin_edges":
      return rebin({ edges: value as number[] });
    default:
      throw new Error(`no action ${word}`);
  }
}
