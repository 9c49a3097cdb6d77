/** Sections 4 to 6: accuracies and areas. */
import type { Audit } from '../audit.ts';
import type { SmallestFraction } from '../accuracies.ts';
import { accuracyFigure, areasFigure } from './figures.ts';
import { interval, list, percent, pText } from './format.ts';
import { type Html, html, table } from './html.ts';

export function accuracySection({ accuracies }: Audit): Html {
  const fraction = ({ accuracy, correct, cases }: SmallestFraction) =>
    `${accuracy} = ${correct}/${cases}`;
  return html`<section id="accuracies">
    <h2>4 · Table 1: do the accuracies have a common number of cases?</h2>
    ${table(
      'Smallest fractions that print as the accuracies',
      ['Model', 'Training set', 'Test set'],
      accuracies.models.map(({ name, training, test }) => [
        name,
        fraction(training),
        fraction(test),
      ]),
    )}
    <p>
      ${accuracies.plausibleTried} plausible sizes were tried (patients, ROIs and augmented rows,
      whole or shared out):
      ${accuracies.plausibleFittingAll.length === 0 ? 'none' : list(accuracies.plausibleFittingAll)}
      explains all four test accuracies. Sizes that explain some:
      ${accuracies.plausible.map(({ cases, test }) => `${cases} (${list(test)})`).join(', ')}. No
      test set within ${list(accuracies.splits.map(({ total }) => total))} rows in all explains all
      eight accuracies.
    </p>
    <p>
      Below ${accuracies.below} only ${list(accuracies.fittingAll)} explain the four test
      accuracies, and that is no evidence: of sets of four accuracies drawn by lot
      ${percent(accuracies.chanceShare, 0)} are explained by some such number. The accuracies may be
      averages over unequal folds or repeats, come from different test sets, or carry slips; as
      counts they cannot be recomputed.
    </p>
  </section>`;
}

export function majoritySection(audit: Audit): Html {
  const { majority, patients, rate, wilson, clopperPearson, models } = audit.majority;
  const better = models.find((model) => model.above)!;
  const worseInTraining = models.filter((model) => model.trainingPercent < model.testPercent);
  return html`<section id="majority">
    <h2>5 · Accuracy beside the majority rate</h2>
    <figure>
      ${accuracyFigure(audit)}
      <figcaption>
        Filled: test set; open: training set. Grey: Wilson’s 95 % interval of the rate of grade 0
        among the cohort’s ${patients} patients.
      </figcaption>
    </figure>
    <p>
      ${majority} of ${patients} patients are of grade 0: always answering “grade 0” is right for
      ${percent(rate)} (Wilson ${interval([100 * wilson[0], 100 * wilson[1]], 1)}, Clopper–Pearson
      ${interval([100 * clopperPearson[0], 100 * clopperPearson[1]], 1)}).
      ${list(models.filter((model) => !model.above).map(({ name }) => name))} are below it on the
      test set; ${better.name} is above it by ${(better.testPercent - 100 * rate).toFixed(1)}
      points.
    </p>
    ${table(
      'Two-sided binomial P of the test accuracy against the majority rate',
      ['Model', 'Test accuracy, %', ...better.pAt.map(({ cases }) => `${cases} cases`)],
      models.map(({ name, testPercent, pAt }) => [
        name,
        testPercent.toFixed(2),
        ...pAt.map(({ p }) => pText(p)),
      ]),
    )}
    <p class="caution">
      Caution: the mix of grades in the test set is not stated. ${percent(rate)} is the cohort’s
      rate; the test set’s own may be another, and with it the comparison. 300 cases would be ROIs
      taken as independent, which they are not.
      ${worseInTraining.map(
        ({ name, trainingPercent, testPercent }) =>
          `${name}’s accuracy is higher on the test set (${testPercent.toFixed(2)}) than on the training set (${trainingPercent.toFixed(2)}), which a small test set allows. `,
      )}
    </p>
  </section>`;
}

export function areasSection(audit: Audit): Html {
  const { units, difference, positivesForHalfWidth, designEffects } = audit.areas;
  return html`<section id="areas">
    <h2>6 · Uncertainty of the areas</h2>
    <p>
      The heading of Table 1 promises 95 % intervals; none is printed. These follow from the areas
      and the numbers of cases (Hanley and McNeil 1982).
    </p>
    <figure>
      ${areasFigure(audit)}
      <figcaption>
        Grey: rows of one patient taken as independent, to show how narrow that makes an interval.
      </figcaption>
    </figure>
    ${table(
      '95 % intervals',
      ['Cases (positive, negative)', ...units[0]!.areas.map(({ auc }) => auc.toFixed(2))],
      units.map(({ unit, positives, negatives, independent, areas }) => [
        `${unit}${independent ? '' : ', as if independent'} (${positives}, ${negatives})`,
        ...areas.map((area) => interval(area.interval)),
      ]),
    )}
    <p>
      ${difference.high.toFixed(2)} against ${difference.low.toFixed(2)} on 12 and 38 patients is z
      = ${difference.z.toFixed(2)} if the two were measured on different patients. Measured on the
      same ones, as here, the answer depends on how the scores go together, which is not reported. A
      half-width of 0.05 at an area of 0.80 needs about ${positivesForHalfWidth} positive patients
      at this mix.
    </p>
    ${table(
      'What 300 ROIs of 50 patients are worth, by the correlation of ROIs within a patient',
      ['Correlation', 'Design effect', 'Independent cases'],
      designEffects.map(({ correlation, effect, effectiveRows }) => [
        correlation.toFixed(1),
        effect.toFixed(1),
        effectiveRows.toFixed(0),
      ]),
    )}
  </section>`;
}
