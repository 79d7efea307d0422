import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SpanView } from '../../step/step.ts';

const CAPTURES: string = resolve(import.meta.dirname, '../../../test/fixtures/captures');

interface OtlpValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values?: readonly OtlpValue[] };
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

interface OtlpSpan {
  readonly name: string;
  readonly attributes?: readonly OtlpAttribute[];
  readonly status?: { readonly code?: number; readonly message?: string };
}

interface OtlpFile {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes?: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly {
      readonly scope?: { readonly name?: string };
      readonly spans: readonly OtlpSpan[];
    }[];
  }[];
}

interface MemoryFile {
  readonly spans: readonly {
    readonly name: string;
    readonly scope?: string;
    readonly attributes: Record<string, unknown>;
    readonly status?: { readonly code?: number; readonly message?: string };
  }[];
}

/** The spans of one captured scenario, for example `claude-code/subagent`, in the order of the file. */
export function loadCapture(scenario: string): SpanView[] {
  const file = JSON.parse(readFileSync(join(CAPTURES, `${scenario}.json`), 'utf8')) as OtlpFile | MemoryFile;
  if ('spans' in file) {
    return file.spans.map(({ name, scope, attributes, status }) => ({
      name,
      attributes,
      ...(scope === undefined ? {} : { scopeName: scope }),
      ...(status === undefined ? {} : { status }),
    }));
  }
  return file.resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(span => ({
        name: span.name,
        attributes: decode(span.attributes),
        resource: decode(resource.attributes),
        ...(scope?.name === undefined ? {} : { scopeName: scope.name }),
        ...(span.status === undefined ? {} : { status: span.status }),
      })),
    ),
  );
}

/** Every scenario whose spans alone are kept, in one file. */
export function captureNames(): string[] {
  return readdirSync(CAPTURES, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.json') && !/(^|[\\/])(logs|traces)\.json$/.test(path))
    .map(path => path.slice(0, -'.json'.length).replaceAll('\\', '/'))
    .sort();
}

function decode(attributes: readonly OtlpAttribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, decodeValue(value)]));
}

function decodeValue(value: OtlpValue): unknown {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(decodeValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  return value.stringValue ?? value.boolValue ?? value.doubleValue;
}
