import { type Html, html } from '../html.js';
import { montage, renderMap } from '../maps.js';
import { encodePng } from '../raster.js';
import type { PatientSlice, ReportInput } from '../report-input.js';

/** Highest PDFF of the colour scale in percent: liver stands out, subcutaneous fat saturates. */
const PDFF_CEILING = 30;

/** PDFF maps with the ROIs drawn on them, each beside its magnitude image. */
export function mapSection({ slices, results }: ReportInput): Html {
  const { positiveGrade } = results.settings;
  const figures = slices.map((slice) => {
    const side = slice.grade >= positiveGrade ? '≥' : '<';
    return html`<figure>
      <img
        alt="Magnitude and PDFF map of ${slice.participant} with its ROIs"
        src="${dataUri(picture(slice))}"
      />
      <figcaption>
        <strong>${slice.participant}</strong>, grade ${slice.grade} (${side} ${positiveGrade}): mean
        PDFF over all six ROIs ${slice.meanPdffPercent.toFixed(1)} %.
      </figcaption>
    </figure>`;
  });
  return html`<section id="maps">
    <h2>PDFF maps and ROIs</h2>
    <p>
      Left the magnitude of the first echo, right the proton density fat fraction that the water–fat
      separation gives, with the 16×16 ROIs of this slice and their Couinaud segments. Of each class
      the patient with the median and the one with the highest mean PDFF are shown. Air is left out
      of the map.
    </p>
    <div class="maps">${figures}</div>
  </section>`;
}

function picture(slice: PatientSlice): Uint8Array {
  const shared = {
    width: slice.width,
    height: slice.height,
    voxelAspect: slice.voxelAspect,
    outlines: slice.outlines,
  };
  const magnitude = renderMap({
    ...shared,
    title: 'First echo',
    values: slice.magnitude,
    range: [0, ceiling(slice.magnitude)],
    colours: 'grey',
  });
  const pdff = renderMap({
    ...shared,
    title: 'PDFF',
    values: slice.pdffPercent,
    range: [0, PDFF_CEILING],
    colours: 'viridis',
    unit: '%',
  });
  return encodePng(montage([magnitude, pdff], 2));
}

/** The 99th percentile: a few bright voxels must not darken the rest. */
function ceiling(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values)
    .filter((v) => Number.isFinite(v))
    .sort();
  const value = sorted[Math.floor(0.99 * (sorted.length - 1))] ?? 1;
  return value > 0 ? value : 1;
}

function dataUri(png: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < png.length; i += 8192) {
    binary += String.fromCharCode(...png.subarray(i, i + 8192));
  }
  return `data:image/png;base64,${btoa(binary)}`;
}
