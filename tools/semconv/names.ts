/** `alignment.intervention.type` → `ALIGNMENT_INTERVENTION_TYPE`. */
export const constantName = (key: string): string => key.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');

export const attributeConstant = (key: string): string => `ATTR_${constantName(key)}`;
export const eventConstant = (name: string): string => `EVENT_${constantName(name)}`;
export const metricConstant = (name: string): string => `METRIC_${constantName(name)}`;
export const memberConstant = (key: string, id: string): string =>
  `${constantName(key)}_VALUE_${constantName(id)}`;

/** `alignment.intervention.decision.source` → `InterventionDecisionSource`: the name of an enum's union type. */
export const typeName = (key: string): string =>
  key
    .replace(/^alignment\./, '')
    .split(/[._]/)
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** The anchor of a heading, as Markdown viewers make it. */
export const anchor = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '');
