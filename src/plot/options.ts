import type { FlowMode } from "./binned.ts";

/** What every figure can be told. Texts may hold mini-TeX (`p_T`, `fb^{-1}`, `\mu`). */
export interface PlotOptions {
  /** Above the frame; inside it if there is an experiment. */
  readonly title?: string | undefined;
  /** Bold, above the frame: "CMS". */
  readonly experiment?: string | undefined;
  /** Italic, after the experiment: "Open Data", "Simulation", "Preliminary". */
  readonly status?: string | undefined;
  /** Integrated luminosity in inverse femtobarn, or a text. */
  readonly lumi?: number | string | undefined;
  /** Centre-of-mass energy in TeV, or a text. */
  readonly energy?: number | string | undefined;
  /** Lines inside the frame: the selection, the channel. */
  readonly text?: string | readonly string[] | undefined;
  /** Instead of the label of the axis. */
  readonly xLabel?: string | undefined;
  /** Instead of "Events / 20 GeV". */
  readonly yLabel?: string | undefined;
  /** What is counted, "Events" unless told: "Jets" gives "Jets / 0.45 GeV". */
  readonly counted?: string | undefined;
  /** Logarithmic y axis. */
  readonly logY?: boolean | undefined;
  /** Shown part of the x axis, widened to whole bins. */
  readonly range?: readonly [number, number] | undefined;
  /**
   * Content outside of what is shown: "hint" (the default) names it in small print below the frame, "sum" adds it to
   * the first and last bin, "none" says nothing.
   */
  readonly flow?: FlowMode | undefined;
  /** Where the legend stands: where it costs the least head room unless told; `false` for none. */
  readonly legend?: "left" | "right" | false | undefined;
  /** Colours by label, instead of the palette. */
  readonly colours?: Readonly<Record<string, string>> | undefined;
  /** Pixels of the whole figure at zoom 1, 640 by 600 unless told. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}
