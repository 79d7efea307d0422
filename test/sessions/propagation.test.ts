import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(here, 'samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (name: string): string =>
  readFileSync(new URL(`../../semconv/sessions/${name}`, import.meta.url), 'utf8');
const samples = [...read('propagation.md').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code]) => code!);

function runSample(code: string): ReturnType<typeof spawnSync> {
  const file = join(folder, 'sample.ts');
  writeFileSync(
    file,
    code
      .replaceAll(`'otel-alignment/sessions'`, `'../../../src/sessions/index.ts'`)
      .replaceAll(`'otel-alignment'`, `'../../../src/index.ts'`),
  );
  return spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 50_000 });
}

describe('the samples of propagation.md', () => {
  it('carry a session to the other side', () => {
    const { status, stdout, stderr } = runSample(
      `${samples[0]}\nimport { sessionTokenOf } from 'otel-alignment/sessions';
       console.log(sessionTokenOf(session) !== undefined && sessionTokenOf(session) === sessionTokenOf(here), headers.baggage.startsWith('alignment.session='));`,
    );
    expect(stderr).toBe('');
    expect([status, stdout]).toEqual([0, 'true true\n']);
  });

  it('set up a processor that keeps no process alive', () => {
    // it ends by itself, long before fragments would be sent
    const { status, stderr } = runSample(`${samples[1]}\nprovider.getTracer('x').startSpan('y').end();`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('are all of them', () => expect(samples).toHaveLength(2));
});

describe('evaluator.md', () => {
  it('shows the keys of the vectors, and every refusal', async () => {
    const { split } = JSON.parse(read('vectors.json')) as { split: { evaluators: { public_key: string }[] } };
    for (const { public_key } of split.evaluators)
      expect(read('evaluator.md')).toContain(Buffer.from(public_key, 'hex').toString('base64url'));
    const { PROBLEMS } = await import('../../src/sessions/evaluator/problems.ts');
    for (const [code, [status]] of Object.entries(PROBLEMS)) {
      expect(read('evaluator.md')).toContain(`\`${code}\``);
      expect(read('evaluator.md')).toContain(String(status));
    }
  });
});
