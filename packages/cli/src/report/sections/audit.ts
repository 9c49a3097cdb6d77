import { rowsInWords } from '../../study/printed-pair.js';
import { fixed, intervalText, percentInterval } from '../format.js';
import { type Html, html } from '../html.js';
import type { ReportInput } from '../report-input.js';
import { auditNumbers } from './audit-numbers.js';

/** What the printed numbers cannot be, recomputed from the paper's own counts. */
export function auditSection({ results }: ReportInput): Html {
  const { majorityPercent, cohort, table1, table2 } = results.paper;
  const found = auditNumbers(results.paper);
  const best = Math.max(
    ...Object.values(table1).map(({ accuracyPercent }) => accuracyPercent.test),
  );
  const [high, low] = found.areas;
  const metabolic = table2.metabolicSyndrome;
  const { roisPerPatient, featuresExtracted, featuresRemoved, featuresKept } = cohort;
  const grade = (name: string) => cohort.grades[name]!;
  return html`<section id="audit">
    <h2>What the paper’s numbers cannot be</h2>
    <p>
      Recomputed from what is printed; each line says why agreement with the paper to the digit is
      not a goal here.
    </p>
    <ul>
      <li>
        <strong>Majority class.</strong> ${found.negatives} of the ${found.patients} patients have
        grade 0: always answering “grade 0” is right for ${majorityPercent.toFixed(1)} % (Wilson
        ${percentInterval(found.majorityInterval)}). On the test set AdaBoost
        (${table1.adaboost.accuracyPercent.test} %), GBDT (${table1.gbdt.accuracyPercent.test} %)
        and DenseNet (${table1.densenet.accuracyPercent.test} %) stay below; XGBoost’s
        ${table1.xgboost.accuracyPercent.test} % is above by ${(best - majorityPercent).toFixed(1)}
        points, which ${found.patients} patients cannot tell from chance (binomial P
        ${fixed(found.bestP)}).
      </li>
      <li>
        <strong>No common denominator.</strong> No test set of a plausible size gives all four test
        accuracies as fractions, and no split of 50, 300, 400, 600, 2400 or 2700 rows gives all
        eight. They may be averages over unequal folds, come from different test sets, or carry
        slips.
      </li>
      <li>
        <strong>Intervals.</strong> The columns promise 95 % intervals; none is printed. With
        ${found.positives} against ${found.negatives} patients an AUC of ${fixed(high!.auc)} has
        about ${intervalText(high!.interval)} and one of ${fixed(low!.auc)} about
        ${intervalText(low!.interval)} (Hanley–McNeil), so the ranking of the models is not
        supported.
      </li>
      <li>
        <strong>Table 2.</strong> Coefficient and P do not belong to ${found.patients} patients. If
        metabolic syndrome’s ${fixed(metabolic.coefficient, 3)} is read as
        ${fixed(metabolic.coefficient / 10, 3)}, all four pairs fit ${rowsInWords(found.rows)} rows
        and nothing else:
        ${found.patientsOfRows.map((count) => `${count} × ${roisPerPatient}`).join(' or ')}, as ROIs
        instead of patients would give. As printed, ${fixed(metabolic.coefficient, 3)} with P =
        ${fixed(metabolic.p, 3)} fits no sample size at all. Rows that repeat a patient six times
        make P too small.
      </li>
      <li>
        <strong>Sex.</strong> The printed counts (${grade('0').men} men and ${grade('0').women}
        women of grade 0, ${grade('1').men} and ${grade('1').women} of grade 1) give φ =
        ${fixed(found.phi, 3)}, P = ${fixed(found.phiP)}; ${fixed(table2.sex.coefficient, 3)} cannot
        come from them.
      </li>
      <li>
        <strong>P = 0.000</strong> is a rounding of the program, not a probability; such values are
        written “&lt;0.001” here.
      </li>
      <li>
        <strong>Features.</strong> ${featuresExtracted} − ${featuresRemoved} =
        ${featuresExtracted - featuresRemoved}, not ${featuresKept}. The six names missing are
        texture features that PyRadiomics lists as deprecated and equal to others.
      </li>
      <li>
        <strong>Words.</strong> “Mild” and “moderate” name the grades 0 and 1 (0–5 % and 5–33 % of
        the hepatocytes). Histology is called the gold standard, but no biopsy is reported and the
        source of the grades is not stated.
      </li>
      <li>
        <strong>Not stated:</strong> which of the scanner’s images the features come from, what the
        network saw, the level of the split, the number of folds, the seed, hyper-parameters, the
        threshold and class weights.
      </li>
    </ul>
  </section>`;
}
