import type { HistData } from "./hist-data.ts";
import type { Yields } from "./template-yields.ts";
import { type TemplateOptions, templatesOf } from "./templates.ts";

export type PyhfModifier =
  /** Standard deviations of the nominal yields, sqrt(sumw2), one for each bin; one name for all samples of a channel. */
  | { readonly name: string; readonly type: "staterror"; readonly data: readonly number[] }
  /** The yields with a systematic one standard deviation up and down. */
  | {
      readonly name: string;
      readonly type: "histosys";
      readonly data: { readonly hi_data: readonly number[]; readonly lo_data: readonly number[] };
    };

export interface PyhfSample {
  readonly name: string;
  readonly data: readonly number[];
  readonly modifiers: readonly PyhfModifier[];
}

export interface PyhfChannel {
  readonly name: string;
  readonly samples: readonly PyhfSample[];
}

/** What a pyhf workspace says under the same names; `measurements` and `version` are left to whoever writes it. */
export interface PyhfTemplates {
  readonly channels: readonly PyhfChannel[];
  /** Empty unless a process is `observed`. */
  readonly observations: readonly { readonly name: string; readonly data: readonly number[] }[];
  /** What is worth a look: what was left out, and variations in bins where the nominal is 0. */
  readonly warnings: readonly string[];
}

/**
 * The templates of a histogram as plain data in the shape of a pyhf workspace (schema 1.0.0): a channel for each region, a
 * sample for each process with `staterror` (named `staterror_CHANNEL`) and a `histosys` for each systematic. Names of variations
 * are `nominal`, `jesUp` and `jesDown` or `jes_up` and `jes_down`. Processes and variations that were never filled in a
 * channel are left out there, which the warnings say. The same histogram always gives the same data.
 *
 * ```ts
 * const { channels, observations, warnings } = pyhfTemplates(hist, { flow: "drop", observed: "data" });
 * ```
 *
 * @throws UsageError for axes that do not fit (one of processes, at most one of regions and one of variations, one that is
 * numeric), categories that do not exist, storages without variances, bins that are not finite, or below 0 without
 * `allowNegative`, variations with one side without `symmetrise`, and channels without any prediction.
 */
export function pyhfTemplates(hist: HistData, options: TemplateOptions): PyhfTemplates {
  const { channels, warnings } = templatesOf(hist, options);
  return {
    channels: channels.map((channel) => ({
      name: channel.name,
      samples: channel.samples.map(({ name, nominal, variations }) => ({
        name,
        data: [...nominal.values],
        modifiers: [
          { name: `staterror_${channel.name.replaceAll(" ", "-")}`, type: "staterror", data: deviations(nominal) },
          ...variations.map(
            ({ name: systematic, up, down }): PyhfModifier => ({
              name: systematic,
              type: "histosys",
              data: { hi_data: [...up.values], lo_data: [...down.values] },
            }),
          ),
        ],
      })),
    })),
    observations: channels.flatMap(({ name, observed }) =>
      observed === undefined ? [] : [{ name, data: [...observed.values] }],
    ),
    warnings,
  };
}

const deviations = ({ variances }: Yields): number[] => Array.from(variances, Math.sqrt);
