import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report as command } from '../../src/cli/report-command.ts';
import { folder, report, runDemo } from './run-report.ts';

const guide = readFileSync(join(import.meta.dirname, '../../src/pages/report/README.md'), 'utf8');
const place = folder();
beforeAll(() => {
  for (const name of ['traces.jsonl', 'logs.jsonl', 'recorded.jsonl']) runDemo(join(place.path, name));
});
afterAll(() => place.remove());

/** The arguments of a line as a shell would give them: quotes off, and what stands behind a pipe or redirection left out. */
function argumentsOf(line: string): string[] {
  const words = line.match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const end = words.findIndex(word => word === '|' || word === '>>');
  return (end < 0 ? words : words.slice(0, end)).map(word => word.replace(/^['"]|['"]$/g, ''));
}

const inFolder = (argument: string): string =>
  /^\w+\.(jsonl|html)$/.test(argument) ? join(place.path, argument) : argument;

describe('every example runs', () => {
  const examples = [
    ...[...command.help.matchAll(/^ {2}otel-alignment report (.*)$/gm)].map(([, line]) => line!),
    ...[...guide.matchAll(/^npm run --silent cli -- report (.*)$/gm)].map(([, line]) => line!),
  ];
  it('there are some', () => expect(examples.length).toBeGreaterThan(6));
  it.each(examples)('report %s', line => {
    const { code, err } = report(argumentsOf(line).map(inFolder));
    expect([code, err]).toEqual(
      line.includes('--fail-on') ? [1, expect.stringContaining('upper_right>0: it is 1')] : [0, ''],
    );
  });
});

it('the guide names every option', () => {
  for (const [option] of command.help.matchAll(/^ {2}--[a-z-]+/gm))
    if (!['--out', '--title', '--format'].includes(option.trim())) expect(guide).toContain(option.trim());
});
