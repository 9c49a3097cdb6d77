import { describe, expect, it } from 'vitest';
import { permuteGrades, type StudyPatient } from '../src/study/cohort.js';
import { inLanes } from '../src/study/in-lanes.js';
import { auditNumbers } from '../src/report/sections/audit-numbers.js';
import { paperValues } from '../src/study/paper-values.js';
import { commonRows } from '../src/study/printed-pair.js';
import { resolveSettings } from '../src/study/settings.js';
import { installedVersions } from '../src/study/versions.js';
import { withoutUids } from '../src/study/without-identifiers.js';

describe('resolveSettings', () => {
  it('names the image, its bins and what the network sees', () => {
    expect(resolveSettings()).toMatchObject({
      featureImage: 'pdff',
      binWidth: 1,
      binCount: null,
      densenetInput: 'magnitudes',
      threshold: 0.5,
      copies: 8,
      patients: 50,
    });
    expect(resolveSettings({ featureImage: 'water' })).toMatchObject({
      binWidth: null,
      binCount: 32,
    });
    expect(resolveSettings({ featureImage: 'water', binWidth: 20 }).binWidth).toBe(20);
  });

  it('keeps workers, folders and resuming out of the results', () => {
    const settings = resolveSettings({ output: 'a', workers: 2 });
    expect(settings).toEqual(resolveSettings({ output: 'b', workers: 1 }));
    expect(JSON.stringify(resolveSettings({ data: '/home/somebody' }))).not.toContain('somebody');
  });

  it('does less when it is quick', () => {
    const [quick, whole] = [resolveSettings({ quick: true }), resolveSettings()];
    expect(quick.patients).toBeLessThan(whole.patients!);
    expect(quick.models.densenet.epochs).toBeLessThan(whole.models.densenet.epochs);
  });

  it.each([
    [{ positiveGrade: 0 }, /positiveGrade is 0/],
    [{ binWidth: -1 }, /binWidth is -1/],
    [{ patients: 3 }, /patients is 3/],
    [{ epochs: 1.5 }, /epochs is 1.5/],
    [{ featureImage: 'inPhase' as never }, /one of pdff, water, fat, firstEcho/],
  ])('refuses %j', (options, message) => {
    expect(() => resolveSettings(options)).toThrow(message);
  });
});

describe('permuteGrades', () => {
  const patients = Array.from({ length: 50 }, (_, i): StudyPatient => ({
    id: `sub-${i}`,
    clinical: {
      ageYears: 20 + i,
      sex: 'F',
      steatosisGrade: i < 38 ? 0 : 1,
      pancreaticSteatosisGrade: 0,
      metabolicSyndrome: false,
    },
  }));
  const grades = (list: readonly StudyPatient[]) => list.map((p) => p.clinical.steatosisGrade);

  it('deals the same grades anew and touches nothing else', () => {
    const permuted = permuteGrades(patients, 3);
    expect(grades(permuted)).not.toEqual(grades(patients));
    const positives = (list: readonly StudyPatient[]) => grades(list).filter((g) => g === 1).length;
    expect(positives(permuted)).toBe(positives(patients));
    expect(permuted.map((p) => [p.id, p.clinical.ageYears])).toEqual(
      patients.map((p) => [p.id, p.clinical.ageYears]),
    );
    expect(permuteGrades(patients, 3)).toEqual(permuted);
  });
});

describe('inLanes', () => {
  it('works through the list and stops at the first failure', async () => {
    const seen: number[] = [];
    await inLanes([1, 2, 3], 2, undefined, async (item) => void seen.push(item));
    expect(seen).toEqual([1, 2, 3]);
    const begun: number[] = [];
    const failing = inLanes([1, 2, 3, 4], 1, undefined, async (item) => {
      begun.push(item);
      if (item === 2) throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(begun).toEqual([1, 2]);
  });

  it('ends with an AbortedError when it is stopped', async () => {
    const stop = new AbortController();
    const work = inLanes([1, 2], 1, stop.signal, async () => stop.abort());
    await expect(work).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

describe('withoutUids', () => {
  it('masks UIDs and leaves numbers and versions alone', () => {
    expect(withoutUids('/scan/1.2.840.113619.2.5.7/IM.1.2.3: TE 1.15 ms, v0.1.2')).toBe(
      '/scan/[UID]/IM.1.2.3: TE 1.15 ms, v0.1.2',
    );
  });
});

describe('installedVersions', () => {
  it('names every package and the engine', () => {
    const versions = installedVersions();
    expect(Object.keys(versions)).toContain('@steatosis/densenet');
    expect(versions['v8']).toBe(process.versions.v8);
  });
});

describe('the paper’s values', () => {
  it('have the implications that an audit by hand found', () => {
    const found = auditNumbers(paperValues());
    expect(found).toMatchObject({ patients: 50, positives: 12, negatives: 38 });
    expect(found.rows).toEqual({ from: 264, to: 270 });
    expect(found.patientsOfRows).toEqual([44, 45]);
    expect(found.majorityInterval.map((limit) => limit.toFixed(3))).toEqual(['0.626', '0.857']);
    expect(found.bestP.toFixed(2)).toBe('0.87');
    expect(found.areas.map(({ interval }) => interval.map((limit) => limit.toFixed(2)))).toEqual([
      ['0.65', '0.97'],
      ['0.52', '0.88'],
    ]);
    expect([found.phi.toFixed(4), found.phiP.toFixed(3)]).toEqual(['0.1147', '0.428']);
    expect(commonRows([undefined, { from: 3, to: 9 }])).toBeUndefined();
    expect(
      commonRows([
        { from: 10, to: 12 },
        { from: 3, to: 9 },
      ]),
    ).toBeUndefined();
  });

  it('add up to its cohort', () => {
    const { cohort, majorityPercent, table2 } = paperValues();
    const { grades, patients, rois, roisPerPatient } = cohort;
    const counted = Object.values(grades).reduce((sum, { men, women }) => sum + men + women, 0);
    expect(counted).toBe(patients);
    expect(rois).toBe(patients * roisPerPatient);
    expect(majorityPercent).toBe((100 * 38) / 50);
    expect(Object.values(table2).map(({ impliedN }) => impliedN)).toEqual([
      '214–435',
      '258–274',
      '≥ 21',
      'none',
    ]);
    expect(Object.values(table2).map(({ pAt50 }) => pAt50.toPrecision(4))).toEqual([
      '0.9835',
      '0.8093',
      '1.344e-8',
      '5.444e-18',
    ]);
  });
});
