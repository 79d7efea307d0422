import { join } from 'node:path';
import { collectorConfig } from '../../tools/stack/binaries.ts';
import type { Collector } from '../../tools/stack/services.ts';
import { ofTests, type Sandbox } from '../stack/harness.ts';
import type { Sink } from '../stack/sink.ts';

export const tier = (name: string): string => join(collectorConfig, 'tiers', `${name}.yaml`);

export interface Gateway {
  readonly sink: Sink;
  /** As it runs now. */
  collector: Collector;
  /** Host and port that edges send to; the same after a new start. */
  readonly address: string;
  /** Starts it again on the same state and port. */
  readonly restart: () => Promise<void>;
}

export interface TierOptions {
  readonly overlays?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** A gateway that samples nothing away and delivers to a sink of its own. */
export async function startGateway(
  sandbox: Sandbox,
  binary: string,
  { overlays = [], env = {} }: TierOptions = {},
): Promise<Gateway> {
  const sink = await sandbox.sink();
  const options = {
    binary,
    backend: sink.url,
    stateDir: join(sandbox.folder(), 'state'),
    overlays: [tier('gateway'), ...overlays, ofTests('json')],
    env: { ALIGNMENT_DECISION_WAIT: '1s', ALIGNMENT_REST_PERCENT: '100', ...env },
  };
  const collector = await sandbox.collector(options);
  const address = new URL(collector.otlpGrpc).host;
  const gateway: Gateway = {
    sink,
    collector,
    address,
    restart: async () => {
      gateway.collector = await sandbox.collector({
        ...options,
        ports: { grpc: Number(address.split(':')[1]) },
      });
    },
  };
  return gateway;
}

/** An edge of one of the two kinds, in front of two gateways. */
export function startEdge(
  sandbox: Sandbox,
  binary: string,
  kind: 'edge-sharding' | 'edge-loadbalancing',
  gateways: readonly Pick<Gateway, 'address'>[],
  { overlays = [], env = {}, stateDir }: TierOptions & { readonly stateDir?: string } = {},
): Promise<Collector> {
  return sandbox.collector({
    binary,
    backend: '',
    overlays: [tier(kind), ...overlays],
    ...(stateDir !== undefined && { stateDir }),
    env: { ALIGNMENT_GATEWAY_1: gateways[0]!.address, ALIGNMENT_GATEWAY_2: gateways[1]!.address, ...env },
  });
}
