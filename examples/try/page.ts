import { readFileSync } from 'node:fs';

/** The address that every page gives for the Collector. */
const ADDRESS = 'http://127.0.0.1:4318';

/** What a page tells a user to set, with the address of the Collector that runs now. */
export interface Page {
  /** The first block of this language. */
  readonly block: (language: string, otlp: string) => string;
  /** The variables that its commands export. */
  readonly exports: (otlp: string) => Record<string, string>;
}

/** @param file a README, whose text is then what is tried */
export function readPage(file: URL): Page {
  const text = readFileSync(file, 'utf8');
  const blocks = (language: string): string[] =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
      ([, block = '']) => block,
    );
  return {
    block(language, otlp) {
      const [first] = blocks(language);
      if (first === undefined) throw new Error(`${file.pathname}: no block of ${language}`);
      return first.replaceAll(ADDRESS, otlp);
    },
    exports: otlp =>
      Object.fromEntries(
        blocks('sh')
          .flatMap(block => block.split('\n'))
          .filter(line => line.startsWith('export '))
          .flatMap(line => [...line.replace(/#.*/, '').matchAll(/(\w+)=(\S+)/g)])
          .map(([, name = '', value = '']) => [name, value.replaceAll(ADDRESS, otlp)]),
      ),
  };
}
