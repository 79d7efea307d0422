import type { Consensus } from '../../src/calibration/consensus.ts';

/** The bands of `alignment.risk.level`, and three of autonomy. */
export const RISK_BANDS = ['none', 'low', 'medium', 'high', 'critical'] as const;
export const AUTONOMY_BANDS = ['low', 'middle', 'high'] as const;
const RISK_EDGES = [0.1, 0.4, 0.7, 0.9];
const AUTONOMY_EDGES = [0.3, 0.7];

const bandOf = (score: number, edges: readonly number[]): number =>
  edges.filter(edge => score >= edge).length;

/** Ids by band of risk, then band of autonomy. */
export function strata({ scenarios }: Consensus): string[][][] {
  const table: string[][][] = RISK_BANDS.map(() => AUTONOMY_BANDS.map(() => []));
  for (const [id, { risk, autonomy }] of Object.entries(scenarios))
    if (risk !== undefined && autonomy !== undefined)
      table[bandOf(risk.mean, RISK_EDGES)]![bandOf(autonomy.mean, AUTONOMY_EDGES)]!.push(id);
  return table;
}
