/** The pass over Vega's SVG that gives it what Vega has not: mini-TeX texts, hatches, ids of its own, a description. */
import { inTextFace, symbolFamily } from "./font-coverage.ts";
import { parseText, scriptScale, type TextRun } from "./mini-tex.ts";
import { textWidth } from "./text-width.ts";

/** Base line of scripts, in units of the size of the text. */
const raise = 0.36;
const lower = 0.2;

/** Makes Vega's SVG a standalone figure. Deterministic: the same SVG gives the same text. */
export function finishSvg(svg: string, description: string): string {
  const texts = svg.replace(/<text ([^>]*)>([^<]*)<\/text>/g, (_, attributes: string, content: string) => {
    const size = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1] ?? 11);
    const pieces = piecesOf(parseText(unescapeXml(content)));
    if (!pieces.some((piece) => piece.symbol)) return `<text ${attributes}>${tspans(pieces, size)}</text>`;
    const weight = attributes.includes('font-weight="bold"') ? "bold" : "regular";
    const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1];
    const own = attributes.replace(/text-anchor="\w+"/, 'text-anchor="start"');
    return `<text ${own}>${tspans(pieces, size, { anchor, weight })}</text>`;
  });
  const label = escapeXml(description);
  const withHead = texts.replace(/<svg ([^>]*)>/, (_, attributes: string) => {
    const hatch = texts.includes("url(#hatch)") ? hatchPattern : "";
    return `<svg ${attributes} role="img" aria-label="${label}"><title>${label}</title>${hatch}`;
  });
  const numbered = numberedIds(withHead.replace(/ role="graphics-\w+" aria-roledescription="[^"]*"/g, ""));
  return withOwnIds(numbered, `f${hash(numbered)}-`);
}

/** Vega counts its clip paths through all drawings of a process; here they begin at 1 in each. */
function numberedIds(svg: string): string {
  const numbers = new Map<string, string>();
  return svg.replace(/\bclip\d+(?=["'])|(?<=url\(#)clip\d+/g, (id) => {
    if (!numbers.has(id)) numbers.set(id, `clip${numbers.size + 1}`);
    return numbers.get(id)!;
  });
}

/**
 * The same SVG with `prefix` before every id and every reference to one, so that several can stand in one page.
 * Ids that start with the prefix are left alone.
 */
export function withOwnIds(svg: string, prefix: string): string {
  const add = (id: string): string => (id.startsWith(prefix) ? id : prefix + id);
  return svg
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${add(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${add(id)})`)
    .replace(/((?:xlink:)?href)="#([^"]+)"/g, (_, name: string, id: string) => `${name}="#${add(id)}"`);
}

const hatchPattern =
  '<defs><pattern id="hatch" patternUnits="userSpaceOnUse" width="4" height="4" patternTransform="rotate(45)">' +
  '<line x1="2" y1="0" x2="2" y2="4" stroke="#222" stroke-width="1"/></pattern></defs>';

/** Part of a run that is set in one face. */
interface Piece extends TextRun {
  readonly symbol: boolean;
}

/** Advance width of the symbol face's mathematical symbols in units of the font size. */
const symbolWidth = 0.838;

/**
 * The content of a text element of `size` pixels; plain where nothing is special. With `placed` every change of face has a
 * place of its own: a renderer that looks for one face that has a whole string would else set all of it in the symbol face.
 */
function tspans(
  pieces: readonly Piece[],
  size: number,
  placed?: { readonly anchor: string | undefined; readonly weight: "regular" | "bold" },
): string {
  const widths = pieces.map(({ text, level, symbol }) => {
    const own = level === 0 ? size : size * scriptScale;
    return symbol ? [...text].length * own * symbolWidth : textWidth(text, own, placed?.weight);
  });
  const whole = widths.reduce((a, b) => a + b, 0);
  let x = placed?.anchor === "end" ? -whole : placed?.anchor === "middle" ? -whole / 2 : 0;
  let at = 0;
  let out = "";
  pieces.forEach(({ text, level, overline, symbol }, i) => {
    const target = level === 1 ? -raise * size : level === -1 ? lower * size : 0;
    const shift = target - at;
    at = target;
    const attributes = [
      ...(placed !== undefined && symbol !== pieces[i - 1]?.symbol ? [`x="${number(x)}"`] : []),
      ...(shift !== 0 ? [`dy="${number(shift)}"`] : []),
      ...(level !== 0 ? [`font-size="${number(size * scriptScale)}px"`] : []),
      ...(overline ? ['text-decoration="overline"'] : []),
      ...(symbol ? [`font-family="${symbolFamily}"`] : []),
    ];
    x += widths[i]!;
    const inner = escapeXml(text);
    out += attributes.length === 0 ? inner : `<tspan ${attributes.join(" ")}>${inner}</tspan>`;
  });
  return out;
}

/** Runs cut where the text face lacks a character; neighbours that both lack it stay together. */
function piecesOf(runs: readonly TextRun[]): Piece[] {
  return runs.flatMap((run) => {
    const list: { text: string; symbol: boolean }[] = [];
    for (const character of run.text) {
      const symbol = !inTextFace(character);
      const last = list.at(-1);
      if (last !== undefined && last.symbol === symbol) last.text += character;
      else list.push({ text: character, symbol });
    }
    return list.map((piece) => ({ ...run, ...piece }));
  });
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]!);
}

function unescapeXml(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-fA-F]+));/g, (_, name, decimal, hex) =>
    name !== undefined
      ? named[name]!
      : String.fromCodePoint(decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}

/** FNV-1a over the UTF-16 units, as eight hexadecimal digits: a name for a figure that depends only on what it shows. */
function hash(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}
