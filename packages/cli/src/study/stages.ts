/** The long stages of a study, as progress names them. */
export const STAGES = {
  simulating: { message: 'simulating patients', unit: 'patients' },
  measuring: { message: 'separating water and fat, measuring ROIs', unit: 'patients' },
  fitting: { message: 'fitting models', unit: 'models' },
} as const;
