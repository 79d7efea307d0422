import type { Model, ToolCall } from './model.ts';

/** The scale of this reviewer's word for a risk: its own, which no calibration profile maps. */
export const REVIEW_SCALE = 'release-agent.review';

/** What the reviewer finds so grave that it is a signal, and how bad that is. Range [0.0, 1.0]. */
export const SEVERITIES: Readonly<Record<string, number>> = { high: 0.7, critical: 0.9 };

const LEVELS: ReadonlySet<unknown> = new Set(['low', 'medium', 'high', 'critical']);
const SYSTEM = `You review one action of a release agent before it runs. Answer with JSON only:
{"risk_level": "low" | "medium" | "high" | "critical", "allow": true | false}`;

export interface Verdict {
  readonly risk: string;
  readonly allow: boolean;
}

/** Gives no verdict where it cannot: then the person decides. */
export type Review = (call: ToolCall) => Promise<Verdict | undefined>;

/** The model, asked a second time and without tools, rates what it asked for itself. */
export function modelReviewer(model: Model): Review {
  return async ({ tool, arguments: args }) => {
    const { text } = await model.complete(
      [
        { role: 'system', text: SYSTEM },
        { role: 'user', text: JSON.stringify({ tool, arguments: args }) },
      ],
      [],
    );
    try {
      const { risk_level: risk, allow } = JSON.parse(text) as { risk_level?: unknown; allow?: unknown };
      if (!LEVELS.has(risk) || typeof allow !== 'boolean') return undefined;
      return { risk: risk as string, allow };
    } catch {
      return undefined;
    }
  };
}
