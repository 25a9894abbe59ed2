import { expect, test } from "vitest";
import { type ReportBlock, reportHtml, stack } from "../../src/plot/index.ts";
import { backgrounds, data } from "../fixtures/plot-hists.ts";

const page = (...blocks: ReportBlock[]): string =>
  reportHtml({ title: "A run", sections: [{ heading: "Section", blocks }] });

test("a table: numbers right and grouped, texts left, a caption", () => {
  const html = page({
    kind: "table",
    caption: "Queries",
    columns: ["query", "events", { label: "bytes read", align: "right" }, "rate"],
    rows: [
      ["q1", 200_000, "1.2 MB", 85_261.34],
      ["q2", 9_007_199_254_740_993n, undefined, 0.12345],
    ],
  });
  expect(html).toContain("<caption>Queries</caption>");
  expect(html).toContain(
    '<th scope="col">query</th><th scope="col" class="number">events</th><th scope="col" class="number">bytes read</th>',
  );
  expect(html).toContain(
    '<tr><td>q1</td><td class="number">200\u202f000</td><td class="number">1.2 MB</td><td class="number">85\u202f261</td></tr>',
  );
  expect(html).toContain(
    '<td class="number">9\u202f007\u202f199\u202f254\u202f740\u202f993</td><td class="number"></td><td class="number">0.1235</td>',
  );
});

test("numbers as a person reads them", () => {
  const html = page({
    kind: "facts",
    facts: [
      ["a", -12345],
      ["b", 1234],
      ["c", 2e-7],
      ["d", Number.NaN],
      ["e", true],
      ["f", 1.5],
      ["g", null],
    ],
  });
  const cells = [...html.matchAll(/<td>(.*?)<\/td>/g)].map((m) => m[1]);
  expect(cells).toEqual(["−12\u202f345", "1234", "2.000e−7", "NaN", "yes", "1.5", ""]);
});

test("every text is escaped", () => {
  const evil = `<script>alert("1")</script>&'`;
  const html = reportHtml({
    title: evil,
    subtitle: evil,
    sections: [
      {
        heading: evil,
        blocks: [
          { kind: "table", caption: evil, columns: [evil], rows: [[evil]] },
          { kind: "facts", facts: [[evil, evil]] },
          { kind: "text", text: evil, warning: true },
          { kind: "preformatted", text: evil },
          { kind: "figures", figures: [{ svg: "<svg></svg>", caption: evil }] },
        ],
      },
    ],
  });
  expect(html).not.toContain("<script");
  expect(html.split("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;")).toHaveLength(13);
});

test("self-contained: no script, nothing from elsewhere; every tag is closed", async () => {
  const figure = await stack({ background: backgrounds(), data: data() }).svg();
  const html = page({ kind: "figures", figures: [{ svg: figure }] }, { kind: "text", text: "one\n\ntwo\nlines" });
  expect(html).not.toMatch(/<script|<link|<img|@import|\bsrc=|url\((?!#)/);
  expect(
    [...html.matchAll(/https?:\/\/[^"]+/g)].map((m) => m[0]).filter((u) => !u.startsWith("http://www.w3.org/")),
  ).toEqual([]);
  expect(html).toContain("<p>one</p>\n<p>two<br>\nlines</p>");
  const open: string[] = [];
  for (const [, close, name, self] of html.matchAll(/<(\/?)([a-zA-Z][\w]*)[^>]*?(\/?)>/g)) {
    if (self === "/" || ["meta", "br"].includes(name!)) continue;
    if (close === "/") expect(open.pop()).toBe(name);
    else open.push(name!);
  }
  expect(open).toEqual([]);
});

test("the same figure twice in a page: ids differ, references follow", async () => {
  const svg = await stack({ background: backgrounds() }).svg();
  const html = page({ kind: "figures", figures: [{ svg }, { svg: `<?xml version="1.0"?>\n${svg}` }] });
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!);
  expect(ids.length).toBeGreaterThan(2);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, name] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(name);
  expect(html).not.toContain("<?xml");
});

test("a page stays below 2 MB and says what it leaves out", () => {
  const svg = `<svg>${"<path/>".repeat(90_000)}</svg>`;
  const many = page(
    {
      kind: "figures",
      figures: [
        { svg, caption: "first" },
        { svg, caption: "second" },
        { svg, caption: "third" },
      ],
    },
    { kind: "table", columns: ["n"], rows: Array.from({ length: 1000 }, (_, i) => [i]) },
    { kind: "preformatted", text: "x".repeat(50_000) },
  );
  expect(Buffer.byteLength(many)).toBeLessThan(2_000_000);
  expect(many.match(/<svg>/g)).toHaveLength(2);
  expect(many).toContain("Left out: the page would be larger than 2 MB.</p><figcaption>third");
  expect(many).toContain("600 more rows are not shown.");
  expect(many).toContain("(30000 more characters are not shown)");
  const huge = page(
    ...Array.from({ length: 300 }, () => ({ kind: "preformatted", text: "y".repeat(19_000) }) as const),
  );
  expect(Buffer.byteLength(huge)).toBeLessThan(2_000_000);
  expect(huge).toContain("Left out: the page would be larger than 2 MB.");
});
