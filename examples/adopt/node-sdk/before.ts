import { OpenTelemetry } from '@ai-sdk/otel';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { registerTelemetry } from 'ai';
import { runAgent } from '../agent.ts';

const sdk = new NodeSDK({ serviceName: 'my-agent' });
sdk.start();
registerTelemetry(new OpenTelemetry());

await runAgent();
await sdk.shutdown();
