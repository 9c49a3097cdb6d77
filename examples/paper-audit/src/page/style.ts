/** System fonts, readable on screen (light and dark) and on paper. */
export const STYLE_SHEET = `
:root { color-scheme: light dark; --ink: #1b2026; --soft: #5b6570; --line: #d9dee3; --page: #fff; --panel: #f5f7f9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ec; --soft: #a3adb8; --line: #353d46; --page: #14181d; --panel: #1c2229; }
}
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 900px; margin: 0 auto; padding: 36px 24px 64px; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 8px; }
h2 { font-size: 21px; margin: 44px 0 10px; padding-top: 14px; border-top: 1px solid var(--line); }
p { max-width: 78ch; margin: 8px 0 12px; }
.lede, footer, figcaption { color: var(--soft); }
.table { overflow-x: auto; margin: 14px 0 18px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 6px; }
th, td { text-align: left; padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: 400; }
thead th { border-bottom-width: 2px; font-weight: 600; font-size: 13px; vertical-align: bottom; }
.tag { display: inline-block; border-radius: 4px; border: 1px solid currentColor; padding: 0 8px; font-size: 12.5px; font-weight: 600; white-space: nowrap; }
.tag.yes { color: #2a7d46; } .tag.no { color: #b0441c; } .tag.reading { color: #2f6db5; }
.caution { border-left: 4px solid #2f6db5; background: var(--panel); padding: 10px 14px; max-width: none; }
figure { margin: 16px 0; }
figure svg { display: block; max-width: 100%; height: auto; }
figcaption { font-size: 14px; margin-top: 6px; }
footer { margin-top: 48px; border-top: 1px solid var(--line); font-size: 13.5px; }
@media print { main { max-width: none; padding: 0; } figure, .table { break-inside: avoid; } body { font-size: 10.5pt; } }
`;
