import type { Condition, Dialect, EventRow, Harness, SpanRow } from '../../src/dialects/table.ts';

export type EventRowFile = EventRow & {
  readonly note?: string;
  /** What is not `captured` was not seen in a run. */
  readonly mark: 'captured' | 'source' | 'documented';
};

/** A span of what a log record reports. */
export interface MirrorRow {
  readonly id: string;
  readonly note?: string;
  readonly when: readonly Condition[];
  readonly class?: 'intervention';
  readonly initiator?: 'human';
  readonly max_severity: number;
}

export type HarnessFile = Harness & { readonly switches: readonly string[] };

/** A dialect's file as it is written, with what only the documentation needs. */
export interface DialectFile {
  readonly dialect: string;
  readonly title: string;
  readonly brief: string;
  readonly checked: readonly {
    readonly producer: string;
    readonly versions: readonly string[];
    readonly evidence: 'captured' | 'source';
    readonly note?: string;
  }[];
  readonly mode_scale?: string;
  readonly value_maps?: NonNullable<Dialect['valueMaps']>;
  readonly joins?: { readonly [name: string]: string };
  readonly spans: readonly (SpanRow & { readonly note?: string })[];
  readonly harness?: HarnessFile;
  readonly events?: readonly EventRowFile[];
  readonly mirrors?: readonly MirrorRow[];
  readonly unknown: readonly string[];
}

/** The file that says which dialect is asked first. */
export interface OrderFile {
  readonly order: readonly { readonly dialect: string; readonly why: string }[];
}

/** The part of a file that the reader needs. */
export function toTable(file: DialectFile): Dialect {
  return {
    name: file.dialect,
    ...(file.mode_scale === undefined ? {} : { modeScale: file.mode_scale }),
    ...(file.value_maps === undefined ? {} : { valueMaps: file.value_maps }),
    ...(file.harness === undefined ? {} : { harness: bareHarness(file.harness) }),
    spans: file.spans.map(({ note: _, ...row }) => row),
    ...(file.events === undefined ? {} : { events: file.events.map(({ note: _, mark: __, ...row }) => row) }),
  };
}

const bareHarness = ({ switches: _, ...harness }: HarnessFile): Harness => harness;
