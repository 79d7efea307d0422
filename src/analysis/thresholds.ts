/** Where the quadrant's upper right begins: risk level `high`, autonomy level `consultant` (the agent consults, a person rarely decides). */
export const THRESHOLDS = { risk: 0.7, autonomy: 0.5 } as const;
