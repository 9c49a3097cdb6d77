/** The report's style sheet: system fonts, readable on screen (light and dark) and on paper. */
export const STYLE_SHEET = `
:root {
  color-scheme: light dark;
  --ink: #1b2026; --soft: #5b6570; --line: #d9dee3; --page: #ffffff; --panel: #f5f7f9;
  --accent: #0b63a5; --bad: #a8330a; --bad-panel: #fdf1ea; --good-panel: #eaf3fa;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6e9ec; --soft: #a3adb8; --line: #353d46; --page: #14181d; --panel: #1c2229;
    --accent: #6db3ea; --bad: #f0a27e; --bad-panel: #2e2019; --good-panel: #16263a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
main { max-width: 1080px; margin: 0 auto; padding: 40px 28px 72px; }
h1 { font-size: 31px; line-height: 1.2; margin: 0 0 8px; letter-spacing: -0.01em; }
h2 { font-size: 22px; margin: 52px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
h3 { font-size: 16.5px; margin: 28px 0 6px; }
p, ul, ol { max-width: 76ch; margin: 8px 0 12px; }
li { margin: 4px 0; }
a { color: var(--accent); }
.lede { color: var(--soft); font-size: 17px; margin-bottom: 18px; }
.facts { display: flex; flex-wrap: wrap; gap: 8px; padding: 0; margin: 14px 0 18px; list-style: none; max-width: none; }
.facts li { border: 1px solid var(--line); border-radius: 999px; padding: 2px 12px; font-size: 13.5px; color: var(--soft); margin: 0; }
.note { border-left: 4px solid var(--accent); background: var(--good-panel); padding: 10px 16px; border-radius: 0 6px 6px 0; margin: 16px 0; max-width: none; }
.note.bad { border-color: var(--bad); background: var(--bad-panel); }
.note p { margin: 4px 0; max-width: none; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(155px, 1fr)); gap: 12px; margin: 18px 0; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; }
.card .name { font-size: 13.5px; color: var(--soft); }
.card .value { font-size: 27px; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.card .range { font-size: 13px; color: var(--soft); font-variant-numeric: tabular-nums; }
.table { overflow-x: auto; margin: 14px 0 20px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 6px; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { border-bottom: 2px solid var(--line); font-weight: 600; font-size: 13px; vertical-align: bottom; }
tbody th { white-space: nowrap; }
.number { text-align: right; white-space: nowrap; }
thead th.number { white-space: normal; }
td small { white-space: nowrap; }
tr.group th { background: var(--panel); font-weight: 600; white-space: normal; }
tr.strong th, tr.strong td { font-weight: 600; }
tr.muted th, tr.muted td { color: var(--soft); }
td small, th small { color: var(--soft); font-size: 12.5px; }
.tag { display: inline-block; border-radius: 4px; padding: 0 7px; font-size: 12px; font-weight: 600; line-height: 1.6; vertical-align: 1px; }
.tag.leak { background: var(--bad-panel); color: var(--bad); border: 1px solid var(--bad); }
.tag.result { background: var(--good-panel); color: var(--accent); border: 1px solid var(--accent); }
figure { margin: 16px 0; }
figcaption { font-size: 14px; color: var(--soft); margin-top: 6px; max-width: 90ch; }
figure svg { display: block; max-width: 100%; height: auto; }
.maps { display: grid; grid-template-columns: 1fr; gap: 18px; }
.maps img { display: block; width: 100%; height: auto; border-radius: 6px; background: #111418; }
.row { display: grid; gap: 24px; align-items: start; }
.row.two { grid-template-columns: minmax(0, 470px) minmax(0, 1fr); }
.row.three { grid-template-columns: repeat(3, minmax(0, 1fr)); }
.row figure { margin: 8px 0; }
.row figcaption { font-size: 13px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 10px 0; font-size: 13.5px; max-width: none; }
.legend li { margin: 0; white-space: nowrap; }
.swatch { display: inline-block; width: 18px; height: 4px; border-radius: 2px; margin-right: 6px; vertical-align: 4px; }
details { margin: 12px 0; }
summary { cursor: pointer; font-weight: 600; }
.row.two .note { margin-top: 0; }
code { white-space: nowrap; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 13px; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 12px 14px; overflow-x: auto; }
.names { columns: 3; font-size: 12.5px; list-style: none; padding: 0; max-width: none; }
.names li { margin: 0; break-inside: avoid; }
footer { margin-top: 56px; padding-top: 14px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13.5px; }
@media (max-width: 760px) { .row.two, .row.three { grid-template-columns: 1fr; } .names { columns: 1; } main { padding: 24px 16px 48px; } }
@media print {
  :root { --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --panel: #f4f4f4; --accent: #0b4f85; --bad: #8a2a08; --bad-panel: #fdf3ee; --good-panel: #eef5fb; }
  main { max-width: none; padding: 0; } h2 { break-after: avoid; } figure, .table, .card { break-inside: avoid; } body { font-size: 10.5pt; }
}
`;
