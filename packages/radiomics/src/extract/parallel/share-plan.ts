import type { ResolvedImageType } from '../../settings/image-types.js';
import type { ExtractionPlan } from '../extraction-plan.js';
import { derivingCost, featuresCost } from './costs.js';
import { dealOut } from './deal-out.js';
import { FeatureShare } from './feature-share.js';

/** One of the shares into which a plan is divided. */
export interface PlanShare {
  plan: ExtractionPlan;
  /** Where each image type of the share stands among all of them; each sigma of LoG counts as one. */
  order: number[];
}

/** Images that are derived independently of others. */
interface Unit {
  type: ResolvedImageType;
  order: number;
}

/**
 * Divide a plan into shares that cost about the same: by whole image types or, where these are too few, by the
 * families of each image, in which case every share derives all images.
 */
export function sharesOf(plan: ExtractionPlan, shares: number): PlanShare[] {
  const units = unitsOf(plan);
  const cost = ({ type }: Unit) => derivingCost(type) + featuresCost(type);
  const byUnit = dealOut(units, shares, cost);
  const dearest = Math.max(...byUnit.map((group) => sum(group, cost)));
  const deriving = sum(units, ({ type }) => derivingCost(type));
  const byFamilies = deriving + sum(units, ({ type }) => featuresCost(type)) / shares;
  const whole = units.some(({ type }) => type.name === 'Original');
  return byUnit.map((group, part) => {
    if (byFamilies < dearest) return shareOf(plan, units, { original: true, part, parts: shares });
    const original = whole ? group.some(({ type }) => type.name === 'Original') : part === 0;
    return shareOf(plan, group, { original, part: 0, parts: 1 });
  });
}

function shareOf(
  plan: ExtractionPlan,
  units: readonly Unit[],
  share: ConstructorParameters<typeof FeatureShare>[1],
): PlanShare {
  const inOrder = units.toSorted((a, b) => a.order - b.order);
  return {
    plan: {
      ...plan,
      imageTypes: inOrder.map(({ type }) => type),
      features: new FeatureShare(plan.features, share),
    },
    order: inOrder.map(({ order }) => order),
  };
}

function unitsOf({ imageTypes }: ExtractionPlan): Unit[] {
  return imageTypes
    .flatMap((type) => {
      if (type.name !== 'LoG') return [type];
      const { settings } = type;
      return settings.sigma.map((sigma) => ({
        ...type,
        settings: { ...settings, sigma: [sigma] },
      }));
    })
    .map((type, order) => ({ type, order }));
}

function sum(units: readonly Unit[], cost: (unit: Unit) => number): number {
  return units.reduce((total, unit) => total + cost(unit), 0);
}
