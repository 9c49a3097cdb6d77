import { type AccuracyAudit, auditAccuracies } from './accuracies.ts';
import { type AreaAudit, auditAreas } from './areas.ts';
import { auditGender, type GenderAudit } from './gender.ts';
import { auditMajority, type MajorityAudit } from './majority.ts';
import type { Paper } from './paper.ts';
import { auditTable2, type Table2Audit } from './table2.ts';
import { auditWomen, type WomenAudit } from './women.ts';

/** Everything that follows from the printed numbers alone. */
export interface Audit {
  citation: string;
  table2: Table2Audit;
  gender: GenderAudit;
  women: WomenAudit;
  accuracies: AccuracyAudit;
  majority: MajorityAudit;
  areas: AreaAudit;
}

export function audit(paper: Paper): Audit {
  return {
    citation: paper.citation,
    table2: auditTable2(paper),
    gender: auditGender(paper),
    women: auditWomen(paper),
    accuracies: auditAccuracies(paper),
    majority: auditMajority(paper),
    areas: auditAreas(paper),
  };
}
