// An evaluator on a thread of its own, so that its CPU time can be told from the contributor's.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { startEvaluator } from '../src/sessions/evaluator/server.ts';
import { parseTokens } from '../src/sessions/service/contributors.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-bench-'));
const evaluator = await startEvaluator({
  id: workerData.id,
  folder,
  tokens: parseTokens(`bench ${workerData.token}`, 'tokens'),
  quota: Number.MAX_SAFE_INTEGER,
});
parentPort.on('message', async message => {
  if (message === 'cpu') parentPort.postMessage(process.threadCpuUsage());
  else {
    await evaluator.close();
    rmSync(folder, { recursive: true });
    parentPort.postMessage('closed');
    parentPort.close();
  }
});
parentPort.postMessage(evaluator.address);
