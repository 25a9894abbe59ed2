import type { FlowMode } from "./binned.ts";

/** What every figure can be told. Texts may hold mini-TeX (`p_T`, `fb^{-1}`, `\mu`). */
export interface FrameOptions {
  /** Above the frame; inside it if there is an experiment. */
  readonly title?: string | undefined;
  /** "CMS", "ATLAS", "LHCb", "ALICE" in the letters that each uses; another one as CMS. */
  readonly experiment?: string | undefined;
  /** After the experiment: "Preliminary", "Open Data". */
  readonly status?: string | undefined;
  /** Puts "Simulation" before the status. `stack` does so by itself where there is no data. */
  readonly simulation?: boolean | undefined;
  /**
   * Where the experiment stands: 0 above the frame, 1 inside, 2 inside with the status below it, 3 above with the status
   * inside, 4 inside with luminosity and energy below it. Unless told, ATLAS has 4, LHCb and ALICE have
   * 1, and all others 0.
   */
  readonly position?: 0 | 1 | 2 | 3 | 4 | undefined;
  /** Integrated luminosity in inverse femtobarn, or a text. */
  readonly lumi?: number | string | undefined;
  /** Centre-of-mass energy in TeV, or a text. */
  readonly com?: number | string | undefined;
  /** Lines inside the frame: the selection, the channel. */
  readonly text?: string | readonly string[] | undefined;
  /** Instead of the label of the axis. */
  readonly xLabel?: string | undefined;
  /** Instead of "Events / 20 GeV". */
  readonly yLabel?: string | undefined;
  /** Logarithmic x axis; there for axes with a log transform unless told. */
  readonly logX?: boolean | undefined;
  /** Logarithmic y axis. */
  readonly logY?: boolean | undefined;
  /** Pixels of the whole figure at zoom 1, 640 by 600 unless told. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** What figures of 1-D histograms can be told. */
export interface PlotOptions extends FrameOptions {
  /** What is counted, "Events" unless told: "Jets" gives "Jets / 0.45 GeV". */
  readonly counted?: string | undefined;
  /** Contents over their sum and the width of the bins; of a stack, over the sum of the stack. */
  readonly density?: boolean | undefined;
  /** Contents per unit of the axis ("Events / GeV"), or per so many units. */
  readonly binwnorm?: boolean | number | undefined;
  /** Shown part of the x axis, widened to whole bins. */
  readonly range?: readonly [number, number] | undefined;
  /**
   * Content outside of what is shown: "hint" (the default) marks the edge and names it in small print below the frame,
   * "show" makes bins of it, "sum" adds it to the first and last bin, "none" says nothing.
   */
  readonly flow?: FlowMode | undefined;
  /** Data in bins that reach into this range are hidden: not drawn, and not in the figure's numbers. */
  readonly blind?: readonly [number, number] | undefined;
  /** Where the legend stands: where it costs the least head room unless told; `false` for none. */
  readonly legend?: "left" | "right" | false | undefined;
  /** Colours by label, instead of the palette. */
  readonly colours?: Readonly<Record<string, string>> | undefined;
}
