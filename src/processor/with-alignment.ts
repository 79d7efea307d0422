import { warnSetup } from '../signals/shared.ts';
import type { AlignmentOptions } from './options.ts';
import { AlignmentSpanProcessor } from './processor.ts';
import { wrapProviders } from './wrap.ts';

/**
 * A NodeSDK configuration with alignment signals.
 *
 * Where the configuration names its span processors, ours is put first. Where it does not, it is returned as it is, so
 * that the SDK still builds its exporter from the environment, and the provider is wrapped as the SDK registers it.
 *
 * @example
 * new NodeSDK(withAlignment({ serviceName: 'my-agent' })).start();
 */
export function withAlignment<C extends object>(config: C, options: AlignmentOptions = {}): C {
  const given = (config as { spanProcessors?: unknown[] | null } | undefined)?.spanProcessors ?? undefined;
  if (given === undefined) {
    const made = wrapProviders(() => new AlignmentSpanProcessor(options, true));
    if (!made.first) {
      warnSetup(
        'ALIGNMENT_004',
        'withAlignment() finds otel-alignment/register, or an earlier withAlignment(), at work: its options take over. ' +
          'Keep one of them.',
      );
      made.processor.reconfigure(options);
    }
    return config;
  }
  if (given.length === 0) {
    warnSetup(
      'ALIGNMENT_001',
      'withAlignment() was given an empty list of span processors: nothing exports the spans. ' +
        'Add a BatchSpanProcessor with your exporter, or leave the list out for the default one.',
    );
  }
  return { ...config, spanProcessors: [new AlignmentSpanProcessor(options), ...given] };
}
