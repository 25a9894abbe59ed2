/**
 * What rearranges jagged columns beside awkward: the same buffers, the same answers, a million events. awkward leaves
 * some results as an index over its input and applies it when they are used; its time here includes that, so that both
 * sides end with columns, and the time of the call alone stands beside it.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  at,
  type Column,
  type DType,
  fromList,
  type ListColumn,
  num,
  type PrimitiveColumn,
  type Values,
} from "cortado/jagged";
import { random } from "../datasets/random.ts";
import { checkCalls } from "./jagged-functions.ts";
import { type Peer, startPeer } from "./peer.ts";
import { rounds, speedup, summary, text } from "./rounds.ts";
import { type Columns, cases, definitions } from "./structure-cases.ts";

const events = 1_000_000;
const limit = 1.5;

export type StructureRow = { readonly [heading: string]: string };

interface Answer {
  /** Of the call alone. */
  readonly lazy: number;
  readonly seconds: number;
  readonly digest: readonly number[];
}

/** Measures the calls whose labels contain `wanted`. */
export async function benchStructure(folder: string, python: string | undefined, wanted = ""): Promise<StructureRow[]> {
  checkCalls(
    "structure",
    cases.map(([label, , awkward]) => [label.slice(0, label.indexOf("(")), () => undefined, awkward]),
  );
  const columns = makeColumns(folder);
  let peer: Peer | undefined;
  try {
    if (python !== undefined) {
      peer = await startPeer(python, "structure-peer.py");
      await peer.ask({ load: folder });
    }
    const table: StructureRow[] = [];
    for (const [label, ours, awkward] of cases)
      if (label.includes(wanted)) table.push(await row(label, () => ours(columns), awkward, peer));
    return table;
  } finally {
    peer?.close();
  }
}

async function row(
  label: string,
  call: () => unknown,
  evaluate: string,
  peer: Peer | undefined,
): Promise<StructureRow> {
  const ask = (): Promise<Answer> => peer!.ask<Answer>({ evaluate });
  if (peer !== undefined) requireEqual(label, digest(call()), (await ask()).digest);
  const lazy: number[] = [];
  const {
    seconds: [ours, theirs],
  } = await rounds(
    [
      async () => {
        const begin = performance.now();
        call();
        return (performance.now() - begin) / 1000;
      },
      peer &&
        (async () => {
          const answer = await ask();
          lazy.push(answer.lazy);
          return answer.seconds;
        }),
    ],
    { warmup: 2, count: 5 },
  );
  const milliseconds = (seconds: readonly number[]): string => text(summary(seconds.map((s) => s * 1000)), 1);
  const ratio = theirs && speedup(theirs, ours!);
  return {
    [`structure, ${events} events`]: label,
    "cortado ms": milliseconds(ours!),
    "awkward ms": theirs === undefined ? "not measured" : milliseconds(theirs),
    "its call alone ms": theirs === undefined ? "not measured" : milliseconds(lazy.slice(-theirs.length)),
    [`time, cortado / awkward (at most ${limit})`]:
      ratio === undefined ? "not measured" : `${text(ratio)}${ratio.median > limit ? " MISSED" : ""}`,
  };
}

function requireEqual(label: string, ours: readonly number[], theirs: readonly number[]): void {
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b) + 1e-9;
  if (ours.length === theirs.length && ours.every((number, i) => close(number, theirs[i]!))) return;
  throw new Error(`${label}: ${JSON.stringify(ours)} here, ${JSON.stringify(theirs)} in awkward`);
}

/** Columns of two collections and of events, their buffers written for the other side. */
function makeColumns(folder: string): Columns {
  const { uniform, poisson } = random(20240902, 0);
  const columns: { [name: string]: Column } = {};
  const write = (name: string, values: Uint8Array | Values): void => writeFileSync(join(folder, name), values);
  const primitive = (file: string, dtype: DType, values: Values): PrimitiveColumn => {
    write(file, values);
    return { kind: "primitive", dtype, length: values.length, values: values as never };
  };
  for (const [collection, mean] of [
    ["jet", 5],
    ["muon", 1.5],
  ] as const) {
    const offsets = new Int32Array(events + 1);
    for (let i = 0; i < events; i++) offsets[i + 1] = offsets[i]! + poisson(mean);
    write(`${collection}.offsets`, offsets);
    const length = offsets[events]!;
    const floats = (make: () => number): Float32Array => Float32Array.from({ length }, make);
    const contents: [string, DType, Values][] = [
      ["pt", "float32", floats(() => 15 - 25 * Math.log(uniform()))],
      ["eta", "float32", floats(() => 5 * uniform() - 2.5)],
      ["phi", "float32", floats(() => Math.PI * (2 * uniform() - 1))],
      ["mass", "float32", floats(() => 10 * uniform())],
      ["charge", "int32", Int32Array.from({ length }, () => (uniform() < 0.5 ? -1 : 1))],
      ["id", "int64", BigInt64Array.from({ length }, () => BigInt(Math.floor(1e6 * uniform())))],
      ["tight", "bool", Uint8Array.from({ length }, () => Number(uniform() < 0.5))],
    ];
    const members = new Map<string, Column>();
    for (const [name, dtype, values] of contents) {
      const content = primitive(`${collection}.${name}`, dtype, values);
      columns[`${collection}_${name}`] = { kind: "list", length: events, offsets, content };
      if (members.size < 4) members.set(name, content);
    }
    const content: Column = { kind: "record", length, fields: members };
    columns[`${collection}s`] = { kind: "list", length: events, offsets, content };
  }
  const order = Int32Array.from({ length: events }, (_, i) => i);
  for (let i = events - 1; i > 0; i--) {
    const j = Math.floor((i + 1) * uniform());
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  columns["met"] = primitive(
    "met",
    "float32",
    Float32Array.from({ length: events }, () => -30 * Math.log(uniform())),
  );
  columns["flag"] = primitive(
    "flag",
    "bool",
    Uint8Array.from({ length: events }, () => Number(uniform() < 0.3)),
  );
  columns["order"] = primitive("order", "int32", order);
  for (const [name, make] of definitions) columns[name] = make(columns);
  write(
    "definitions",
    new TextEncoder().encode(definitions.map(([name, , awkward]) => `${name} = ${awkward}\n`).join("")),
  );
  return columns;
}

/** Weighted sums over each level from outside to inside: lengths of lists, places of what is missing, values. */
function digest(result: unknown): number[] {
  if (ArrayBuffer.isView(result)) return [weighted(result as Float64Array)];
  if (Array.isArray(result))
    return result.length > 0 && isColumn(result[0])
      ? result.flatMap(digest)
      : typeof result[0] === "string"
        ? []
        : digest(fromList(result));
  if (!isColumn(result)) return [Number(result)];
  const present = result.validity && presentIn(result);
  if (present !== undefined && !present.every(Boolean)) {
    const kept = Int32Array.from(present.keys()).filter((i) => present[i] === 1);
    return [weighted(present), ...digest(at({ ...result, validity: undefined } as unknown as Column, kept))];
  }
  if (result.kind === "record") return [...result.fields.values()].flatMap(digest);
  if (result.kind === "string")
    return [weighted(result.offsets.subarray(1).map((stop, i) => stop - result.offsets[i]!))];
  if (result.kind === "primitive") return [weighted(result.values.subarray(0, result.length))];
  const lengths = num(result) as PrimitiveColumn;
  const content = at(
    result.content,
    Int32Array.from({ length: (result as ListColumn).offsets[result.length]! }, (_, i) => i),
  );
  return [weighted(lengths.values), ...digest(content)];
}

const isColumn = (value: unknown): value is Column => typeof value === "object" && value !== null && "kind" in value;

const presentIn = ({ length, validity }: Column): Uint8Array =>
  new Uint8Array(length).map((_, i) => (validity![i >> 3]! >> (i & 7)) & 1);

function weighted(values: Values): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (Number.isFinite(value)) sum += value * ((i % 97) + 1);
  }
  return sum;
}
