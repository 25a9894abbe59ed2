import { type NpyArray, zipNpy } from "../numpy/index.ts";
import { badArgument } from "./axis-options.ts";
import type { HistData } from "./hist-data.ts";
import type { Yields } from "./template-yields.ts";
import { type TemplateOptions, templatesOf } from "./templates.ts";

/** Files of cabinetry's histogram folder, and what is worth a look about them. */
export interface CabinetryTemplates {
  /** Bytes by file name. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly warnings: readonly string[];
}

/**
 * The templates of a histogram as the files that cabinetry reads: `REGION_PROCESS.npz`, also of what is observed, and
 * `REGION_PROCESS_SYSTEMATIC_Up.npz` and `_Down.npz`, with `-` for a space. Each holds `bins` (edges), `yields` and `stdev`
 * (standard deviations). Names, errors and warnings as in `pyhfTemplates`.
 *
 * @throws UsageError also for two templates of one file name.
 */
export function cabinetryTemplates(hist: HistData, options: TemplateOptions): CabinetryTemplates {
  const { channels, edges, warnings } = templatesOf(hist, options);
  const files: Record<string, Uint8Array> = {};
  const write = (names: readonly string[], yields: Yields): void => {
    const file = `${names.join("_").replaceAll(" ", "-")}.npz`;
    if (file in files) throw badArgument(`Two templates would be called ${file}: cabinetry joins names with _.`);
    files[file] = zipNpy({
      bins: array(edges),
      yields: array(yields.values),
      stdev: array(yields.variances.map(Math.sqrt)),
    });
  };
  for (const channel of channels) {
    if (channel.observed !== undefined) write([channel.name, String(options.observed)], channel.observed);
    for (const sample of channel.samples) {
      const names = [channel.name, sample.name];
      write(names, sample.nominal);
      for (const { name, up, down } of sample.variations) {
        write([...names, name, "Up"], up);
        write([...names, name, "Down"], down);
      }
    }
  }
  return { files, warnings };
}

const array = (values: Float64Array): NpyArray => ({ dtype: "float64", shape: [values.length], values });
