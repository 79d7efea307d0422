import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDestination } from '../../examples/custom-agent/destination.ts';
import { listen, type Service } from '../../examples/custom-agent/http.ts';

let folder: string;
let receiver: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alignment-stack-'));
  receiver = await listen(createServer());
  const viewer = 'http://127.0.0.1:9/traces/{traceId}';
  await writeFile(join(folder, 'stack.json'), JSON.stringify({ otlpHttp: receiver.url, viewer }));
});
afterAll(async () => {
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

test('the running stack is found, with the page of a trace', async () => {
  const found = await findDestination({ ALIGNMENT_CACHE: folder });
  expect(found?.otlpHttp).toBe(receiver.url);
  expect(found?.link('abc')).toBe('http://127.0.0.1:9/traces/abc');
});

test('the endpoint of the environment wins, and has a link only where it is the stack', async () => {
  const other = await listen(createServer());
  try {
    const env = { ALIGNMENT_CACHE: folder, OTEL_EXPORTER_OTLP_ENDPOINT: other.url };
    const found = await findDestination(env);
    expect(found?.otlpHttp).toBe(other.url);
    expect(found?.link('abc')).toBeUndefined();
    const same = await findDestination({
      ALIGNMENT_CACHE: folder,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    });
    expect(same?.link('abc')).toBe('http://127.0.0.1:9/traces/abc');
  } finally {
    await other.close();
  }
});

test('a receiver that does not answer is no destination', async () => {
  const gone = await listen(createServer());
  await gone.close();
  expect(
    await findDestination({ ALIGNMENT_CACHE: folder, OTEL_EXPORTER_OTLP_ENDPOINT: gone.url }),
  ).toBeUndefined();
});

test('an exporter of none is respected', async () => {
  expect(await findDestination({ ALIGNMENT_CACHE: folder, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
});
