import { AIR, PREVIEW_STEP_PERCENT } from '../../study/patient-data.js';
import { type Html, html } from '../html.js';
import { montage, renderColourBar, renderMap } from '../maps.js';
import { encodePng } from '../raster.js';
import type { ReportInput, ShownPatient } from '../report-input.js';

/** PDFF scale in percent: liver stands out, subcutaneous fat saturates. */
const PDFF_SCALE = { range: [0, 30], colours: 'viridis' } as const;
const PANELS_IN_A_ROW = 3;

/** PDFF maps with the ROIs drawn on them, each beside its magnitude image. */
export function mapSection({ shown, results }: ReportInput): Html {
  const { positiveGrade } = results.settings;
  const figures = shown.map((patient) => {
    const side = patient.grade >= positiveGrade ? '≥' : '<';
    return html`<figure>
      <img
        alt="Magnitude and PDFF maps of ${patient.participant} with the ROIs"
        src="${dataUri(picture(patient))}"
      />
      <figcaption>
        <strong>${patient.participant}</strong>, grade ${patient.grade} (${side} ${positiveGrade}):
        mean PDFF of the ROIs ${patient.meanPdffPercent.toFixed(1)} %.
      </figcaption>
    </figure>`;
  });
  return html`<section id="maps">
    <h2>PDFF maps and ROIs</h2>
    <p>
      First the magnitude of the first echo in one slice, then the proton density fat fraction that
      the water–fat separation gives in every slice that holds an ROI. Squares are the 16×16 ROIs
      with their Couinaud segments. Of each class the patient with the median and the one with the
      highest mean PDFF are shown; air is left out of the maps.
    </p>
    <div class="maps">${figures}</div>
  </section>`;
}

function picture({ preview }: ShownPatient): Uint8Array {
  const { width, height, voxelAspect, slices } = preview;
  const shared = { width, height, voxelAspect };
  const magnitude = renderMap(
    {
      ...shared,
      title: `First echo, slice ${slices[preview.magnitudeSlice]!.index + 1}`,
      values: preview.magnitude,
      range: [0, AIR],
      colours: 'grey',
      outlines: slices[preview.magnitudeSlice]!.outlines,
    },
    1,
  );
  const maps = slices.map(({ index, pdff, outlines }) =>
    renderMap(
      {
        ...shared,
        ...PDFF_SCALE,
        title: `PDFF, slice ${index + 1}`,
        values: Float32Array.from(pdff, (code) =>
          code === AIR ? Number.NaN : code * PREVIEW_STEP_PERCENT,
        ),
        outlines,
      },
      1,
    ),
  );
  const bar = renderColourBar(PDFF_SCALE, '%', magnitude.height);
  return encodePng(montage([montage([magnitude, ...maps], PANELS_IN_A_ROW), bar], 2));
}

function dataUri(png: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < png.length; i += 8192) {
    binary += String.fromCharCode(...png.subarray(i, i + 8192));
  }
  return `data:image/png;base64,${btoa(binary)}`;
}
