export { type BinErrors, binErrors } from "./bin-errors.ts";
export type { FlowMode, PlotAxis, PlotHist } from "./binned.ts";
export type { Figure } from "./figure.ts";
export type { PlotOptions } from "./options.ts";
export { palette, sixColours, tenColours } from "./palette.ts";
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
export { type HistOrHists, type StepOptions, step } from "./step.ts";
