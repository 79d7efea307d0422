export { krippendorffAlpha, type MeasurementLevel, type Unit } from './alpha.ts';
export { type IntraclassCorrelations, intraclassCorrelations } from './icc.ts';
export { kendallTauB, pearson, ranks, spearman } from './ranks.ts';
export { studentBound } from './student.ts';
export {
  mean,
  median,
  quantile,
  robustMean,
  type Summary,
  standardDeviation,
  summarize,
} from './summary.ts';
