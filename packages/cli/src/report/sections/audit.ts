import { type Html, html } from '../html.js';
import type { ReportInput } from '../report-input.js';

/** What the printed numbers cannot be, recomputed from the paper's own counts. */
export function auditSection({ results }: ReportInput): Html {
  const { majorityPercent } = results.paper;
  return html`<section id="audit">
    <h2>What the paper’s numbers cannot be</h2>
    <p>
      Recomputed from what is printed; each line says why agreement with the paper to the digit is
      not a goal here.
    </p>
    <ul>
      <li>
        <strong>Majority class.</strong> 38 of the 50 patients have grade 0: always answering “grade
        0” is right for ${majorityPercent.toFixed(1)} % (Wilson 62.6–85.7). On the test set AdaBoost
        (71.33 %), GBDT (67.12 %) and DenseNet (66.27 %) stay below; XGBoost’s 78.26 % is above by
        2.3 points, which 50 patients cannot tell from chance (binomial P 0.87).
      </li>
      <li>
        <strong>No common denominator.</strong> No test set of a plausible size gives all four test
        accuracies as fractions, and no split of 50, 300, 400, 600, 2400 or 2700 rows gives all
        eight. They may be averages over unequal folds, come from different test sets, or carry
        slips.
      </li>
      <li>
        <strong>Intervals.</strong> The columns promise 95 % intervals; none is printed. With 12
        against 38 patients an AUC of 0.81 has about 0.65–0.97 and one of 0.70 about 0.52–0.88
        (Hanley–McNeil), so the ranking of the models is not supported.
      </li>
      <li>
        <strong>Table 2.</strong> Coefficient and P do not belong to 50 patients. If metabolic
        syndrome’s 0.890 is read as 0.089, all four pairs fit 264 to 270 rows and nothing else: 44 ×
        6 or 45 × 6, as ROIs instead of patients would give. As printed, 0.890 with P = 0.147 fits
        no sample size at all. Rows that repeat a patient six times make P too small.
      </li>
      <li>
        <strong>Sex.</strong> The printed counts (24 men and 14 women of grade 0, 6 and 6 of grade
        1) give φ = 0.115, P = 0.43; 0.035 cannot come from them.
      </li>
      <li>
        <strong>P = 0.000</strong> is a rounding of the program, not a probability; such values are
        written ““&lt;&nbsp;0.001”lt;0.001” here.
      </li>
      <li>
        <strong>Features.</strong> 126 − 27 = 99, not 93. The six names missing are texture features
        that PyRadiomics lists as deprecated and equal to others.
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
