import { makeKeys } from "./content-code.ts";
import { type CompiledCorrection, correctionOf, type ReadCorrection, readHeader } from "./correction.ts";
import type { JsonPlace } from "./json-reader.ts";

const updates = { "+": "+", "*": "*", "/": "/" } as const;

/**
 * Reads a stack of corrections: each is evaluated with the inputs as those before have updated them (`inputs_update` by `input_op`), and
 * the results are put together by `output_op`, of which `last` keeps only the last. Throws CorrectionError `BadCorrection`.
 */
export function readCompound(place: JsonPlace, compiledOf: (name: JsonPlace) => CompiledCorrection): ReadCorrection {
  const header = readHeader(place);
  const position = (name: string, at: JsonPlace): number => {
    const found = header.inputs.findIndex((input) => input.name === name);
    return found < 0 ? at.fail(`"${name}" is not an input of the compound correction`) : found;
  };
  const updated = place
    .at("inputs_update")
    .items()
    .map((input) => {
      const found = position(input.text(), input);
      return header.inputs[found]!.type === "real"
        ? found
        : input.fail(`"${input.text()}" is not real: only real inputs can be updated`);
    });
  const update = place.at("input_op").oneOf(Object.keys(updates) as (keyof typeof updates)[]);
  const combine = place.at("output_op").oneOf(["+", "*", "/", "last"]);
  const stack = place
    .at("stack")
    .items()
    .map((name) => ({ name, compiled: compiledOf(name) }));
  if (stack.length === 0) place.at("stack").fail("it is empty");

  const keys = makeKeys();
  const lines = stack.map(({ name, compiled }, i) => {
    const given = compiled.inputs.map((input) => {
      const at = position(input.name, name);
      const { type } = header.inputs[at]!;
      if (type !== input.type)
        name.fail(`its input ${input.name} is ${input.type}, that of the compound correction ${type}`);
      return type === "string" ? `k${i}(x${at})` : `x${at}`;
    });
    const value = `s = f${i}(${given.join(", ")});`;
    const inputs = updated.map((at) => `x${at} ${updates[update]}= s;`).join(" ");
    const out = i === 0 || combine === "last" ? "out = s;" : `out ${combine}= s;`;
    return `${value} ${inputs} ${out}`;
  });
  const names = stack.flatMap((_, i) => [`f${i}`, `k${i}`]);
  const constants = stack.flatMap(({ compiled }) => [
    compiled.evaluate,
    (code: number) => compiled.codeOf(keys.key(code)),
  ]);
  const parameters = header.inputs.map((_, i) => `x${i}`).join(", ");
  const make = new Function(
    ...names,
    `return function (${parameters}) { let s = 0, out = 0; ${lines.join(" ")} return out; }`,
  );

  const hashed = header.inputs.flatMap(({ name }, i) =>
    stack.some(({ compiled }) => compiled.hashed.has(compiled.inputs.findIndex((input) => input.name === name)))
      ? [i]
      : [],
  );
  const compiled: CompiledCorrection = {
    name: header.name,
    inputs: header.inputs,
    evaluate: make(...constants) as CompiledCorrection["evaluate"],
    codeOf: (key) => keys.code(key),
    hashed: new Set(hashed),
  };
  const text = `${header.name}(${header.inputs.map(({ name }) => name).join(", ")}) → ${header.output.name}: ${stack.map(({ name }) => name.text()).join(", then ")}`;
  return { correction: correctionOf(header, compiled, () => text), compiled };
}
