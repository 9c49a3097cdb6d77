/** What the page of an overview adds to the report's style sheet. */
export const PAGE_STYLE = `
main { max-width: 1320px; }
.note ul { margin: 4px 0; max-width: none; }
.strips { display: grid; grid-template-columns: repeat(var(--across), minmax(0, 1fr)); column-gap: 22px; }
figure.strip { margin: 18px 0 26px; }
figure.strip figcaption { margin: 0 0 6px; color: var(--soft); }
figure.strip figcaption strong { color: var(--ink); font-size: 16px; margin-right: 8px; }
.panels { display: grid; grid-template-columns: repeat(var(--slices), minmax(0, 400px)) 74px; gap: 6px; }
.panel { position: relative; background: #000; border-radius: 3px; overflow: hidden; }
.panel img, .panel svg { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.panel path { fill: none; stroke: #fff; stroke-width: 1.3; vector-effect: non-scaling-stroke; }
.panel path.rim { stroke: #000; stroke-width: 3.2; stroke-opacity: 0.75; }
.panel text { fill: #fff; stroke: #000; stroke-width: 3px; stroke-opacity: 0.8; paint-order: stroke; vector-effect: non-scaling-stroke; text-anchor: middle; font-weight: 600; }
.panel .slice { position: absolute; right: 6px; bottom: 4px; color: #fff; font-size: 12px; text-shadow: 0 0 3px #000, 0 0 3px #000; }
p.soft { color: var(--soft); font-size: 14px; max-width: 100ch; }
.panel .right, .panel .left { position: absolute; top: 5px; color: #fff; font-size: 13px; font-weight: 600; line-height: 1; }
.panel .right { left: 7px; }
.panel .left { right: 7px; }
.bar { position: relative; display: grid; grid-template-columns: 14px 1fr; column-gap: 6px; margin-left: 4px; }
.bar .colours { border: 1px solid var(--line); border-radius: 2px; }
.bar .ticks { position: relative; font-size: 12.5px; font-variant-numeric: tabular-nums; }
.bar .ticks span { position: absolute; left: 0; transform: translateY(50%); line-height: 1; white-space: nowrap; }
.bar .ticks span::before { content: ""; position: absolute; left: -7px; top: 50%; width: 5px; border-top: 1px solid var(--soft); }
.bar .unit { position: absolute; top: -24px; left: 0; font-size: 12.5px; color: var(--soft); }
@media (max-width: 760px) { .strips { grid-template-columns: 1fr; } .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); } .bar { min-height: 90px; } .bar .unit { display: none; } }
@media print { .panel { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .bar .colours { print-color-adjust: exact; -webkit-print-color-adjust: exact; } figure.strip { break-inside: avoid; } }
`;
