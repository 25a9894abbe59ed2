/** The name of the experiment and what stands with it, in the letters and the places that it asks for. */
import { labelWidth } from "./labels.ts";
import { misuse } from "./misuse.ts";
import type { FrameOptions } from "./options.ts";
import type { Style } from "./style.ts";

/** A piece of text in one kind of letters. */
export interface TextPiece {
  readonly name: string;
  readonly text: string;
  readonly size: number;
  readonly weight?: "bold";
  readonly italic?: boolean;
}

/** Pieces of a line, from left to right. */
export type TextLine = readonly TextPiece[];

export interface ExperimentLabels {
  /** Above the frame. */
  readonly above: { readonly left: TextLine; readonly right: string };
  /** The first lines inside the frame. */
  readonly inside: readonly TextLine[];
  /** What else stands inside, after them. */
  readonly lines: readonly TextLine[];
}

interface Letters {
  readonly name: { readonly weight?: "bold"; readonly italic?: boolean };
  readonly status: { readonly italic?: boolean };
  readonly position: 0 | 1 | 2 | 3 | 4;
}

const upright: Letters = { name: {}, status: {}, position: 1 };
const letters: Readonly<Record<string, Letters>> = {
  CMS: { name: { weight: "bold" }, status: { italic: true }, position: 0 },
  ATLAS: { name: { weight: "bold", italic: true }, status: {}, position: 4 },
  LHCb: upright,
  ALICE: upright,
};

/** Throws UsageError for a position that does not exist. */
export function experimentLabels(options: FrameOptions, width: number, style: Style): ExperimentLabels {
  const { fonts } = style;
  const { experiment, title } = options;
  const given = options.text === undefined ? [] : typeof options.text === "string" ? [options.text] : options.text;
  const texts = experiment !== undefined && title !== undefined ? [title, ...given] : given;
  const lines = texts.map((text, i): TextLine => [{ name: `text-${i}`, text, size: fonts.legend }]);
  const conditions = conditionsText(options);
  if (experiment === undefined) {
    const left: TextLine = title === undefined ? [] : [{ name: "title", text: title, size: fonts.tick }];
    return { above: { left, right: conditions }, inside: [], lines };
  }
  const own = letters[experiment] ?? letters["CMS"]!;
  const position = options.position ?? own.position;
  const name: TextPiece = { name: "experiment", text: experiment, size: fonts.experiment, ...own.name };
  const word = statusText(options);
  const status: TextLine =
    word === "" ? [] : [{ name: "status", text: word, size: fonts.experiment * 0.8, ...own.status }];
  // A name and a status that are wider than half of the frame would leave no room for a legend.
  const broken = position !== 0 && position !== 3 && labelWidth(`${experiment} ${word}`, name.size) > width * 0.6;
  const beside: readonly TextLine[] = broken ? [[name], ...(word === "" ? [] : [status])] : [[name, ...status]];
  const below = word === "" ? [] : [status];
  switch (position) {
    case 0:
      return { above: { left: [name, ...status], right: conditions }, inside: [], lines };
    case 1:
      return { above: { left: [], right: conditions }, inside: beside, lines };
    case 2:
      return { above: { left: [], right: conditions }, inside: [[name], ...below], lines };
    case 3:
      return { above: { left: [name], right: conditions }, inside: below, lines };
    case 4: {
      const last: TextLine[] =
        conditions === "" ? [] : [[{ name: "conditions", text: conditions, size: fonts.legend }]];
      return { above: { left: [], right: "" }, inside: [...beside, ...last], lines };
    }
    default:
      throw misuse(`An experiment's label has position 0, 1, 2, 3 or 4, not ${position}.`);
  }
}

function statusText({ status = "", simulation = false }: FrameOptions): string {
  return simulation && !/simulation/i.test(status) ? `Simulation ${status}`.trim() : status;
}

/** `11.5 fb⁻¹ (8 TeV)`, or what there is of it. */
function conditionsText({ lumi, com }: FrameOptions): string {
  const first = typeof lumi === "number" ? `${lumi} fb^{−1}` : (lumi ?? "");
  const second = typeof com === "number" ? `${com} TeV` : (com ?? "");
  if (first === "") return typeof com === "number" ? `√s = ${second}` : second;
  return second === "" ? first : `${first} (${second})`;
}
