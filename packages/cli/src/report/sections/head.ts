import { LEARNED_MODELS } from '../../study/designs.js';
import { fixed, intervalText, percent, percentInterval } from '../format.js';
import { MODEL_NAMES } from '../figure-style.js';
import { type Html, html } from '../html.js';
import type { ReportInput } from '../report-input.js';

/** Title, what the page is, and the result in five numbers. */
export function headSection({ results }: ReportInput): Html {
  const { settings, cohort, seed, permutedLabels } = results;
  const cohortWords =
    settings.cohort === 'simulated' ? 'simulated cohort' : 'cohort given with --data';
  const models = [...LEARNED_MODELS, 'meanPdff'] as const;
  const cards = models.map((model) => {
    const part = results.designs.byPatient[model].testPatient;
    return html`<div class="card">
      <div class="name">${MODEL_NAMES[model]}</div>
      <div class="value">${fixed(part.auc)}</div>
      <div class="range">${intervalText(part.aucInterval)}</div>
    </div>`;
  });
  const majority = results.designs.byPatient.majority.testPatient;
  return html`<header>
    <h1>Hepatic steatosis graded by radiomics and deep learning</h1>
    <p class="lede">
      The study of Zhang et al. 2020, run again from scanner-like files to statistics: six-echo MRI,
      water–fat separation, 126 texture features, four classifiers, two baselines, and the paper’s
      numbers beside ours.
    </p>
    <ul class="facts">
      <li>${cohort.patients} patients</li>
      <li>${cohort.rois} ROIs</li>
      <li>${cohortWords}</li>
      <li>seed ${seed}</li>
      <li>steatosis ${results.versions['steatosis']}</li>
      ${settings.quick ? html`<li>quick settings</li>` : html``}
    </ul>
    ${permutedLabels ? permutedNote() : html``}
    <div class="note">
      <p>
        <strong>Research software, not a medical device.</strong> Nothing here may be used to
        diagnose or treat
        anybody.${
          settings.cohort === 'simulated'
            ? html` The patients of this page are simulated: their numbers test the method, they are
              no finding about people.`
            : html``
        }
      </p>
    </div>
    <h3>The result: AUC on held-out patients</h3>
    <p>
      Split by patient, one score for each patient (the mean over the patient’s ROIs), 95 % interval
      by DeLong. ${majority.n} patients were held out; always answering with the majority class is
      right for ${percent(majority.accuracy)} of them
      (${percentInterval(majority.accuracyInterval)}).
    </p>
    <div class="cards">${cards}</div>
  </header>`;
}

function permutedNote(): Html {
  return html`<div class="note bad">
    <p>
      <strong>The labels are permuted.</strong> Each patient carries the grade of another one, drawn
      at random, so there is nothing to learn. Whatever AUC a design shows above 0.5 on average over
      seeds is leakage.
    </p>
  </div>`;
}
