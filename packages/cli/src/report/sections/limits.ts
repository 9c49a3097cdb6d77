import { type Html, html } from '../html.js';
import type { ReportInput } from '../report-input.js';

/** What the numbers do not show, and what to cite. */
export function limitsSection({ results }: ReportInput): Html {
  return html`<section id="limits">
      <h2>Limits</h2>
      <ul>
        ${results.settings.cohort === 'simulated' ? html`<li>The cohort is simulated. Relations between fat, texture, grade and clinical table were put in; finding them again shows that the chain works, nothing more.</li>` : html``}
        ${results.cohort.pdffSources.maps > 0 ? html`<li>The PDFF of ${results.cohort.pdffSources.maps} patients is the scanner’s: its water–fat swaps, clipping and filters come along, and patients of different sources may differ by their source.</li>` : html``}
        <li>
          One split for each design: another seed draws other patients. The intervals cover the
          sampling of test rows, not the choice of the split.
        </li>
        <li>
          Histological grade and PDFF measure different things (share of cells, share of fat), and
          the grade of a biopsy is noisy. The literature speaks of MASLD today where the paper says
          NAFLD.
        </li>
        <li>
          Hyper-parameters were not tuned, classes not weighted, models not calibrated, and
          differences between models not tested.
        </li>
        <li>Nothing was validated on a second cohort.</li>
      </ul>
    </section>
    <footer>
      <p>${results.paper.citation}</p>
      <p>
        Made with steatosis ${results.versions['steatosis']} (Apache-2.0), seed ${results.seed}. The
        numbers of this page, with more digits, are in <code>results.json</code> beside it. Research
        software, not a medical device.
      </p>
    </footer>`;
}
