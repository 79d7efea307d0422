import { epochOf } from '../epoch.ts';
import { runTime } from '../stitch/run.ts';
import { LEVELS, type SessionFacts } from './table.ts';

/** Why a request is counted in no cell. */
export type NotCounted =
  /** No root of the layer, or one that does not say all that a root says: fragments, other telemetry, several sessions in one. */
  | 'no_session'
  /** Stitching took apart what belongs to it: counted, it would count once for each part. */
  | 'conflict'
  /** No fragment states a risk, or none a level. */
  | 'no_facts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);

function attributes(from: unknown): Record<string, unknown> {
  const all: Record<string, unknown> = Object.create(null);
  for (const { key, value } of list(from)) {
    if (typeof key !== 'string' || !isObject(value)) continue;
    const { stringValue, intValue, boolValue } = value;
    all[key] = stringValue ?? boolValue ?? (intValue === undefined ? undefined : Number(intValue));
  }
  return all;
}

interface Part {
  /** Absent on what the layer itself states. */
  readonly contributor: string | undefined;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly spans: readonly Json[];
}

function* partsOf(request: unknown): Generator<Part> {
  for (const group of list(isObject(request) ? request['resourceSpans'] : undefined)) {
    const resource = isObject(group['resource']) ? attributes(group['resource']['attributes']) : {};
    const contributor = resource['alignment.contributor.id'];
    yield {
      contributor: typeof contributor === 'string' ? contributor : undefined,
      resource,
      spans: list(group['scopeSpans']).flatMap(scope => list(scope['spans'])),
    };
  }
}

/** What the root of a session says; `undefined` where there is no such root, or more than one. */
function rootOf(parts: readonly Part[]) {
  const roots = parts
    .filter(
      ({ contributor, resource }) => contributor === undefined && resource['service.name'] === 'asr/layer',
    )
    .flatMap(({ resource, spans }) => spans.map(span => ({ span, run: resource['service.instance.id'] })));
  const [root] = roots;
  if (root === undefined || roots.length > 1) return undefined;
  const own = attributes(root.span['attributes']);
  const epoch = own['alignment.fragment.epoch'];
  const conflict = own['alignment.fragment.conflict'];
  const id = root.span['traceId'];
  if (typeof id !== 'string' || typeof epoch !== 'string' || epochOf(epoch) === undefined) return undefined;
  if (typeof conflict !== 'boolean') return undefined;
  const run = typeof root.run === 'string' && runTime(root.run) !== undefined ? root.run : undefined;
  return { id, epoch, conflict, run };
}

/**
 * What a release counts of a stitched session, or why it does not: the highest risk band and the highest autonomy level of its fragments, which state
 * those of the steps they stand for.
 */
export function readSession(request: unknown): SessionFacts | NotCounted {
  const parts = [...partsOf(request)];
  const root = rootOf(parts);
  if (root === undefined) return 'no_session';
  if (root.conflict) return 'conflict';
  let risk = -1;
  let level = -1;
  let home: string | undefined;
  const contributors = new Set<string>();
  for (const { contributor, spans } of parts) {
    if (contributor === undefined) continue;
    contributors.add(contributor);
    for (const span of spans) {
      if (span['traceId'] !== root.id) return 'no_session';
      const own = attributes(span['attributes']);
      const bucket = own['alignment.fragment.risk_bucket'];
      if (Number.isInteger(bucket) && Number(bucket) >= 0 && Number(bucket) <= 4)
        risk = Math.max(risk, Number(bucket));
      level = Math.max(level, (LEVELS as readonly unknown[]).indexOf(own['alignment.autonomy.level']));
      if (own['alignment.fragment.role'] === 'home') home ??= contributor;
    }
  }
  if (risk < 0 || level < 0) return 'no_facts';
  return {
    id: root.id,
    epoch: root.epoch,
    risk,
    autonomy: LEVELS[level]!,
    contributors: [...contributors],
    home: home ?? [...contributors][0]!,
    ...(home === undefined && { isHomeGuessed: true as const }),
    ...(root.run !== undefined && { run: root.run }),
  };
}

/** What a release counts of a stitched session; nothing for one that it does not count, and for what is none. */
export function sessionFacts(request: unknown): SessionFacts | undefined {
  const read = readSession(request);
  return typeof read === 'string' ? undefined : read;
}
