import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { axis, fromUhi, Hist, parseUhi, rebin, sum, toUhi } from "../../src/hist/index.ts";
import { close } from "./reference-state.ts";
import { everyPair } from "./uhi-pairs.ts";

/** UHI keeps variances of means and not what we sum, so that these come back up to rounding. */
function expectSame(again: Hist, hist: Hist): void {
  expect({ ...again, storage: again.storage.kind }).toStrictEqual({ ...hist, storage: hist.storage.kind });
  if (!hist.storage.kind.endsWith("ean")) expect(again.storage).toStrictEqual(hist.storage);
  for (const [array, cells] of Object.entries(hist.storage))
    if (cells instanceof Float64Array) close(again.storage[array as "values"], [...cells], true);
}

describe("written and read again", () => {
  test.each([...everyPair()])("%s", (_, hist) => {
    const text = JSON.stringify(hist);
    const again = fromUhi(JSON.parse(text));
    expectSame(again, hist);
    if (!hist.storage.kind.endsWith("ean")) expect(JSON.stringify(again)).toBe(text);
  });

  test("the JSON of a small histogram, whole", () => {
    const hist = Hist.of(axis.category("d"), axis.regular(2, 0, 1, { name: "x", underflow: false }), {
      storage: "weight",
    });
    hist.fill({ d: "a", x: [0.1, 7], weight: 0.5 });
    expect(JSON.parse(JSON.stringify({ result: hist }))).toEqual({
      result: {
        uhi_schema: 1,
        axes: [
          {
            type: "category_str",
            categories: ["a"],
            flow: false,
            metadata: { name: "d", label: "" },
            writer_info: { "boost-histogram": { growth: true } },
          },
          {
            type: "regular",
            lower: 0,
            upper: 1,
            bins: 2,
            underflow: false,
            overflow: true,
            circular: false,
            metadata: { name: "x", label: "" },
          },
        ],
        storage: { type: "weighted", values: [[0.5, 0, 0.5]], variances: [[0.25, 0, 0.25]] },
      },
    });
  });

  test("a cell that JSON cannot hold is refused by name", () => {
    const hist = Hist.of(axis.regular(2, 0, 1, { name: "x" }), axis.category("d"), { storage: "weight" });
    hist.fill({ x: [0.1, 0.7], d: ["a", "b"], weight: [1, Number.NaN] });
    const message =
      'Cannot write histogram "q1" as JSON: cell [2, 1] of its values is NaN (1 row with a weight that is NaN or infinite).';
    expect(() => JSON.stringify({ q1: hist })).toThrow(expect.objectContaining({ kind: "UsageError", message }));
    const many = Hist.of(axis.regular(1, 0, 1), { storage: "int64" }).fill([0.5], { weight: 2 ** 52 });
    expect(() => toUhi(many.scale(4))).toThrow("cell [1] of its values is 18014398509481984");
    const far = Hist.of(axis.regular(1, 0, 1), { storage: "weight", name: "far" }).fill([0.5], { weight: 1e200 });
    expect(() => toUhi(far)).toThrow('"far" as JSON: cell [1] of its variances is Infinity');
  });
});

describe("reading", () => {
  const regular = { type: "regular", lower: 0, upper: 1, bins: 2, underflow: true, overflow: false, circular: false };
  const category = { type: "category_int", categories: [5, 3], flow: true };
  const read = (axes: object[], storage: object): Hist => fromUhi({ axes, storage }, "h");

  test("empty and sparse storages", () => {
    expect([...read([regular], { type: "double" }).values({ flow: true })]).toEqual([0, 0, 0]);
    const sparse = {
      type: "weighted",
      index: [
        [0, 2, 1],
        [2, 0, 1],
      ],
      values: [1, 2, 3],
      variances: [4, 5, 6],
    };
    const hist = read([regular, category], sparse);
    expect([...hist.values({ flow: true })]).toEqual([0, 0, 1, 0, 3, 0, 2, 0, 0]);
    expect([...(hist.variances({ flow: true }) ?? [])]).toEqual([0, 0, 4, 0, 6, 0, 5, 0, 0]);
    expect([...read([regular], { type: "double", index: [[]], values: [] }).values()]).toEqual([0, 0]);
    expect(read([], { type: "double", values: [3] }).sum()).toBe(3);
    expect(read([], { type: "double", values: 3 }).sum()).toBe(3);
  });

  test("metadata of any kind stay, of the histogram and of every axis, also of parts", () => {
    const notes = { unit: "GeV", version: 3, final: true };
    const axes = [
      { ...regular, metadata: { name: "x", label: "X", ...notes } },
      { ...category, metadata: { name: "n", label: 5 } },
      { type: "boolean", metadata: { name: "b", label: "", blind: false } },
      { type: "variable", edges: [0, 1, 3], underflow: false, overflow: false, circular: false, metadata: notes },
    ];
    const json = { uhi_schema: 1, metadata: { name: "h", campaign: 2016 }, axes, storage: { type: "double" } };
    const hist = fromUhi(json);
    const again = fromUhi(JSON.parse(JSON.stringify(hist)));
    expect(again).toStrictEqual(hist);
    expect(again.metadata).toEqual({ campaign: 2016 });
    expect(again.axes.map((a) => a.metadata)).toEqual([notes, { label: 5 }, { blind: false }, notes]);
    const part = hist.at({ x: rebin({ groups: [2] }), n: sum });
    expect(part.axes[0]!.metadata).toEqual(notes);
    expect([part, hist.add(hist), hist.scale(2)].map((h) => h.metadata)).toEqual(Array(3).fill({ campaign: 2016 }));
    expect(Hist.of(axis.regular(1, 0, 1, { metadata: notes }), { metadata: notes }).copy().metadata).toEqual(notes);
    expect(() => axis.regular(1, 0, 1, { metadata: { name: "x" } })).toThrow("has an option of its own");
    expect(() => Hist.of({ metadata: { a: null as never } })).toThrow('"a" is null');
  });

  test("sparse on request, where less than a quarter of the cells is filled", () => {
    const hist = Hist.of(axis.regular(20, 0, 20, { name: "x" }), axis.category("d"), { storage: "weight" });
    hist.fill({ x: [3, 5, 99], d: ["b", "a", "b"], weight: [2, 0.5, 1] });
    const json = toUhi(hist, "", { sparse: true });
    expect(json.storage).toEqual({
      type: "weighted",
      index: [
        [4, 6, 21],
        [0, 1, 0],
      ],
      values: [2, 0.5, 1],
      variances: [4, 0.25, 1],
    });
    expect(fromUhi(JSON.parse(JSON.stringify(json)))).toStrictEqual(hist);
    const full = hist.fill({ x: Array.from({ length: 20 }, (_, i) => i), d: "a" });
    expect(toUhi(full, "", { sparse: true })).toEqual(toUhi(full));
  });

  test("whole numbers beyond 2^53 are read with a warning", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    read([regular], { type: "int", values: [2 ** 53 - 1, 0, 1] });
    expect(warn).not.toHaveBeenCalled();
    read([regular], { type: "int", values: [2 ** 53, 0, 1] });
    expect(warn.mock.calls).toEqual([
      ["h: 1 cell of an int storage holds more than 2^53: it is exact to 53 bits only"],
    ]);
    warn.mockRestore();
  });

  test("variances of a double storage are known only where the cells can be counts", () => {
    expect(read([regular], { type: "double", values: [0, 1, 2] }).variances()).toBeDefined();
    expect(read([regular], { type: "double", values: [0, 1, 2.5] }).variances()).toBeUndefined();
    expect(read([regular], { type: "double", values: [0, 1, -2] }).variances()).toBeUndefined();
  });

  test("the tokens that Python writes for numbers JSON does not have", () => {
    const text =
      '{"NaN": {"axes": [{"type":"variable","edges":[0,1,2,3],"underflow":false,"overflow":false,"circular":false,"metadata":{"label":"Infinity, NaN \\" NaN"}}], "storage": {"type": "double", "values": [NaN, -Infinity,Infinity]}}}';
    const hist = parseUhi(text).get("NaN");
    expect([...(hist?.values() ?? [])]).toEqual([Number.NaN, -Infinity, Infinity]);
    expect(hist?.axes[0]?.label).toBe('Infinity, NaN " NaN');
    expect(() => parseUhi("{nope")).toThrow(
      expect.objectContaining({ kind: "FormatError", fields: { code: "NotJson" } }),
    );
    expect(() => parseUhi("[]")).toThrow("the file must be an object");
  });

  const good = { axes: [regular], storage: { type: "double", values: [1, 2, 3] } };
  const bad: [string, unknown, string][] = [
    ["no object", 3, "h is not an object"],
    ["another field", { ...good, extra: 1 }, "h.extra is not a field"],
    ["no axes", { storage: good.storage }, "h must contain axes"],
    ["no storage", { axes: [] }, "h must contain storage"],
    ["another schema", { ...good, uhi_schema: 2 }, "h.uhi_schema is 2"],
    ["nested metadata", { ...good, metadata: { a: { b: 1 } } }, "h.metadata.a must be"],
    ["null in metadata", { ...good, metadata: { a: null } }, "h.metadata.a must be"],
    ["nested notes", { ...good, writer_info: { lib: { a: [] } } }, "h.writer_info.lib.a must be"],
    ["axes that are no list", { ...good, axes: {} }, "h.axes is not a list"],
    ["an unknown axis", { ...good, axes: [{ type: "round" }] }, 'h.axes[0].type is "round"'],
    ["an axis without bins", { ...good, axes: [{ ...regular, bins: undefined }] }, "h.axes[0].bins is not a number"],
    [
      "a flow that is no boolean",
      { ...good, axes: [{ ...regular, overflow: 1 }] },
      "h.axes[0].overflow is not true or false",
    ],
    [
      "edges that fall",
      { ...good, axes: [{ type: "variable", edges: [1, 0], underflow: true, overflow: true, circular: false }] },
      "h.axes[0] is no axis: The edges",
    ],
    [
      "categories twice",
      { ...good, axes: [{ type: "category_str", categories: ["a", "a"], flow: false }] },
      "given twice",
    ],
    [
      "a category of another type",
      { ...good, axes: [{ type: "category_int", categories: ["a"], flow: false }] },
      "h.axes[0].categories contains",
    ],
    [
      "too few cells",
      { ...good, storage: { type: "double", values: [1, 2] } },
      "h.storage.values has 2 entries, the axis 3 cells",
    ],
    [
      "ragged cells",
      {
        axes: [category, category],
        storage: {
          type: "double",
          values: [
            [1, 2, 3],
            [1, 2, 3],
            [1, 2],
          ],
        },
      },
      "h.storage.values[2] has 2",
    ],
    [
      "a cell that is no number",
      { ...good, storage: { type: "double", values: [1, "2", 3] } },
      "h.storage.values[1] is not a number",
    ],
    ["fractions as int", { ...good, storage: { type: "int", values: [1, 2.5, 3] } }, "not whole"],
    ["an unknown storage", { ...good, storage: { type: "float" } }, 'h.storage.type is "float"'],
    ["no variances", { ...good, storage: { type: "weighted", values: [1, 2, 3] } }, "h.storage must contain variances"],
    [
      "a sparse cell outside",
      { ...good, storage: { type: "double", index: [[3]], values: [1] } },
      "h.storage.index[0][0] is 3, not one of 3 cells",
    ],
    [
      "a sparse index too short",
      { ...good, storage: { type: "double", index: [[0]], values: [1, 2] } },
      "h.storage.index[0] is not a list of 2",
    ],
    [
      "a sparse index without values",
      { ...good, storage: { type: "double", index: [[0]] } },
      "h.storage must contain values",
    ],
  ];
  test.each(bad)("%s is refused", (_, json, message) => {
    expect(() => fromUhi(json, "h")).toThrow(
      expect.objectContaining({
        kind: "FormatError",
        fields: { code: "NotUhi" },
        message: expect.stringContaining(message),
      }),
    );
  });

  test("boolean and circular axes, axes that grow, all storages", () => {
    const growing = { ...regular, overflow: true, writer_info: { "boost-histogram": { growth: true } } };
    expect(read([{ type: "boolean" }], { type: "int" }).axes[0]).toEqual(axis.boolean());
    const circular = { ...regular, underflow: false, overflow: true, circular: true };
    expect(read([circular], { type: "mean" }).axes[0]).toEqual(axis.regular(2, 0, 1, { circular: true }));
    expect(read([growing], { type: "weighted_mean" }).axes[0]).toEqual(axis.regular(2, 0, 1, { growth: true }));
  });

  test("a transform stands in the notes of an axis of edges", () => {
    const log = axis.regular(2, 1, 100, { transform: "log" });
    const [written] = toUhi(Hist.of(log)).axes as unknown as [{ edges: number[] }];
    expect(written).toMatchObject({
      type: "variable",
      writer_info: { "boost-histogram": { transform: "log", bins: 2 } },
    });
    expect(read([written], { type: "int" }).axes[0]).toEqual(log);
    expect(() => read([{ ...written, edges: [1, 20, 100] }], { type: "int" })).toThrow(
      "h.axes[0].edges are not regular(2",
    );
    const other = { ...written, writer_info: { "boost-histogram": { transform: "cube" } } };
    expect(read([other], { type: "int" }).axes[0]?.kind).toBe("variable");
  });

  test("the variance of one sample is no number, and is written as 0", () => {
    const mean = Hist.of(axis.regular(2, 0, 2), { storage: "mean" }).fill([[0.5, 1.5, 1.5]], { sample: [3, 4, 6] });
    const storage = { type: "mean", counts: [0, 1, 2, 0], values: [0, 3, 5, 0], variances: [0, 0, 2, 0] };
    expect(toUhi(mean).storage).toEqual(storage);
    expect(fromUhi(toUhi(mean))).toStrictEqual(mean);
  });
});

const data = join(process.env["CORTADO_DATA"] ?? resolve(import.meta.dirname, "../../../shared/data"), "uhi");
const files = (folder: string): string[] => {
  const path = join(data, folder);
  return existsSync(path)
    ? readdirSync(path)
        .filter((f) => f.endsWith(".json"))
        .map((f) => join(path, f))
    : [];
};
if (!existsSync(data)) test("files of the UHI project", (context) => context.skip(`there is no ${data}`));
else
  describe("files of the UHI project", () => {
    test.each(files("invalid"))("%s is refused with the field", (file) => {
      // "data.one.metadata.one must be …", "data.one must contain ['axes'] properties"
      const reason = readFileSync(file.replace(/json$/, "error.txt"), "utf8");
      const field = /must contain \['(\w+)'\]/.exec(reason)?.[1] ?? /data\.([\w.]+)/.exec(reason)![1]!;
      expect(() => parseUhi(readFileSync(file, "utf8"))).toThrow(field);
    });

    test.each(files("valid"))("%s is read, written and read again", (file) => {
      const names = Object.keys(JSON.parse(readFileSync(file, "utf8").replace(/NaN|-?Infinity/g, "0")));
      const text = readFileSync(file, "utf8");
      const hists = parseUhi(text);
      expect([...hists.keys()]).toEqual(names);
      for (const [name, hist] of hists) expectSame(fromUhi(toUhi(hist), name), hist);
    });
  });
