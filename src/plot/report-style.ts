/** The style of a report page: the reader's light or dark, numbers aligned, wide tables scroll by themselves. */
export const reportStyle: string = `
:root { color-scheme: light dark; --back: #ffffff; --text: #1c2024; --soft: #5c6570; --line: #d9dee4; --tint: #f4f6f8; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14171a; --text: #e6e9ec; --soft: #9aa4ae; --line: #343b42; --tint: #1d2226; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 36px 0 10px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
.subtitle { margin: 0 0 8px; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 8px 0 16px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding: 0 0 4px; }
th, td { padding: 4px 14px 4px 0; text-align: left; vertical-align: top; }
th.number, td.number { text-align: right; padding: 4px 0 4px 18px; white-space: nowrap; }
td.number + td:not(.number), th.number + th:not(.number) { padding-left: 18px; }
thead th { border-bottom: 1px solid var(--line); font-weight: 600; white-space: nowrap; }
tbody tr + tr td { border-top: 1px solid var(--line); }
tbody tr:hover td { background: var(--tint); }
table.facts th { font-weight: 400; color: var(--soft); white-space: nowrap; }
table.facts tr + tr td, table.facts tbody tr:hover td { border: 0; background: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr)); gap: 18px; margin: 8px 0 16px; }
figure { margin: 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; background: #ffffff; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { padding: 6px 12px 8px; background: var(--tint); color: var(--text); font-size: 13.5px; }
pre { background: var(--tint); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; overflow-x: auto; font-size: 13px; line-height: 1.45; }
.warning { color: var(--bad); font-weight: 600; }
.left-out { color: var(--soft); font-style: italic; }
@media print { main { max-width: none; } figure, table { break-inside: avoid; } }
`;
