import { spawnSync } from "node:child_process";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { mergeAll } from "../../src/accumulator/index.ts";
import { additions } from "../../src/processor/additions.ts";
import { PackedSelection, Weights } from "../../src/selection/index.ts";

const selection = new PackedSelection().addMultiple({ trigger: [true, true, false], "MET µ": [true, false, false] });
const options = { weights: new Weights().add("w", [0.5, 2, -1]), commonmask: [true, true, false] };
const cutflow = selection.cutflow("trigger", "MET µ", options);
const nminusone = selection.nminusone("trigger", "MET µ", options);

/** What numpy.load says of each array: its dtype, shape and values. */
const script = `
import io, json, sys
import numpy as np
arrays = np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
print(json.dumps({k: [str(v.dtype), list(v.shape), v.tolist()] for k, v in arrays.items()}))`;

const python = pythonInterpreter();
test.skipIf(python === undefined)(`numpy reads them${python === undefined ? `: ${noPython}` : ""}`, () => {
  const load = (bytes: Uint8Array): unknown =>
    JSON.parse(spawnSync(python!, ["-c", script], { input: bytes, encoding: "utf8" }).stdout);
  expect(load(cutflow.toNpz())).toEqual({
    labels: ["<U7", [3], ["initial", "trigger", "MET µ"]],
    nevonecut: ["int64", [3], [2, 2, 1]],
    nevcutflow: ["int64", [3], [2, 2, 1]],
    masksonecut: [
      "bool",
      [2, 3],
      [
        [true, true, false],
        [true, false, false],
      ],
    ],
    maskscutflow: [
      "bool",
      [2, 3],
      [
        [true, true, false],
        [true, false, false],
      ],
    ],
    commonmask: ["bool", [3], [true, true, false]],
    weights: ["float64", [3], [0.5, 2, -1]],
    wgtevonecut: ["float64", [3], [2.5, 2.5, 0.5]],
    wgtevcutflow: ["float64", [3], [2.5, 2.5, 0.5]],
  });
  expect(load(nminusone.toNpz())).toMatchObject({
    labels: ["<U11", [4], ["initial", "N - trigger", "N - MET µ", "N"]],
    nev: ["int64", [4], [2, 1, 2, 1]],
    masks: [
      "bool",
      [3, 3],
      [
        [true, false, false],
        [true, true, false],
        [true, false, false],
      ],
    ],
    wgtev: ["float64", [4], [2.5, 0.5, 2.5, 0.5]],
  });
});

test("the same bytes every time; a sum over chunks has no masks", () => {
  expect(cutflow.toNpz()).toEqual(selection.cutflow("trigger", "MET µ", options).toNpz());
  const names = (bytes: Uint8Array): string[] => Object.keys(unzipSync(bytes));
  const total = mergeAll([structuredClone(cutflow), structuredClone(cutflow)], additions)!;
  expect(names(total.toNpz())).toEqual(
    ["labels", "nevonecut", "nevcutflow", "wgtevonecut", "wgtevcutflow"].map((n) => `${n}.npy`),
  );
  expect(names(nminusone.toNpz())).toEqual(
    ["labels", "nev", "masks", "commonmask", "weights", "wgtev"].map((n) => `${n}.npy`),
  );
  for (const file of Object.values(unzipSync(cutflow.toNpz()))) {
    expect([file[0], String.fromCharCode(...file.subarray(1, 6))]).toEqual([0x93, "NUMPY"]);
    const header = new DataView(file.buffer, file.byteOffset).getUint16(8, true) + 10;
    expect([header % 64, file[header - 1]]).toEqual([0, 10]);
  }
});
