import { ASSUMPTIONS, type SimSession } from './population.ts';
import { randomOf } from './random.ts';

/** What of a session is kept, and so can be known: as a text. */
export type View = (session: SimSession) => string;

const calls = ({ turns }: SimSession): SimSession['turns'][number]['calls'] =>
  turns.flatMap(turn => turn.calls);

const framework: View = one => String(one.framework);
const record: View = one => `${one.framework}|${one.risk}|${one.autonomy}`;

/** What crosses and what signals, turn by turn, in order: the shape of what the layer stores. With a risk for each call, also what fragments state of it. */
const shape = (one: SimSession, risks?: readonly number[]): string => {
  let place = 0;
  return one.turns
    .map(turn => {
      let left = -1;
      const kept = turn.calls
        .map(({ provider }) => {
          const here = place++;
          const signals = one.events.filter(event => event.call === here).map(event => event.kind);
          const stays =
            (provider === undefined ? '' : `p${provider}`) +
            (signals.length > 0 ? `e${signals.sort().join('')}` : '');
          if (risks !== undefined && stays === '') left = Math.max(left, risks[here]!);
          return risks === undefined || stays === '' ? stays : `${stays}r${risks[here]}`;
        })
        .filter(text => text !== '')
        .join(',');
      return risks === undefined ? kept : `${left}:${kept}`;
    })
    .join('/');
};
const skeleton: View = one => shape(one);

/** The risks of a session's calls where each has its own: the same for the same session. */
function risksOf(session: SimSession): number[] {
  const random = randomOf(session.start);
  return calls(session).map(() => random.weighted(ASSUMPTIONS.risks));
}

/** Views by name; `record` is what people inside the layer may list, `stored` what a skeleton and its record hold together, with one risk for
 * a session and with one for each step, of which a fragment has the highest of its own and of those left out below it. */
export const VIEWS: Readonly<Record<string, View>> = {
  'time only': () => '',
  framework,
  record,
  'record + counts (exact)': one => `${record(one)}|${one.turns.length}|${calls(one).length}`,
  'framework + sequence of tools': one =>
    `${one.framework}|${calls(one)
      .map(call => call.tool)
      .join()}`,
  skeleton,
  stored: one => `${record(one)}|${skeleton(one)}`,
  'stored, steps differ': one => `${one.framework}|${one.autonomy}|${shape(one, risksOf(one))}`,
};

const SLACK_MS = 30_000;

/**
 * Success of an attacker who knows when a session started, to ± 30 s, and exactly what the view keeps: the mean of 1 / (sessions that fit) over
 * `targets` sessions.
 *
 * @param bucketMs width of the stored time
 * @returns 0 to 1; a guess at random has 1 / sessions
 */
export function linkage(
  sessions: readonly SimSession[],
  view: View,
  bucketMs: number,
  { targets = 3_000, seed = 1 }: { targets?: number; seed?: number } = {},
): number {
  const sizes = new Map<string, number>();
  const label = (bucket: number, kept: string): string => `${bucket}|${kept}`;
  for (const session of sessions) {
    const place = label(Math.floor(session.start / bucketMs), view(session));
    sizes.set(place, (sizes.get(place) ?? 0) + 1);
  }
  const random = randomOf(seed);
  let sum = 0;
  for (let i = 0; i < targets; i++) {
    const target = sessions[Math.floor(random.next() * sessions.length)]!;
    const kept = view(target);
    let fit = 0;
    const last = Math.floor((target.start + SLACK_MS) / bucketMs);
    for (let bucket = Math.floor((target.start - SLACK_MS) / bucketMs); bucket <= last; bucket++)
      fit += sizes.get(label(bucket, kept)) ?? 0;
    sum += 1 / fit;
  }
  return sum / targets;
}
