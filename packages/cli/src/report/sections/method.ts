import { DENSENET_INPUT_NAMES, FEATURE_IMAGE_NAMES } from '../../study/images.js';
import { type Html, html } from '../html.js';
import type { ReportInput } from '../report-input.js';

/** What was read of the patients. */
function inputsOf(echoes: number, maps: number): string {
  if (maps === 0) return 'Multi-echo images';
  if (echoes === 0) return 'Maps of the scanner (no echoes)';
  return `Multi-echo images of ${echoes} patients, maps of the scanner of ${maps} patients without echoes`;
}

/** How the numbers were made, with all settings and versions. */
export function methodSection({ results }: ReportInput): Html {
  const { settings, versions, features, seed } = results;
  const { densenet, xgboost, gbdt, adaboost } = settings.models;
  const { echoes, maps } = results.cohort.pdffSources;
  const bins =
    settings.binWidth === null
      ? `${settings.binCount} grey levels between the ROI’s minimum and maximum`
      : `grey levels ${settings.binWidth} wide${settings.featureImage === 'pdff' ? ' (percent of PDFF)' : ''}`;
  return html`<section id="method">
    <h2>How it was done</h2>
    <ol>
      <li>
        <strong>Input.</strong> ${
          settings.cohort === 'simulated'
            ? html`A cohort was simulated with the physics and parameters of the paper’s scan (1.5
                T, six echoes at n × 1.15 ms, 5°, TR 10.3 ms), written to files and read back like
                any other cohort. Its assumptions are listed in the project’s
                <code>docs/simulator.md</code>.`
            : html`${inputsOf(echoes, maps)}, the ROIs and <code>participants.tsv</code> were read
                from the folder given.`
        }
      </li>
      <li>
        ${
          echoes === 0
            ? html``
            : html`<strong>Water–fat separation</strong> with the multi-peak spectrum of
                triglyceride, one R2* and the field map estimated; PDFF in percent, not clamped. `
        }${
          maps === 0
            ? html``
            : html`<strong>PDFF of the scanner</strong> for ${maps} of ${echoes + maps} patients: it
                was read from the maps that were given, not computed here. How these were made, and
                whether they were clipped, is not known.`
        }
      </li>
      <li>
        <strong>ROIs.</strong> ${settings.roiVoxels}×${settings.roiVoxels} voxels. For augmentation
        a patch is cut with a margin of ${settings.marginVoxels} voxels, moved, mirrored and turned
        in millimetres, given noise, and its central ${settings.roiVoxels}×${settings.roiVoxels}
        voxels are kept, so that no filled corner enters a texture: the original and
        ${settings.copies - 1} variants.
      </li>
      <li>
        <strong>Features</strong> from the ${FEATURE_IMAGE_NAMES[settings.featureImage]}, ${bins}.
        The paper does not say which image its features come from. The PDFF map is the default since
        it is the quantity that the grade is about and does not depend on coil and gain; the bin
        width is 1 % since the customary 25 would leave one or two grey levels in a liver.
      </li>
      <li>
        <strong>Selection and scaling.</strong> ${features.extracted} features are computed; the 27
        shape names (the ROI is always the same square) and the 6 deprecated names (equal to others)
        leave ${features.kept}. On the training rows alone, columns that do not vary are dropped and
        minimum and maximum are learned, which scale all rows.
      </li>
      <li>
        <strong>Classifiers.</strong> AdaBoost: ${adaboost.nEstimators} stumps. GBDT:
        ${gbdt.nEstimators} trees of depth ${gbdt.maxDepth}, rate ${gbdt.learningRate}. XGBoost’s
        algorithm: ${xgboost.nEstimators} trees of depth ${xgboost.maxDepth}, rate
        ${xgboost.learningRate}. The paper states no hyper-parameters; these are the usual defaults,
        and nothing was tuned.
      </li>
      <li>
        <strong>DenseNet</strong> (growth ${densenet.growthRate}, blocks
        ${densenet.blocks.join('-')}, compression ${densenet.compression}) on the
        ${DENSENET_INPUT_NAMES[settings.densenetInput]}, standardised by channel on the training
        rows: ${densenet.epochs} epochs of Adam with batches of ${densenet.batchSize} and rate
        ${densenet.learningRate}. The paper does not say what its network saw; the echoes’
        magnitudes are what the scanner stores. The number of epochs is fixed so that the study ends
        in minutes; training for longer may change its numbers.
      </li>
      <li>
        <strong>Baselines.</strong> The mean PDFF of the ROI as the score, and always the majority
        class.
      </li>
      <li>
        <strong>Units.</strong> By ROI, one row is one patch; by patient, the score is the mean over
        the patient’s rows.
      </li>
    </ol>
    <details>
      <summary>The ${features.kept} features</summary>
      <ul class="names">
        ${features.names.map((name) => html`<li>${name}</li>`)}
      </ul>
    </details>
    <details>
      <summary>Settings, seed and versions</summary>
      <pre>${JSON.stringify({ seed, settings, versions }, null, 2)}</pre>
    </details>
  </section>`;
}
