import { escapeXml, withOwnIds } from "./finish-svg.ts";
import { reportStyle } from "./report-style.ts";

/** A cell: numbers and bigints are formatted and stand right, other texts are shown as they are. */
export type ReportCell = string | number | bigint | boolean | null | undefined;

export interface ReportColumn {
  readonly label: string;
  /** Right for columns whose cells are all numbers, unless told. */
  readonly align?: "left" | "right";
}

export type ReportBlock =
  | {
      readonly kind: "table";
      readonly columns: readonly (string | ReportColumn)[];
      readonly rows: readonly (readonly ReportCell[])[];
      readonly caption?: string;
    }
  /** Names and values, one pair per line. */
  | { readonly kind: "facts"; readonly facts: readonly (readonly [string, ReportCell])[] }
  /** SVG texts, side by side as far as there is room. */
  | { readonly kind: "figures"; readonly figures: readonly ReportFigure[] }
  /** Paragraphs, parted by empty lines; `warning` makes them stand out. */
  | { readonly kind: "text"; readonly text: string; readonly warning?: boolean }
  | { readonly kind: "preformatted"; readonly text: string };

export interface ReportFigure {
  readonly svg: string;
  readonly caption?: string;
}

export interface ReportSection {
  readonly heading: string;
  readonly blocks: readonly ReportBlock[];
}

export interface ReportPage {
  readonly title: string;
  readonly subtitle?: string;
  readonly sections: readonly ReportSection[];
}

/** A page stays below this many bytes (2 MB), whatever it is given. */
export const reportLimit = 2_000_000;
const figuresLimit = 1_400_000;
const rowsLimit = 400;
const textLimit = 20_000;

/**
 * One self-contained HTML page: no scripts, nothing loaded, readable in light and dark. Every text is escaped; figures
 * get ids of their own. What would make the page too large is left out and named in its place: rows beyond 400 of a
 * table, text beyond 20 kB of a block, figures beyond 1.4 MB; a page still above 2 MB shows its sections' headings only.
 */
export function reportHtml(page: ReportPage): string {
  const room = { figures: figuresLimit, count: 0 };
  const sections = page.sections.map(({ heading, blocks }) =>
    section(heading, blocks.map((b) => block(b, room)).join("\n")),
  );
  const whole = html(page, sections);
  if (Buffer.byteLength(whole) < reportLimit) return whole;
  const note = '<p class="left-out">Left out: the page would be larger than 2 MB.</p>';
  return html(
    page,
    page.sections.slice(0, rowsLimit).map(({ heading }) => section(heading.slice(0, 200), note)),
  );
}

function html(page: ReportPage, sections: readonly string[]): string {
  const title = escapeXml(page.title);
  const subtitle = page.subtitle === undefined ? "" : `<p class="subtitle">${escapeXml(page.subtitle)}</p>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${subtitle}${sections.join("\n")}
</main>
</body>
</html>
`;
}

const section = (heading: string, content: string): string =>
  `<section>\n<h2>${escapeXml(heading)}</h2>\n${content}\n</section>`;

function block(b: ReportBlock, room: { figures: number; count: number }): string {
  switch (b.kind) {
    case "table":
      return tableHtml(b.columns, b.rows, b.caption);
    case "facts": {
      const rows = b.facts.map(
        ([name, value]) => `<tr><th scope="row">${escapeXml(name)}</th><td>${escapeXml(cellText(value))}</td></tr>`,
      );
      return `<table class="facts"><tbody>\n${rows.join("\n")}\n</tbody></table>`;
    }
    case "figures":
      return `<div class="figures">\n${b.figures.map((f) => figureHtml(f, room)).join("\n")}\n</div>`;
    case "text": {
      const mark = b.warning === true ? ' class="warning"' : "";
      const paragraphs = short(b.text).split(/\n\s*\n/);
      return paragraphs.map((p) => `<p${mark}>${escapeXml(p.trim()).replaceAll("\n", "<br>\n")}</p>`).join("\n");
    }
    case "preformatted":
      return `<pre>${escapeXml(short(b.text))}</pre>`;
  }
}

function tableHtml(
  columns: readonly (string | ReportColumn)[],
  rows: readonly (readonly ReportCell[])[],
  caption?: string,
): string {
  const heads = columns.map((c) => (typeof c === "string" ? { label: c } : c));
  const right = heads.map((c, i) => {
    if ("align" in c && c.align !== undefined) return c.align === "right";
    const cells = rows.map((row) => row[i]).filter((cell) => cell !== undefined && cell !== null && cell !== "");
    return cells.length > 0 && cells.every((cell) => typeof cell === "number" || typeof cell === "bigint");
  });
  const mark = (i: number): string => (right[i] === true ? ' class="number"' : "");
  const head = heads.map((c, i) => `<th scope="col"${mark(i)}>${escapeXml(c.label)}</th>`).join("");
  const body = rows
    .slice(0, rowsLimit)
    .map((row) => `<tr>${heads.map((_, i) => `<td${mark(i)}>${escapeXml(cellText(row[i]))}</td>`).join("")}</tr>`);
  const more =
    rows.length > rowsLimit ? `\n<p class="left-out">${rows.length - rowsLimit} more rows are not shown.</p>` : "";
  const title = caption === undefined ? "" : `<caption>${escapeXml(caption)}</caption>\n`;
  return `<div class="scroll"><table>\n${title}<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody></table></div>${more}`;
}

function figureHtml({ svg, caption }: ReportFigure, room: { figures: number; count: number }): string {
  const text = caption === undefined ? "" : `<figcaption>${escapeXml(caption)}</figcaption>`;
  const own = withOwnIds(svg.replace(/^\s*<\?xml[^>]*\?>\s*/, ""), `r${room.count++}-`);
  room.figures -= Buffer.byteLength(own);
  if (room.figures < 0)
    return `<figure><p class="left-out">Left out: the page would be larger than 2 MB.</p>${text}</figure>`;
  return `<figure>${own}${text}</figure>`;
}

/** Numbers as a person reads them: whole ones grouped by threes, others to four digits. */
function cellText(cell: ReportCell): string {
  if (cell === undefined || cell === null) return "";
  if (typeof cell === "string") return short(cell);
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "bigint" || Number.isSafeInteger(cell)) return grouped(String(cell));
  if (!Number.isFinite(cell)) return String(cell);
  const size = Math.abs(cell);
  if (size >= 1e15 || size < 1e-4) return cell.toExponential(3).replace("-", "−");
  return size >= 1000 ? grouped(String(Math.round(cell))) : String(Number(cell.toPrecision(4))).replace("-", "−");
}

/** Digits in threes with a narrow no-break space, from five digits on. */
function grouped(digits: string): string {
  const plain = digits.replace("-", "");
  const sign = digits.startsWith("-") ? "−" : "";
  return sign + (plain.length < 5 ? plain : plain.replace(/\B(?=(\d{3})+$)/g, "\u202f"));
}

function short(text: string): string {
  return text.length <= textLimit
    ? text
    : `${text.slice(0, textLimit)}\n… (${text.length - textLimit} more characters are not shown)`;
}
