import { join } from "node:path";
import { expect, test } from "vitest";
import { iterative, resultJson, run, workers } from "../../src/executor/index.ts";
import { toList } from "../../src/jagged/index.ts";
import type process from "../fixtures/processors/selects.ts";
import { fixture, sample, temporaryFolder, writeSample } from "./sample.ts";

type Result = ReturnType<typeof process>;

const data = sample(300);
const file = await writeSample(join(temporaryFolder(), "sample.parquet"), data);

test("what selections give adds up over chunks and threads, and has its methods", async () => {
  const executor = workers(2);
  const [here, there] = [
    await run<Result>(file, fixture("selects"), { chunkSize: 40, executor: iterative() }),
    await run<Result>(file, fixture("selects"), { chunkSize: 40, executor }),
  ];
  await executor.close();
  expect(resultJson(there)).toBe(resultJson(here));
  const met = data.MET_pt.map((pt) => pt > 20);
  const jets = data.Jet_pt.map((pts) => pts.filter((pt) => pt > 40).length >= 2);
  const n = (f: (i: number) => boolean): number => met.filter((_, i) => f(i)).length;
  for (const { result } of [here, there]) {
    const { cutflow, nminusone, weights, lumis, met: kept } = result!;
    const both = n((i) => met[i]! && jets[i]!);
    expect(cutflow.result().nevcutflow).toEqual([300, n((i) => met[i]!), both]);
    expect(nminusone.result().nev).toEqual([300, n((i) => jets[i]!), n((i) => met[i]!), both]);
    const total = data.genWeight.reduce((a, b) => a + b, 0);
    expect(cutflow.result().wgtevcutflow![0]).toBeCloseTo(1.05 * total, 10);
    expect(weights["gen"]!.sumw).toBeCloseTo(total, 10);
    expect(weights["sf"]).toEqual({ tag: "weightStatistics", sumw: 300, sumw2: 300, minw: 1, maxw: 1, n: 300 });
    expect([...lumis.runs]).toEqual([1, 2, 3]);
    expect(toList(kept.value)).toEqual(data.MET_pt.filter((_, i) => met[i]! && jets[i]!));
    expect(`${cutflow}`.split("\n")).toHaveLength(5);
  }
});
