/** UHI JSON (schema 1) to histograms. Every refusal names the field. */
import { CortadoError } from "../errors.ts";
import { cellCount } from "./axis.ts";
import { Hist } from "./hist.ts";
import { flatValues, sparseValues } from "./uhi-arrays.ts";
import { readAxis } from "./uhi-axis.ts";
import { bad, fieldsOf, readMetadata, readWriterInfo, text, unsupported } from "./uhi-fields.ts";

/**
 * A histogram from parsed UHI JSON with dense, sparse or empty storage.
 *
 * @param name the histogram's name in an error message
 * @throws FormatError: `NotUhi` naming the field that is wrong, `UnsupportedType` naming an axis or storage that is
 * not supported.
 */
export function fromUhi(json: unknown, name = "histogram"): Hist {
  const fields = fieldsOf(json, name, ["axes", "storage"], ["uhi_schema", "metadata", "writer_info"]);
  const { uhi_schema: schema = 1, axes } = fields;
  if (schema !== 1) throw bad(`${name}.uhi_schema`, `is ${JSON.stringify(schema)}; only schema 1 can be read`);
  readWriterInfo(fields["writer_info"], `${name}.writer_info`);
  const metadata = readMetadata(fields["metadata"], `${name}.metadata`);
  if (!Array.isArray(axes)) throw bad(`${name}.axes`, "is not a list");
  const own = axes.map((axis, i) => readAxis(axis, `${name}.axes[${i}]`));

  const path = `${name}.storage`;
  const storage = fieldsOf(
    fields["storage"],
    path,
    ["type"],
    ["values", "variances", "index", "counts", "sum_of_weights", "sum_of_weights_squared"],
  );
  const kind = storage["type"] === "weighted" ? "weight" : storage["type"];
  if (kind !== "double" && kind !== "weight") throw unsupported(`${path}.type`, storage["type"]);
  const hist = Hist.of(...own, { storage: kind, name: text(metadata["name"]), label: text(metadata["label"]) });
  const shape = own.map(cellCount);
  const arrays = kind === "weight" ? ["values", "variances"] : ["values"];
  const given = arrays.filter((array) => array in storage);
  if (given.length === 0 && !("index" in storage)) return hist;
  for (const array of arrays) {
    if (!(array in storage)) throw bad(path, `must contain ${array}`);
    const at = `${path}.${array}`;
    const cells =
      "index" in storage
        ? sparseValues(storage["index"], storage[array], shape, path, array)
        : flatValues(storage[array], shape, at);
    (array === "values" ? hist.storage.values : (hist.storage as { variances: Float64Array }).variances).set(cells);
  }
  if (hist.storage.kind === "double")
    hist.storage.weighted = metadata["_variance_known"] === false || !hist.storage.values.every(isCount);
  return hist;
}

/** True for what a fill without weights can leave in a cell. */
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;

/**
 * The histograms of a UHI JSON file, by name. Accepts the tokens `NaN`, `Infinity` and `-Infinity`, which Python writes
 * though JSON has none.
 *
 * @throws FormatError (`NotJson`, or as {@link fromUhi}).
 */
export function parseUhi(json: string): Map<string, Hist> {
  const file = parseWithNonFinite(json);
  if (typeof file !== "object" || file === null || Array.isArray(file))
    throw bad("the file", "must be an object of histograms by name");
  return new Map(Object.entries(file).map(([name, hist]) => [name, fromUhi(hist, name)]));
}

const mark = "\u0000number:";

function parseWithNonFinite(json: string): unknown {
  const strict = json.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : `"\\u0000number:${token}"`,
  );
  try {
    return JSON.parse(strict, (_, value) =>
      typeof value === "string" && value.startsWith(mark) ? Number(value.slice(mark.length)) : value,
    );
  } catch (cause) {
    throw new CortadoError(
      "FormatError",
      `The text is not JSON: ${(cause as Error).message}`,
      { code: "NotJson" },
      { cause },
    );
  }
}
