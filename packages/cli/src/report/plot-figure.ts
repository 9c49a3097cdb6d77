import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Html, rawHtml } from './html.js';

const STYLE = { background: 'transparent', fontSize: '12px', fontFamily: 'inherit' };

/** A figure as SVG for a page, in the colours of its text. */
export function plotFigure(title: string, options: Plot.PlotOptions): Html {
  const { document } = parseHTML('<html><body></body></html>');
  const svg = Plot.plot({ ...options, ariaLabel: title, style: STYLE, document });
  svg.setAttribute('role', 'img');
  return rawHtml(svg.outerHTML);
}

/** The same figure as a file of its own: black on white, with a font that every system has. */
export function svgFile({ markup }: Html): string {
  const xmlns = markup.includes('xmlns=') ? '' : 'xmlns="http://www.w3.org/2000/svg" ';
  const look = 'background:#fff;color:#000;font-family:Helvetica,Arial,sans-serif;';
  return `${markup
    .replace('<svg ', `<svg ${xmlns}`)
    .replace(/style="background:\s*transparent;/, `style="${look}`)
    .replace(/font-family:\s*inherit;?/, '')}\n`;
}
