import { CortadoError, nearest, whatExists } from "../errors.ts";
import { readCompound } from "./compound-correction.ts";
import { type Correction, type ReadCorrection, readCorrection } from "./correction.ts";
import { document, type JsonPlace, parsedJson } from "./json-reader.ts";

/** The corrections of one file, by name. */
export interface CorrectionSet {
  readonly description?: string;
  /** Names of the corrections, compound ones last, in the order of the file. */
  readonly names: readonly string[];
  /** Throws CorrectionError `UnknownName` with the nearest names; `BadCorrection` where this correction is broken. */
  get(name: string): Correction;
}

/**
 * The corrections of a correctionlib file (schema version 2): its bytes (gzipped or not), its text, or the parsed JSON:
 * `correctionSet(readFileSync("muon.json.gz"))`.
 *
 * Each correction is checked and compiled when it is first asked for. Edges may be written as integers, which correctionlib refuses:
 * JSON numbers have one type here. Throws FormatError `NotJson` and CorrectionError `BadCorrection` naming the place.
 */
export function correctionSet(json: unknown): CorrectionSet {
  const place = document(parsedJson(json, "the corrections file"), "corrections file");
  const version = place.at("schema_version").number();
  if (version !== 2) place.at("schema_version").fail(`version 2 can be read, not ${version}`);
  const description = place.at("description");
  const simple = byName(place.at("corrections"));
  const compound = byName(place.at("compound_corrections"));
  const read = new Map<string, ReadCorrection>();

  function readOnce(name: string): ReadCorrection | undefined {
    const [one, stack] = [simple.get(name), compound.get(name)];
    const done =
      read.get(name) ??
      (one === undefined ? stack && readCompound(stack, (inner) => member(inner).compiled) : readCorrection(one));
    if (done !== undefined) read.set(name, done);
    return done;
  }

  function member(name: JsonPlace): ReadCorrection {
    const found = simple.has(name.text()) ? readOnce(name.text()) : undefined;
    return found ?? name.fail(`there is no correction "${name.text()}". ${whatExists(name.text(), simple.keys())}`);
  }

  const names = [...simple.keys(), ...compound.keys()];
  return {
    ...(!description.absent && { description: description.text() }),
    names,
    get(name) {
      const found = readOnce(name);
      if (found === undefined) throw unknownCorrection(name, names);
      return found.correction;
    },
  };
}

/** The error for a name that is not in a set. */
export function unknownCorrection(name: string, names: readonly string[]): CortadoError {
  return new CortadoError("CorrectionError", `there is no correction "${name}". ${whatExists(name, names)}`, {
    code: "UnknownName",
    nearest: nearest(name, names),
  });
}

function byName(list: JsonPlace): Map<string, JsonPlace> {
  const found = new Map<string, JsonPlace>();
  for (const place of list.absent ? [] : list.items()) {
    const name = place.at("name").text();
    if (found.has(name)) place.at("name").fail(`"${name}" is there twice`);
    found.set(name, place);
  }
  return found;
}
