import type { Dialect, EventRow, SpanRow } from '../../src/dialects/table.ts';

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
  readonly events?: readonly (EventRow & { readonly note?: string })[];
  readonly unknown: readonly string[];
}

/** The file that says which dialect is asked first. */
export interface OrderFile {
  readonly order: readonly { readonly dialect: string; readonly why: string }[];
}

/** The part of a file that the reader needs. */
export function toTable(file: DialectFile): Dialect {
  const bare = <T extends { readonly note?: string }>({ note: _, ...row }: T): Omit<T, 'note'> => row;
  return {
    name: file.dialect,
    ...(file.mode_scale === undefined ? {} : { modeScale: file.mode_scale }),
    ...(file.value_maps === undefined ? {} : { valueMaps: file.value_maps }),
    spans: file.spans.map(bare),
    ...(file.events === undefined ? {} : { events: file.events.map(bare) }),
  };
}
