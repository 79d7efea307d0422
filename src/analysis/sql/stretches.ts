import type { Stretch } from '../source.ts';

export type StretchOfSql = Omit<Stretch, 'start'> & { readonly place: number };

/** Decisions and signals by stretch of time, in order; what has no time is left out. @param ms nanoseconds of a column as milliseconds */
export const stretchesSql = (ms: (column: string) => string, start: number, length: number): string => `SELECT
    toInt64(floor((${ms('At')} - ${start}) / ${length})) AS place,
    countIf(Class = 'step') AS steps,
    countIf(Effect = 'approve' AND Actor NOT IN ('human', 'unknown')) AS autoApprovals,
    countIf(Effect = 'approve' AND Actor = 'human') AS humanApprovals,
    countIf(Effect = 'approve' AND Actor = 'unknown') AS otherApprovals,
    countIf(Effect = 'refuse' AND Actor = 'human') AS humanRefusals,
    countIf(Effect = 'refuse' AND Actor != 'human') AS otherRefusals,
    countIf(Effect = 'stop') AS stops,
    countIf(Class = 'intervention' AND Effect = '') AS otherInterventions,
    countIf(Class = 'clarification_request') AS clarifications,
    countIf(Class = 'misalignment_indicator') AS indicators,
    countIf(Class = 'risk_escalation') AS escalations,
    countIf(Class = 'autonomy_boundary') AS boundaries
  FROM (
    SELECT Begin AS At, 'step' AS Class, '' AS Effect, '' AS Actor FROM alignment_steps
    UNION ALL
    SELECT Time, toString(Class), Effect, Actor FROM alignment_signals
  )
  WHERE At > 0
  GROUP BY place
  ORDER BY place`;
