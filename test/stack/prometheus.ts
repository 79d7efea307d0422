export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The samples of a page in Prometheus' text format. */
export function samples(text: string): Sample[] {
  return text.split('\n').flatMap(line => {
    const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === undefined) return [];
    const pairs = [...labels.matchAll(/([a-z_]+)="([^"]*)"/g)].map(match => [match[1], match[2]]);
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  });
}

export const scrape = async (page: string): Promise<Sample[]> => samples(await (await fetch(page)).text());

/** The sum of the samples with this name and these labels. */
export function sum(all: readonly Sample[], name: string, labels: Record<string, string> = {}): number {
  return all
    .filter(
      one => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    )
    .reduce((total, one) => total + one.value, 0);
}
