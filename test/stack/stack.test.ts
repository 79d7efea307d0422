import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { pageOpens } from '../../tools/stack/pages.ts';
import { freePorts, startChild, waitFor } from '../../tools/stack/processes.ts';
import { announce, runningStack, stackFile, traceLink } from '../../tools/stack/running.ts';
import { requireBinaries, Sandbox } from './harness.ts';
import { getTrace } from './jaeger.ts';
import { send, spanId, traceId, tracesRequest } from './otlp.ts';

const binaries = requireBinaries('npm run stack', 'otelcol', 'jaeger', 'otel-desktop-viewer');
const script = fileURLToPath(new URL('../../tools/stack/start.ts', import.meta.url));

describe.skipIf(!binaries)('npm run stack', () => {
  const sandbox = new Sandbox();
  afterAll(() => sandbox.clean());

  it('starts, says where, gives each backend each span once, and leaves nothing behind', async () => {
    const env = {
      ALIGNMENT_CACHE: sandbox.folder(),
      OTELCOL: binaries!.otelcol,
      JAEGER: binaries!.jaeger,
      OTEL_DESKTOP_VIEWER: binaries!['otel-desktop-viewer'],
      JAEGER_UI_ASSETS: '',
    };
    const start = async () => {
      const [grpc, http] = await freePorts(2);
      const child = startChild('stack', process.execPath, [script, `--grpc=${grpc}`, `--http=${http}`], env);
      sandbox.defer(() => child.stop('SIGINT'));
      return { child, http };
    };
    expect(await runningStack(env)).toBeUndefined();
    const { child, http } = await start();
    const stack = await waitFor('the stack', async () => {
      if (!child.running()) throw new Error(child.output());
      return runningStack(env);
    });
    expect(stack.otlpHttp).toBe(`http://127.0.0.1:${http}`);
    expect(stack.pid).toBe(child.pid);

    const trace = traceId();
    const spans = [
      { traceId: trace, spanId: spanId(), name: 'plain' },
      { traceId: trace, spanId: spanId(), name: 'signal', events: [{ name: 'alignment.intervention' }] },
    ];
    await send(stack.otlpHttp, 'traces', tracesRequest(spans));
    const inJaeger = await waitFor('both spans in Jaeger', async () => {
      const found = await getTrace(stack.jaegerApi, trace);
      return found !== undefined && found.length >= 2 && found;
    });
    expect(inJaeger.map(span => span.name).sort()).toEqual(['plain', 'signal']);
    const link = traceLink(stack, trace)!;
    expect(link).toContain(trace);
    expect(await pageOpens(link)).toBe(true);
    const inViewer = await waitFor('both spans in the viewer', async () => {
      const answer = await fetch(new URL('/rpc', link), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'searchSpans', params: [trace] }),
      });
      const found = ((await answer.json()) as { result?: { spans?: unknown[] } }).result?.spans ?? [];
      return found.length >= 2 && found;
    });
    expect(inViewer).toHaveLength(2);

    const second = await start();
    await second.child.exited;
    expect(second.child.output()).toContain('a stack is running already');
    expect(await runningStack(env)).toEqual(stack);

    for (const url of child.output().matchAll(/http:\/\/\S+/g)) {
      if (url[0].includes('{traceId}') || url[0] === stack.otlpHttp) continue;
      expect((await fetch(url[0])).status, url[0]).toBe(200);
    }
    process.kill(child.pid, 'SIGINT');
    process.kill(child.pid, 'SIGINT'); // npm passes it on a second time
    await child.exited;
    expect(existsSync(stackFile(env))).toBe(false);
    for (const base of [stack.otlpHttp, stack.jaegerApi, link]) await expect(fetch(base)).rejects.toThrow();
  });

  it('names the port that is taken', async () => {
    const sink = await sandbox.sink();
    const port = new URL(sink.url).port;
    const [grpc] = await freePorts(1);
    const child = startChild('stack', process.execPath, [script, `--grpc=${grpc}`, `--http=${port}`], {
      ALIGNMENT_CACHE: sandbox.folder(),
      OTELCOL: binaries!.otelcol,
      JAEGER: binaries!.jaeger,
    });
    await child.exited;
    expect(child.output()).toContain(`port ${port} is taken; choose another with --http`);
  });

  it('reads a stale file as no stack', async () => {
    const env = { ALIGNMENT_CACHE: sandbox.folder() };
    const dead = {
      otlpHttp: 'http://127.0.0.1:1',
      jaegerApi: 'http://127.0.0.1:1',
      health: 'http://127.0.0.1:1',
      pid: process.pid,
    };
    announce(dead, env);
    expect(JSON.parse(readFileSync(stackFile(env), 'utf8'))).toEqual(dead);
    expect(await runningStack(env)).toBeUndefined();
  });
});
