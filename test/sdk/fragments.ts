import { describe, expect, it } from 'vitest';
import type { Line } from './line.ts';

const REMOTE = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

/** What must hold of fragments on every SDK line. */
export function fragmentContract(title: string, { api, sessions, provider }: Line): void {
  describe(`${title}: fragments`, () => {
    it('are made of what a process did in a trace, after its last span, without its ids and content', async () => {
      const epoch = sessions.epochAt(Date.now());
      const around = [epoch, sessions.epochAt(epoch.start - 1), sessions.epochAt(epoch.end)];
      const fragments: { name: string; traceId: string }[] = [];
      const processor = new sessions.FragmentSpanProcessor({
        pseudonyms: sessions.hmacPseudonyms(new Map(around.map(({ id }) => [id, Buffer.alloc(32, 7)]))),
        exporter: made => {
          fragments.push(...made);
        },
      });
      const tracer = provider({ spanProcessors: [processor] }).getTracer('private-scope');
      const remote = api.trace.setSpanContext(api.ROOT_CONTEXT, { ...REMOTE, isRemote: true });
      const root = tracer.startSpan('private-root', { kind: api.SpanKind.SERVER }, remote);
      const below = api.trace.setSpan(api.ROOT_CONTEXT, root);
      const attributes = { 'mcp.method.name': 'tools/call', note: 'private-value' };
      const call = tracer.startSpan('private-call', { kind: api.SpanKind.CLIENT, attributes }, below);
      call.addEvent('alignment.intervention', {
        'alignment.signal.class': 'intervention',
        'alignment.signal.severity': 0.5,
        'alignment.intervention.type': 'stop',
      });
      root.end();
      await processor.forceFlush();
      expect(fragments).toEqual([]);
      call.end();
      await processor.forceFlush();
      expect(fragments.map(({ name }) => name).sort()).toEqual(['alignment.edge', 'alignment.step']);
      expect(new Set(fragments.map(({ traceId }) => traceId)).size).toBe(1);
      expect(JSON.stringify(fragments)).not.toMatch(new RegExp(`private|${REMOTE.traceId}|${REMOTE.spanId}`));
      await processor.shutdown();
    });
  });
}
