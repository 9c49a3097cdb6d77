import { createVolume, denseData, type Volume } from '@steatosis/core';
import { describe, expect, test } from 'vitest';
import {
  encodeNifti,
  encodeNrrd,
  readImage,
  readMarkups,
  readSegmentation,
} from '../../src/index.js';
import { bundle, type Fixture, npy, warnings } from './bundle.js';

const files = bundle('roi');
const get = (name: string): Fixture => files.get(`roi/${name}`)!;
const reference: Volume = createVolume(new Float32Array(64 * 52 * 4), [64, 52, 4], {
  spacing: [1.75, 1.75, 5],
  origin: [-51.625, -56.875, -40],
});
const mask = (name: string): number[] => [...npy(get(`${name}.npy`).content).values];

describe('segmentations read back by SimpleITK 2.5.7 and pynrrd 1.1.3', () => {
  test.each([
    'six-rois.seg.nrrd',
    'six-rois-cropped.seg.nrrd',
    'labelmap.nrrd',
    'labelmap.nii.gz',
    'labelmap-flipped-axes.nii.gz',
    'six-rois.mrk.json',
  ])('%s gives the six regions on the grid of the image', async (name) => {
    const { list, onWarning } = warnings();
    const segmentation = await readSegmentation(get(name), reference, { onWarning });
    expect(segmentation.mask.data.shape).toEqual([64, 52, 4]);
    expect([...denseData(segmentation.mask)]).toEqual(mask('labels-six-rois'));
    expect(segmentation.segments.map(({ value }) => value)).toEqual([1, 2, 3, 4, 5, 6]);
    const named = !name.startsWith('labelmap');
    expect(segmentation.segments[3].name).toBe(named ? 'ROI_4' : 'label 4');
    expect(list).toEqual([]);
  });

  test('overlapping segments stand in layers, each with its own value, name and colour', async () => {
    const { mask: layered, segments } = await readSegmentation(
      get('overlapping.seg.nrrd'),
      reference,
    );
    expect(layered.data.shape).toEqual([64, 52, 4, 2]);
    const values = denseData(layered);
    const voxels = 64 * 52 * 4;
    expect([...values.subarray(0, voxels)]).toEqual(mask('mask-liver'));
    expect([...values.subarray(voxels)]).toEqual(mask('mask-vessel-overlaps-liver'));
    expect(segments.map(({ value, layer }) => [value, layer])).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(segments[1].name).toMatch(/^vessel \S/u);
    expect(segments[0].color).toEqual([0.501961, 0.682353, 0.501961]);
  });

  test('a turned box takes the voxels whose centres lie inside', async () => {
    const { mask: turned } = await readSegmentation(get('rotated-box.mrk.json'), reference);
    expect([...denseData(turned)].map((v) => (v > 0 ? 1 : 0))).toEqual(mask('mask-rotated-box'));
  });

  test('without a reference a label map keeps its own grid, boxes need one', async () => {
    const own = await readSegmentation(get('six-rois-cropped.seg.nrrd'));
    expect(own.mask.data.shape).toEqual([35, 36, 2]);
    await expect(readSegmentation(get('six-rois.mrk.json'))).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      argument: 'reference',
    });
  });

  test('DICOM segmentations are refused with what to do', async () => {
    await expect(readSegmentation(get('seg-binary.dcm'), reference)).rejects.toThrow(
      /\(SEG\).*\.seg\.nrrd/,
    );
    await expect(readSegmentation(get('rtstruct.dcm'), reference)).rejects.toThrow(/RTSTRUCT/);
  });
});

describe('label maps on other grids', () => {
  const image = createVolume(new Uint8Array(6 * 6), [6, 6, 1], { spacing: [2, 2, 4] });
  const labels = (values: number[], shape: number[], grid: object): Volume =>
    createVolume(Uint8Array.from(values), shape, grid);

  test('voxels that do not coincide are matched by the nearest, with a warning', async () => {
    const { list, onWarning } = warnings();
    const coarse = labels([0, 5], [2, 1, 1], { spacing: [6, 12, 4], origin: [2, 5, 0] });
    const { mask: placed } = await readSegmentation(await encodeNifti(coarse), image, {
      onWarning,
    });
    expect(list).toEqual([expect.stringMatching(/do not coincide/)]);
    expect([...denseData(placed)].filter((v) => v === 5)).toHaveLength(18);
    expect(placed.data.get(2, 0, 0)).toBe(0);
    expect(placed.data.get(3, 0, 0)).toBe(5);
  });

  test('a segment outside of the image is an error, a part outside a warning', async () => {
    const away = labels([3], [1, 1, 1], { spacing: [2, 2, 4], origin: [100, 0, 0] });
    await expect(readSegmentation(await encodeNifti(away), image)).rejects.toMatchObject({
      code: 'BAD_SEGMENTATION',
      message: expect.stringMatching(/"label 3".*outside of the image/),
    });
    const { list, onWarning } = warnings();
    const over = labels([3, 3], [2, 1, 1], { spacing: [2, 2, 4], origin: [10, 0, 0] });
    await readSegmentation(await encodeNifti(over), image, { onWarning });
    expect(list).toEqual([expect.stringMatching(/1 of 2 voxels.*outside/)]);
  });

  test('floating point label maps become integers; fractions are refused', async () => {
    const whole = createVolume(new Float32Array([0, 300]), [2, 1, 1]);
    const { mask: integers, segments } = await readSegmentation(await encodeNifti(whole));
    expect(integers.data.data).toEqual(Uint16Array.from([0, 300]));
    expect(segments).toEqual([{ value: 300, name: 'label 300' }]);
    const half = createVolume(new Float32Array([0, 0.5]), [2, 1, 1]);
    await expect(readSegmentation(await encodeNifti(half))).rejects.toThrow(/no label map.*0\.5/);
  });

  test('names, values and an empty segment survive writing', async () => {
    const segments = [
      { value: 2, name: 'seg2' },
      {
        value: 9,
        name: 'two\nlines \\ and a slash',
        color: [1, 0, 0.5] as [number, number, number],
      },
    ];
    const bytes = await encodeNrrd(labels([0, 2, 2, 0], [4, 1, 1], {}), { segments });
    const back = await readSegmentation(bytes);
    expect(back.segments.map(({ value, name }) => ({ value, name }))).toEqual(
      segments.map(({ value, name }) => ({ value, name })),
    );
    expect(back.segments[1].color).toEqual([1, 0, 0.5]);
    expect((await readImage(bytes)).data.get(1, 0, 0)).toBe(2);
  });
});

describe('markups', () => {
  test('points, boxes and curves in LPS', async () => {
    const { points } = await readMarkups(get('centres.mrk.json'));
    expect(points.map(({ position }) => position)).toEqual([
      [-29.75, -33.25, -35],
      [-29.75, -1.75, -35],
      [3.5, -33.25, -35],
      [3.5, 1.75, -35],
      [-29.75, -33.25, -30],
      [3.5, -26.25, -30],
    ]);
    const { curves } = await readMarkups(get('polygon.mrk.json'));
    expect(curves).toHaveLength(1);
    expect(curves[0].closed).toBe(true);
    expect(curves[0].points).toHaveLength(5);
    const { boxes } = await readMarkups(get('six-rois.mrk.json'));
    expect(boxes[1]).toEqual({
      name: 'ROI_2',
      center: [-29.75, -1.75, -35],
      size: [28, 28, 4.5],
      axes: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    });
  });

  const file = (markups: unknown): Uint8Array =>
    new TextEncoder().encode(JSON.stringify({ markups }));
  const box = {
    type: 'ROI',
    roiType: 'Box',
    coordinateSystem: 'LPS',
    center: [4, 4, 0],
    size: [5, 5, 3],
  };

  test('boxes that overlap get layers; names without numbers count from 1', async () => {
    const image = createVolume(new Uint8Array(6 * 6), [6, 6, 1], { spacing: [2, 2, 4] });
    const other = { ...box, center: [6, 4, 0] };
    const { mask: layered, segments } = await readSegmentation(
      {
        name: 'a.mrk.json',
        bytes: () =>
          Promise.resolve(
            file([
              { ...box, name: 'a' },
              { ...other, name: 'b' },
            ]),
          ),
      },
      image,
    );
    expect(layered.data.shape).toEqual([6, 6, 1, 2]);
    expect(segments).toEqual([
      { value: 1, name: 'a', layer: 0 },
      { value: 2, name: 'b', layer: 1 },
    ]);
  });

  test.each([
    ['a box inside out', [{ ...box, insideOut: true }], /inside out/],
    ['a negative edge', [{ ...box, size: [1, -1, 1] }], /negative edge/],
    [
      'axes that are no rotation',
      [{ ...box, orientation: [1, 0, 0, 1, 0, 0, 0, 0, 1] }],
      /no rotation/,
    ],
    ['a list that is none', 'boxes', /no list of markups/],
  ])('%s is refused', async (_, markups, message) => {
    await expect(readMarkups(file(markups))).rejects.toThrow(message);
  });

  test('other kinds are left out with a warning', async () => {
    const { list, onWarning } = warnings();
    await readMarkups(file([{ type: 'Plane', coordinateSystem: 'LPS' }]), { onWarning });
    expect(list).toEqual([expect.stringMatching(/type Plane/)]);
  });
});
