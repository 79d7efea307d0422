import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Sandbox } from '../../test/stack/harness.ts';
import type { Sink } from '../../test/stack/sink.ts';
import type { AgentProgram } from '../../tools/agents/agents.ts';
import { collectorConfig, findBinary } from '../../tools/stack/binaries.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { startViewer } from '../../tools/stack/services.ts';
import { viewerOverlay } from '../../tools/stack/stack.ts';

/** How long hooks may still be at work when everything that was promised has arrived. */
const HOOKS_MS = 5_000;

/** Its folders are removed when the last hook, which no agent waits for, has given its ticket back. */
export class Home extends Sandbox {
  override folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'otel-alignment-try-'));
    const tickets = join(path, 'home/.local/state/otel-alignment/hook/running');
    const done = async (): Promise<boolean> => !existsSync(tickets) || readdirSync(tickets).length === 0;
    this.defer(async () => {
      await waitFor('the hooks', done, HOOKS_MS).catch(() => undefined);
      rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    });
    return path;
  }
}

/** The stack's backend takes no log records, so its viewer gets them in its place; ours takes them too. */
const RECORDS_TO_BOTH = {
  service: {
    pipelines: {
      'logs/signals': { exporters: ['otlp_http/signals', 'otlp_http/viewer', 'count'] },
      'logs/other': { exporters: ['otlp_http/rest', 'otlp_http/viewer'] },
    },
  },
};

/**
 * The Collector as the page says, a backend that holds what it delivers, and a viewer where there is one. No Jaeger: these agents' signals
 * are log records, which it does not take.
 */
export async function startBackends(
  otelcol: string,
  agent: AgentProgram,
  home: Home,
): Promise<{ sink: Sink; otlp: string; page?: string }> {
  const overlays = [join(collectorConfig, 'sources', `${agent}.yaml`)];
  const binary = findBinary('otel-desktop-viewer')?.path;
  const viewer = binary === undefined ? undefined : await startViewer(binary);
  if (viewer !== undefined) {
    home.defer(() => viewer.child.stop());
    for (const [index, overlay] of [viewerOverlay(viewer), RECORDS_TO_BOTH].entries()) {
      const file = join(home.folder(), `viewer-${index}.yaml`);
      writeFileSync(file, stringify(overlay));
      overlays.push(file);
    }
  }
  const { sink, collector } = await home.pair(otelcol, { overlays, env: { ALIGNMENT_REST_PERCENT: '100' } });
  return { sink, otlp: collector.otlpHttp, ...(viewer === undefined ? {} : { page: `${viewer.web}/logs` }) };
}
