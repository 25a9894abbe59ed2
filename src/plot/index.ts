export { band } from "./band.ts";
export { type BinErrors, binErrors } from "./bin-errors.ts";
export type { FlowMode } from "./binned.ts";
export type { ComparisonKind } from "./comparison.ts";
export type { ComparisonOptions } from "./comparison-panel.ts";
export { type CutflowInput, type CutflowOptions, type CutSteps, cutflow } from "./cutflow.ts";
export { type EfficiencyInput, efficiency, type Passed } from "./efficiency.ts";
export type { Figure } from "./figure.ts";
export { fill } from "./fill.ts";
export { type HeatmapOptions, heatmap } from "./heatmap.ts";
export type { FrameOptions, PlotOptions } from "./options.ts";
export type { HistOrHists, OverlayOptions } from "./overlay.ts";
export { palette, sixColours, tenColours } from "./palette.ts";
export type { PlotAxis, PlotHist } from "./plot-hist.ts";
export { type PointsOptions, points } from "./points.ts";
export {
  type ReportBlock,
  type ReportCell,
  type ReportColumn,
  type ReportFigure,
  type ReportPage,
  type ReportSection,
  reportHtml,
} from "./report-html.ts";
export { type Signal, type StackInput, type StackOptions, stack } from "./stack.ts";
export type { Shift, Varied } from "./stack-uncertainty.ts";
export { type StepOptions, step } from "./step.ts";
export { type VariationsInput, type VariationsOptions, variations } from "./variations.ts";
