import { FEWEST_ECHOES } from './check-echoes.js';
import { AMBIGUOUS_ECHOES } from './magnitude-estimates.js';
import type { ResolvedOptions, SeparateWaterFatOptions } from './options.js';
import type { SeparationReport } from './report.js';

/** What a reader of the maps must know: limits of the fit, and settings that were forced. */
export function limitsOf(facts: {
  settings: ResolvedOptions;
  /** Options as the caller gave them. */
  options: SeparateWaterFatOptions;
  echoes: number;
  noiseFloor: SeparationReport['noiseFloor'];
  noiseSd: number;
}): string[] {
  const { settings, options, echoes, noiseFloor } = facts;
  const limits: string[] = [];
  if (settings.magnitudesOnly) {
    limits.push(
      'Only magnitudes are known: they were fitted, and there is no field map.',
      echoes === AMBIGUOUS_ECHOES
        ? `With ${AMBIGUOUS_ECHOES} magnitudes more water than fat is taken for granted: voxels with more ` +
            'fat than water come out wrong.'
        : 'Without phases water and fat are told apart by the fat spectrum alone, with an eye on the ' +
            'neighbours: unreliable at low SNR, in thin layers, and where there is about as much fat as water.',
    );
  }
  if (settings.fit === 'magnitude') {
    if (noiseFloor === null) {
      limits.push(
        settings.noiseFloor
          ? 'No noise floor: none was given as noiseSd and no air with plain noise was found. R2* is too ' +
              'low where the signal decays into the noise.'
          : 'No noise floor, as asked: R2* is too low where the signal decays into the noise.',
      );
    }
  }
  if (!settings.magnitudesOnly && echoes === FEWEST_ECHOES) {
    limits.push(
      `With ${FEWEST_ECHOES} echoes one phase for water and fat is forced` +
        (options.commonPhase === false ? ' although commonPhase is false.' : '.'),
    );
  }
  if (Number.isNaN(facts.noiseSd)) {
    limits.push(
      'The fit leaves no residual from which the noise could be told: the SD maps are NaN. Give noiseSd.',
    );
  }
  return limits;
}
