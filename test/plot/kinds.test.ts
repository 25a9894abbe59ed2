/** Fills, bands, efficiencies, cutflows, variations: the numbers that they draw, and what they refuse. */
import { expect, test } from "vitest";
import { axis, clopperPearsonInterval, Hist, poissonInterval } from "../../src/hist/index.ts";
import { band, cutflow, efficiency, fill, points, stack, step, variations } from "../../src/plot/index.ts";
import { PackedSelection } from "../../src/selection/index.ts";
import { backgrounds, contents, counts, data } from "../fixtures/plot-hists.ts";
import { axisTitle, column, layers, rows, texts, yScale } from "../fixtures/plot-read-back.ts";

test("a fill reaches from 0 to the contents; several are translucent", () => {
  const one = fill(counts([3, 1]));
  expect(column(one, "filled-0", "top")).toEqual([3, 1, 1]);
  expect(layers(one).find((l) => l.name === "filled-0")!.mark["opacity"]).toBeUndefined();
  const two = fill({ a: counts([3, 1]), b: counts([1, 2]) });
  expect(layers(two).find((l) => l.name === "filled-1")!.mark["opacity"]).toBe(0.4);
  expect(texts(two)["legend-texts"]).toEqual(["a", "b"]);
});

test("a band is the errors of the contents", () => {
  const figure = band(counts([4, 9]));
  expect(column(figure, "band-0", "low")).toEqual([4, 9, 9].map((n) => poissonInterval(n).low));
  expect(column(figure, "band-0", "high")).toEqual([4, 9, 9].map((n) => poissonInterval(n).high));
});

test("an efficiency has Clopper-Pearson intervals, and no point where there was nothing", () => {
  const figure = efficiency({ passed: counts([3, 0, 2]), total: counts([10, 0, 2]) });
  expect(rows(figure, "points-0-errors").map(({ value, low, high }) => ({ value, low, high }))).toEqual([
    { value: 0.3, ...clopperPearsonInterval(3, 10) },
    { value: 1, ...clopperPearsonInterval(2, 2) },
  ]);
  expect(yScale(figure).domain).toEqual([0, expect.closeTo(1.1, 1)]);
  expect(axisTitle(figure, "y")).toBe("Efficiency");
  expect(() => efficiency({ passed: counts([3]), total: counts([2]) })).toThrow(
    '3 of "passed" are not a part of 2 of "total"',
  );
  expect(() => efficiency({ passed: counts([1]), total: counts([2, 2]) })).toThrow(
    '"passed" and "total" have different bins',
  );
  expect(() => efficiency({ a: { passed: contents([0.5]), total: counts([2]) } })).toThrow(
    'bin 0 of "passed of a" holds 0.5',
  );
  expect(() => efficiency({})).toThrow("There is no efficiency to draw.");
});

test("a cutflow as the object that selections give, as a histogram, and several", () => {
  const selection = new PackedSelection();
  selection.add("trigger", [true, true, true, false]);
  selection.add("muons", [true, false, true, true]);
  const flow = selection.cutflow("trigger", "muons");
  const figure = cutflow(flow);
  expect(column(figure, "filled-0", "value").slice(0, 3)).toEqual([4, 3, 2]);
  expect(texts(figure)["bin-text-2-1"]).toEqual(["50 %"]);
  expect(yScale(figure).type).toBe("log");
  expect(column(cutflow(flow.yieldhist().cutflow), "filled-0", "value").slice(0, 3)).toEqual([4, 3, 2]);
  const both = cutflow({ a: flow, b: flow }, { logY: false });
  expect(column(both, "outline-1", "value")).toEqual([0, 4, 3, 2, 0]);
  expect(yScale(both).type).toBeUndefined();
  expect(() => cutflow(flow, { weighted: true })).toThrow("This cutflow has no weights");
  expect(() => cutflow(counts([1, 2]))).toThrow("has no names of cuts: a cutflow has a category axis.");
});

test("variations: lines up and down, and what they are relative to the nominal one", () => {
  const nominal = contents([10, 20, 0]);
  const figure = variations({ nominal, variations: { JES: { up: nominal.scale(1.1), down: nominal.scale(0.8) } } });
  expect(texts(figure)["legend-texts"]).toEqual(["Nominal", "JES up", "JES down"]);
  const close = (values: readonly number[]) => values.map((v) => expect.closeTo(v, 12));
  expect(column(figure, "lower-outline-1", "value")).toEqual(close([1.1, 1.1, 1.1]));
  expect(column(figure, "lower-outline-2", "value")).toEqual(close([0.8, 0.8, 0.8]));
  expect(column(figure, "lower-band-0", "high")).toEqual(close([2, 2, 2]));
  expect(layers(figure).find((l) => l.name === "outline-1")!.mark["strokeDash"]).toBeDefined();
  expect(() => variations({ nominal, variations: {} })).toThrow("There is no variation to draw.");
  expect(() => variations({ nominal, variations: { x: {} } })).toThrow('Variation "x" has neither up nor down.');
});

test("flow as bins of its own, with its contents", () => {
  const hist = Hist.of(axis.regular(2, 0, 10)).fill([[-1, 1, 6, 7, 20, 30]]);
  const figure = step(hist, { flow: "show" });
  expect(column(figure, "outline-0", "value")).toEqual([0, 1, 1, 2, 2, 0]);
  expect(texts(figure)["flow"]).toBeUndefined();
  const half = step(hist, { flow: "show", range: [0, 5] });
  expect(column(half, "outline-0", "value")).toEqual([0, 1, 1, 4, 0]);
});

test("blinded data are nowhere in the figure", () => {
  const hidden = data();
  const secret = [...hidden.values()][10]!;
  const figure = stack({ background: backgrounds(), data: hidden }, { blind: [300, 320] });
  expect(rows(figure, "points-4").map((row) => row["x"])).not.toContain(310);
  expect(column(figure, "points-4", "value")).not.toContain(secret);
  expect(rows(figure, "lower-points-1").map((row) => row["x"])).not.toContain(310);
  expect(column(figure, "filled-0", "value")).toHaveLength(21);
  expect(texts(figure)["flow"]![0]).toContain("blinded from 300 to 320");
  expect(() => points(data(), { blind: [900, 950] })).toThrow("900 to 950 blinds no bin of The histogram");
});

test("bins without a value part the line, and are counted in small print", () => {
  const ratio = counts([2, 0, 4, 6]).divide(counts([1, 0, 2, 2]));
  const figure = step(ratio);
  expect(rows(figure, "outline-0").map(({ value, part }) => [value, part])).toEqual([
    [0, 0],
    [2, 0],
    [2, 0],
    [0, 0],
    [0, 1],
    [2, 1],
    [3, 1],
    [0, 1],
  ]);
  expect(texts(figure)["flow"]).toEqual(["1 bin without value (NaN)"]);
  expect(() => stack({ background: { a: ratio } }, { uncertainty: false })).toThrow(
    'Histogram "a": bin 1 holds NaN, which cannot be stacked.',
  );
});

test("weights that are NaN are said, also where their bin is not shown", () => {
  const fill = (at: number): Hist => Hist.of(axis.regular(2, 0, 2)).fill([[0.5, at]], { weight: [1, Number.NaN] });
  expect(texts(step(fill(1.5)))["flow"]).toEqual(["1 bin without value (NaN); 1 weight NaN or infinite"]);
  expect(texts(step(fill(7)))["flow"]).toEqual(["1 weight NaN or infinite"]);
  expect(texts(stack({ background: { a: fill(7) } }, { uncertainty: false, flow: "none" }))["flow"]).toEqual([
    "1 weight NaN or infinite",
  ]);
});

test("the order of a stack, with colours that stay", () => {
  const background = { b: counts([5]), a: counts([1]), c: counts([3]) };
  const order = (sort?: "given" | "yield" | "yield_r" | "label" | "label_r") => {
    const figure = stack({ background }, sort === undefined ? {} : { sort });
    return [0, 1, 2].map((i) => column(figure, `filled-${i}`, "value")[0]);
  };
  expect([order(), order("yield"), order("yield_r"), order("label"), order("label_r")]).toEqual([
    [5, 1, 3],
    [1, 3, 5],
    [5, 3, 1],
    [1, 5, 3],
    [3, 5, 1],
  ]);
  const colour = (sort: "given" | "label", at: number) =>
    layers(stack({ background }, { sort })).find((l) => l.name === `filled-${at}`)!.mark["color"];
  expect(colour("given", 0)).toBe(colour("label", 1));
  expect(() => stack({ background }, { sort: "size" as never })).toThrow('A stack is not sorted by "size"');
});

test("nothing that is drawn changes", () => {
  const background = backgrounds();
  const before = JSON.stringify([background, data()]);
  const values = data();
  stack({ background, data: values }, { flow: "sum", binwnorm: true, sort: "yield", blind: [100, 200] }).spec();
  expect(JSON.stringify([background, values])).toBe(before);
});

test("labels of experiments: five positions, simulation where there are no data", () => {
  const of = (position?: 0 | 1 | 2 | 3 | 4, experiment = "CMS") =>
    step(counts([1]), {
      experiment,
      status: "Preliminary",
      lumi: 5,
      com: 13,
      ...(position !== undefined && { position }),
    });
  const y = (figure: ReturnType<typeof of>, name: string): number =>
    Math.sign(layers(figure).find((l) => l.name === name)!.data.values[0]!["y"] as number);
  const places = ([0, 1, 2, 3, 4] as const).map((p) => ["experiment", "status", "conditions"].map((n) => y(of(p), n)));
  expect(places).toEqual([
    [-1, -1, -1],
    [1, 1, -1],
    [1, 1, -1],
    [-1, 1, -1],
    [1, 1, 1],
  ]);
  expect(y(of(undefined, "ATLAS"), "experiment")).toBe(1);
  expect(layers(of(0, "ATLAS")).find((l) => l.name === "experiment")!.mark["fontStyle"]).toBe("italic");
  expect(() => of(7 as never)).toThrow("An experiment's label has position 0, 1, 2, 3 or 4, not 7.");
  const status = (simulation?: boolean, input = {}) =>
    texts(stack({ background: backgrounds(), ...input }, { experiment: "CMS", simulation }))["status"];
  expect([status(), status(false), status(undefined, { data: data() })]).toEqual([
    ["Simulation"],
    undefined,
    undefined,
  ]);
});

test("a logarithmic x axis: for log bins, or where asked; points at its middles", () => {
  const log = Hist.of(axis.regular(2, 1, 100, { transform: "log" })).fill([[2, 20]]);
  const figure = points(log);
  const axes = layers(figure).find((l) => l.name === "axes")!;
  expect(axes.encoding["x"]!["scale"]).toMatchObject({ type: "log", domain: [1, expect.closeTo(100)] });
  expect(column(figure, "points-0", "x")).toEqual([expect.closeTo(Math.sqrt(10)), expect.closeTo(Math.sqrt(1000))]);
  expect(column(points(log, { logX: false }), "points-0", "x")[0]).toBeCloseTo(5.5);
  expect(() => step(counts([1]), { logX: true })).toThrow("The histogram has no logarithmic axis: it begins at 0.");
});
