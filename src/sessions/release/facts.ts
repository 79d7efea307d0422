import { LEVELS, type SessionFacts } from './table.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

function attributes(from: unknown): Record<string, unknown> {
  const all: Record<string, unknown> = Object.create(null);
  for (const { key, value } of list(from)) {
    if (typeof key !== 'string' || !isObject(value)) continue;
    all[key] =
      value['stringValue'] ?? (value['intValue'] === undefined ? undefined : Number(value['intValue']));
  }
  return all;
}

/**
 * What a release counts of a stitched session: the highest risk band and the highest autonomy level of its fragments, which state those of
 * the steps they stand for. Nothing for what is no stitched session, and for one that states no risk or no level: what is not known is in no cell.
 */
export function sessionFacts(request: unknown): SessionFacts | undefined {
  if (!isObject(request)) return undefined;
  let id: string | undefined;
  let epoch: string | undefined;
  let risk = -1;
  let level = -1;
  let home: string | undefined;
  const contributors = new Set<string>();
  for (const group of list(request['resourceSpans'])) {
    const resource = isObject(group['resource']) ? attributes(group['resource']['attributes']) : {};
    const contributor = resource['alignment.contributor.id'];
    if (typeof contributor === 'string') contributors.add(contributor);
    for (const scope of list(group['scopeSpans'])) {
      for (const span of list(scope['spans'])) {
        if (typeof span['traceId'] === 'string') id ??= span['traceId'];
        const own = attributes(span['attributes']);
        if (typeof own['alignment.fragment.epoch'] === 'string') epoch ??= own['alignment.fragment.epoch'];
        const bucket = own['alignment.fragment.risk_bucket'];
        if (typeof bucket === 'number' && bucket >= 0 && bucket <= 4) risk = Math.max(risk, bucket);
        level = Math.max(level, (LEVELS as readonly unknown[]).indexOf(own['alignment.autonomy.level']));
        if (own['alignment.fragment.role'] === 'home' && typeof contributor === 'string')
          home ??= contributor;
      }
    }
  }
  if (id === undefined || epoch === undefined || risk < 0 || level < 0 || contributors.size === 0)
    return undefined;
  return {
    id,
    epoch,
    risk,
    autonomy: LEVELS[level]!,
    contributors: [...contributors],
    home: home ?? [...contributors][0]!,
    ...(home === undefined && { isHomeGuessed: true as const }),
  };
}
