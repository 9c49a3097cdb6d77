import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { html } from '../src/report/html.js';
import { renderReport } from '../src/report/report.js';
import { DESIGNS, MODELS } from '../src/study/designs.js';
import { madeUpInput, madeUpReport, madeUpResults } from './study-made-up.js';

describe('html', () => {
  it('escapes text and keeps markup', () => {
    const inner = html`<b>${'<script>"&'}</b>`;
    expect(html`<p>${inner}${[1, null, 'x']}</p>`.markup).toBe(
      '<p><b>&lt;script&gt;&quot;&amp;</b>1x</p>',
    );
  });
});

describe('renderReport', () => {
  const page = madeUpReport();
  const { document } = parseHTML(page);
  const text = document.body.textContent.replace(/\s+/g, ' ');

  it('is one file: nothing is fetched and no script runs', () => {
    expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|src="(?!data:)/);
    expect(page.match(/https?:\/\/[^"< ]+/g) ?? []).toEqual(
      (page.match(/https?:\/\/[^"< ]+/g) ?? []).filter((url) => url.includes('www.w3.org')),
    );
  });

  it('says what it is', () => {
    expect(text).toContain('Research software, not a medical device');
    expect(text).toContain('simulated');
  });

  it('shows a map for each patient given and six figures of curves', () => {
    expect(document.querySelectorAll('#maps img[src^="data:image/png;base64,"]').length).toBe(2);
    expect(document.querySelectorAll('#roc svg').length).toBe(5);
  });

  it('has the paper’s Table 1 beside every design and model', () => {
    const rows = [...document.querySelectorAll('#table1 table')]
      .slice(0, 2)
      .map((t) => t.textContent);
    for (const printed of ['0.79', '0.72', '0.73', '0.70', '0.84', '0.81', '0.76']) {
      expect(rows[0]).toContain(printed);
    }
    for (const printed of [
      '78.60 %',
      '71.33 %',
      '76.80 %',
      '67.12 %',
      '81.94 %',
      '78.26 %',
      '64.77 %',
      '66.27 %',
    ]) {
      expect(rows[1]).toContain(printed);
    }
    const body = document.querySelectorAll('#table1 table')[0]!.querySelectorAll('tbody tr');
    expect(body.length).toBe(MODELS.length * (DESIGNS.length + 2) + 4);
  });

  it('labels the two leaking designs and calls one the result', () => {
    const tags = [...document.querySelectorAll('#designs li .tag')].map((tag) => tag.textContent);
    expect(tags).toEqual(['leaks', 'leaks', 'the result']);
  });

  it('has the paper’s Table 2 with the sizes that its pairs imply', () => {
    const table = document.querySelector('#table2 table')!.textContent;
    for (const printed of [
      '0.003',
      '0.959',
      '0.035',
      '0.570',
      '0.702',
      '“0.000”',
      '0.890',
      '0.147',
    ]) {
      expect(table).toContain(printed);
    }
    expect(table).toContain('258–274');
    expect(text).not.toMatch(/P = 0\.000\b(?! is a rounding)/);
    const audit = document.querySelector('#audit')!.textContent.replace(/\s+/g, ' ');
    for (const line of [
      'right for 76.0 % (Wilson 62.6–85.7)',
      'above by 2.3 points, which 50 patients cannot tell from chance (binomial P 0.87)',
      'AUC of 0.81 has about 0.65–0.97 and one of 0.70 about 0.52–0.88',
      '0.890 is read as 0.089, all four pairs fit 264–270 rows and nothing else: 44 × 6 or 45 × 6',
      'φ = 0.115, P = 0.43; 0.035 cannot come from them',
      'such values are written “<0.001” here',
      '126 − 27 = 99, not 93',
    ]) {
      expect(audit).toContain(line);
    }
  });

  it('names the feature image, the bin width, the input of the network and its epochs', () => {
    expect(text).toContain('Features from the PDFF map (percent), grey levels 1 wide');
    expect(text).toContain('magnitudes of the six echoes');
    expect(text).toMatch(/\d+ epochs of Adam/);
  });

  it('says when the PDFF is the scanner’s', () => {
    expect(text).not.toContain('PDFF of the scanner');
    const { cohort, settings } = madeUpResults();
    const mixed = madeUpReport({
      settings: { ...settings, cohort: 'given' },
      cohort: { ...cohort, pdffSources: { echoes: 30, maps: 20 } },
    });
    expect(mixed).toMatch(/Multi-echo images of 30 patients, maps of the scanner of 20 patients/);
    expect(mixed).toMatch(/PDFF of the scanner<\/strong> for 20 of 50 patients/);
    expect(mixed).toMatch(/The PDFF of 20 patients is the scanner’s/);
    const alone = madeUpReport({ cohort: { ...cohort, pdffSources: { echoes: 0, maps: 50 } } });
    expect(alone).not.toContain('Water–fat separation</strong>');
  });

  it('warns in words when the labels are permuted', () => {
    expect(text).not.toContain('The labels are permuted');
    expect(madeUpReport({ permutedLabels: true })).toContain('The labels are permuted');
  });

  it('is the same text for the same input', () => {
    expect(madeUpReport()).toBe(page);
  });

  it('shows dashes where a part has one class only', () => {
    const results = madeUpResults();
    const entry = results.designs.byPatient.gbdt;
    entry.testPatient = { ...entry.testPatient, auc: null, aucInterval: null };
    const input = madeUpInput(results);
    delete input.curves.patient.gbdt;
    expect(renderReport(input)).toContain('<div class="value">–</div>');
  });

  it('escapes what comes from a cohort', () => {
    const input = madeUpInput();
    input.shown = [{ ...input.shown[0]!, participant: '<img src=x>' }];
    expect(renderReport(input)).not.toContain('<img src=x>');
  });
});
