import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { noPython, pythonInterpreter } from "../../scripts/setup-python.ts";
import { axis, fromUhiZip, Hist, toUhiZip } from "../../src/hist/index.ts";
import { close } from "./reference-state.ts";
import { everyPair } from "./uhi-pairs.ts";

test("every axis and storage, written and read again", () => {
  const ours = everyPair();
  const found = fromUhiZip(toUhiZip(ours));
  expect([...found.keys()]).toEqual([...ours.keys()]);
  for (const [name, hist] of ours) {
    const again = found.get(name)!;
    expect(again.axes).toStrictEqual(hist.axes);
    for (const [array, cells] of Object.entries(hist.storage))
      if (cells instanceof Float64Array) close(again.storage[array as "values"], [...cells], true);
  }
});

test("the same bytes each time, whatever the clock and the zone", () => {
  const hists = { a: Hist.of(axis.regular(2, 0, 1)).fill([[0.1, 0.7]]) };
  const zone = process.env["TZ"];
  const first = toUhiZip(hists);
  process.env["TZ"] = "Asia/Kolkata";
  expect(toUhiZip(hists)).toEqual(first);
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test("cells that JSON cannot hold", () => {
  const hist = Hist.of(axis.regular(1, 0, 1)).fill([[0.5]], { weight: [Number.NaN] });
  expect(fromUhiZip(toUhiZip({ hist })).get("hist")?.sum()).toBeNaN();
  const large = Hist.of(axis.regular(1, 0, 1), { storage: "int64" })
    .fill([0.5], { weight: 2 ** 52 })
    .scale(4);
  expect(() => toUhiZip({ large })).toThrow('"large" as a ZIP: cell [1] of its values is 18014398509481984');
});

test.each([
  ["no ZIP", Uint8Array.of(1, 2, 3), "Not a ZIP"],
  ["no JSON", zipSync({ "a.json": strToU8("{") }), "not JSON"],
  ["no array", zipSync({ "a.json": strToU8('{"axes":[],"storage":{"type":"double","values":"v.npy"}}') }), "no v.npy"],
  [
    "another file",
    zipSync({ "a.json": strToU8('{"axes":[],"storage":{"type":"double","values":"v.npy"}}'), "v.npy": strToU8("x") }),
    "v.npy is no .npy file",
  ],
])("%s is refused", (_, bytes, message) => {
  expect(() => fromUhiZip(bytes)).toThrow(
    expect.objectContaining({ kind: "FormatError", message: expect.stringContaining(message) }),
  );
});

const python = pythonInterpreter();
test.skipIf(python === undefined)(
  `Python's uhi reads what we write, and we what it writes${python ? "" : `: ${noPython}`}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "cortado-zip-"));
    try {
      const [ours, theirs] = [join(folder, "ours.zip"), join(folder, "theirs.zip")];
      writeFileSync(ours, toUhiZip(everyPair()));
      const script = [
        "import sys, zipfile, hist, uhi.io.zip as z",
        "a, b = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w')",
        "[z.write(b, n[:-5], hist.Hist(z.read(a, n[:-5]))) for n in a.namelist() if n.endswith('.json')]",
        "b.close()",
      ];
      execFileSync(python!, ["-c", script.join("\n"), ours, theirs]);
      const found = fromUhiZip(readFileSync(theirs));
      for (const [name, hist] of everyPair()) {
        const back = found.get(name)!;
        expect(back.add(Hist.of(...back.axes, { storage: hist.storage.kind })).sum()).toBe(back.sum());
        close(back.storage.values, [...hist.storage.values], true);
        const labelled = back.axes.map((a, i) => ({ ...a, label: hist.axes[i]!.label }));
        const twice = hist.storage.kind.endsWith("ean") ? 1 : 2;
        if (hist.axes.every((a) => a.kind !== "regular" || a.transform === undefined))
          expect(hist.add({ ...back, axes: labelled }).sum()).toBeCloseTo(twice * hist.sum(), 9);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
