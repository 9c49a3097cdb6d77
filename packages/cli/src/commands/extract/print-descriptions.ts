import { describeFeature } from '@steatosis/radiomics';
import type { OptionValues } from '../../command-line/option-values.js';
import { UsageError } from '../../terminal/usage-error.js';
import { explanationText } from './explain-feature.js';
import { featureListText, featuresOf } from './list-features.js';
import { chosenDefinitions } from './settings.js';

/** Options of an extraction, which say nothing about what features are. */
const ELSEWHERE = [
  ['output', '-o'],
  ['label', '--label'],
  ['settings', '--settings'],
  ['features', '--features'],
  ['cases', '--cases'],
  ['workers', '--workers'],
  ['resume', '--resume'],
  ['shard', '--shard'],
  ['maps', '--maps'],
  ['format', '--format'],
  ['force', '--force'],
] as const;

/**
 * Answer `--list-features` or `--explain`.
 *
 * @throws UsageError, SettingsError for a feature that there is not
 */
export function printDescriptions(options: OptionValues, print: (line: string) => void): void {
  const key = options.text('explain');
  const json = options.flag('json');
  for (const [name, flag] of ELSEWHERE) {
    if (options.has(name)) {
      throw new UsageError(`${flag} has no place with --list-features and --explain`, 'extract');
    }
  }
  if (key !== undefined) {
    if (options.flag('list-features')) {
      throw new UsageError('--list-features and --explain exclude each other', 'extract');
    }
    const feature = describeFeature(key);
    print(json ? JSON.stringify(feature, null, 2) : explanationText(feature));
    return;
  }
  const features = featuresOf(chosenDefinitions(options));
  print(json ? JSON.stringify(features, null, 2) : featureListText(features));
}
