import { AIR, PREVIEW_STEP_PERCENT } from '../../study/patient-data.js';
import { type Html, html } from '../html.js';
import { montage, renderColourBar, renderMap } from '../maps.js';
import { encodePng, pngDataUri } from '../raster.js';
import type { ReportInput, ShownPatient } from '../report-input.js';

/** PDFF scale in percent: liver stands out, subcutaneous fat saturates. */
const PDFF_SCALE = { range: [0, 30], colours: 'viridis' } as const;
const PANELS_IN_A_ROW = 4;
/** Air that is left around the body, in voxels. */
const RIM = 6;

/** PDFF maps with the ROIs drawn on them, each beside its magnitude image. */
export function mapSection({ shown, results }: ReportInput): Html {
  const { positiveGrade } = results.settings;
  const figures = shown.map((patient) => {
    const side = patient.grade >= positiveGrade ? '≥' : '<';
    return html`<figure>
      <img
        alt="Magnitude and PDFF maps of ${patient.participant} with the ROIs"
        src="${pngDataUri(picture(patient))}"
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
      First the magnitude of the first echo in one slice (of a patient without echoes the in-phase
      image or the PDFF), then the proton density fat fraction that the water–fat separation or the
      scanner gives in every slice that holds an ROI. Squares are the 16×16 ROIs with their Couinaud
      segments. Of each class the patient with the median and the one with the highest mean PDFF are
      shown; air is left out of the maps.
    </p>
    <div class="maps">${figures}</div>
  </section>`;
}

function picture({ preview }: ShownPatient): Uint8Array {
  const { voxelAspect, slices, magnitudeSlice } = preview;
  const body = bodyBox(preview);
  const shared = { width: body.width, height: body.height, voxelAspect };
  const outlinesOf = ({ outlines }: (typeof slices)[number]) =>
    outlines.map((outline) => ({ ...outline, x: outline.x - body.x, y: outline.y - body.y }));
  const magnitude = renderMap(
    {
      ...shared,
      title: `${preview.magnitudeTitle}, slice ${slices[magnitudeSlice]!.index + 1}`,
      values: cut(preview.magnitude, preview.width, body),
      range: [0, 255],
      colours: 'grey',
      outlines: outlinesOf(slices[magnitudeSlice]!),
    },
    1,
  );
  const maps = slices.map((slice) =>
    renderMap(
      {
        ...shared,
        ...PDFF_SCALE,
        title: `PDFF, slice ${slice.index + 1}`,
        values: Float32Array.from(cut(slice.pdff, preview.width, body), (code) =>
          code === AIR ? Number.NaN : code * PREVIEW_STEP_PERCENT,
        ),
        outlines: outlinesOf(slice),
      },
      1,
    ),
  );
  const bar = renderColourBar(PDFF_SCALE, '%', magnitude.height);
  return encodePng(montage([montage([magnitude, ...maps], PANELS_IN_A_ROW), bar], 2));
}

interface BodyBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The part of the slices that holds the body in any of them. */
function bodyBox({ width, height, slices }: ShownPatient['preview']): BodyBox {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (const { pdff } of slices) {
    for (let i = 0; i < pdff.length; i++) {
      if (pdff[i] === AIR) continue;
      left = Math.min(left, i % width);
      right = Math.max(right, i % width);
      top = Math.min(top, Math.floor(i / width));
      bottom = Math.max(bottom, Math.floor(i / width));
    }
  }
  if (right < 0) return { x: 0, y: 0, width, height };
  const x = Math.max(0, left - RIM);
  const y = Math.max(0, top - RIM);
  return {
    x,
    y,
    width: Math.min(width, right + RIM + 1) - x,
    height: Math.min(height, bottom + RIM + 1) - y,
  };
}

function cut(values: Uint8Array, width: number, box: BodyBox): Uint8Array {
  const part = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * width + box.x;
    part.set(values.subarray(from, from + box.width), y * box.width);
  }
  return part;
}
