import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mergeAll } from "../../src/accumulator/index.ts";
import { run } from "../../src/executor/index.ts";
import { fromList, toList } from "../../src/jagged/index.ts";
import { additions } from "../../src/processor/additions.ts";
import { LumiData, LumiList, lumiMask } from "../../src/selection/index.ts";
import { sample, temporaryFolder, writeSample } from "../executor/sample.ts";

const small = fc.integer({ min: 1, max: 30 });
const range = fc.tuple(small, small).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)]);

describe("lumiMask", () => {
  test("is what a search through all ranges says, in any order and overlapping", () =>
    fc.assert(
      fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
        const certified = lumiMask({ "7": ranges });
        for (let lumi = 0; lumi <= 31; lumi++)
          expect(certified(7, lumi)).toBe(ranges.some(([first, last]) => first <= lumi && lumi <= last));
      }),
    ));

  test("takes text or what it holds, numbers or columns", () => {
    const certified = lumiMask('{"1": [[2, 3]], "5": []}');
    expect([certified(1, 2), certified(1n, 4n), certified(5, 2), certified(9, 2)]).toEqual([true, false, false, false]);
    expect(toList(certified(fromList([1, 1], "uint32"), BigInt64Array.of(3n, 1n)))).toEqual([true, false]);
  });

  test.each([
    ["no JSON", "{", "this is no JSON"],
    ["a list", "[]", "it holds no object of runs"],
    ["a run that is none", { a: [] }, '"a" is no run number'],
    ["a range backwards", { 1: [[3, 2]] }, "run 1 has [[3,2]], not a list of [first, last]"],
    ["one number", { 1: [3] }, "run 1 has [3]"],
  ])("%s is refused", (_, json, message) => expect(() => lumiMask(json as never)).toThrow(message));

  test("what is missing is an error, and so are other lengths", () => {
    const certified = lumiMask({ 1: [[2, 3]] });
    expect(() => certified(fromList([1, null], "?int32"), [1, 2])).toThrow("run has no value in event 1");
    expect(() => certified([1], [1, 2])).toThrow("lumi has 2 values for 1 events");
    expect(() => certified(undefined as never, 1 as never)).toThrow("run is undefined");
  });
});

const csv = `#Data tag : none
#run:fill,ls,time,beamstatus,E(GeV),delivered(/pb),recorded(/pb),avgpu,source
1:77,1:0,06/16/17 20:55:44,STABLE BEAMS,6500,0.3,0.25,40.3,HFET
1:77,2:2,06/16/17 20:55:44,STABLE BEAMS,6500,0.3,0.5,40.3,HFET
#Summary:
`;

describe("LumiData", () => {
  test("sums each section once and names what it lacks", () => {
    const data = new LumiData(csv);
    expect([data.length, data.unit]).toEqual([2, "/pb"]);
    const pairs: [number, number][] = [
      [1, 1],
      [1, 2],
      [1, 1],
      [9, 9],
      [1, 3],
      [9, 9],
    ];
    expect(data.getLumi(pairs)).toEqual({
      recorded: 0.75,
      missing: [
        [9, 9],
        [1, 3],
      ],
    });
    const seconds = 2 ** 18 / (40079000 / 3564);
    expect(new LumiData(csv, { isInstLumi: true }).getLumi(pairs).recorded).toBeCloseTo(0.75 * seconds, 12);
  });

  test.each([
    ["a line of something else", "1,2,3", "line 1 is not run:fill"],
    ["no number", csv.replace("0.25", "x"), "line 3 is not run:fill"],
    ["a section twice", csv.replace("2:2", "1:2"), "line 4 has section 1 of run 1 a second time"],
  ])("%s is refused", (_, text, message) => expect(() => new LumiData(text)).toThrow(message));
});

describe("LumiList", () => {
  const pairs = fc.array(fc.tuple(small, small));
  const listOf = (all: readonly (readonly [number, number])[]): LumiList =>
    new LumiList(
      all.map(([r]) => r),
      all.map(([, l]) => l),
    );

  test("chunks unite to the sections of all events, each once and in order", () =>
    fc.assert(
      fc.property(fc.array(pairs, { minLength: 1, maxLength: 4 }), (chunks) => {
        const total = mergeAll(
          chunks.map((chunk) => structuredClone(listOf(chunk))),
          additions,
        )!;
        const unique = new Map(chunks.flat().map((pair) => [String(pair), pair]));
        expect(total.pairs).toEqual([...unique.values()].toSorted(([a, b], [x, y]) => a - x || b - y));
        expect(total.length).toBe(unique.size);
      }),
    ));

  test("of a run says what was processed", async () => {
    const file = await writeSample(join(temporaryFolder(), "sample.parquet"), sample(300));
    type Events = { readonly run: never; readonly event: never };
    const { result } = await run<{ lumis: LumiList }>(
      file,
      (events: Events) => ({ lumis: new LumiList(events.run, events.run) }),
      { chunkSize: 70 },
    );
    expect(result!.lumis.pairs).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(() => new LumiList(fromList([null], "?int32"), [1])).toThrow("runs has no value in event 0");
  });
});

const folder = process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data");
const [golden, table] = ["Cert_294927-306462_13TeV_EOY2017ReReco_Collisions17_JSON.txt", "lumi_small.csv"].map((name) =>
  join(folder, "lumi", name),
) as [string, string];

test("the anchors of the specification", (context) => {
  if (!existsSync(golden) || !existsSync(table)) context.skip(`${golden} or ${table} is not there`);
  const certified = lumiMask(readFileSync(golden, "utf8"));
  expect([certified(303825, 115), certified(123, 123)]).toEqual([true, false]);
  const data = new LumiData(readFileSync(table, "utf8"));
  const first = Array.from({ length: 10 }, (_, k): [number, number] => [297050, 12 + k]);
  expect(data.getLumi(first).recorded).toBeCloseTo(1.539941814, 9);
});
