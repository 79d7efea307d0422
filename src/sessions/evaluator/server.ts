import { lockFolder } from '../service/folder.ts';
import { type Listening, listen, type ServerOptions } from '../service/listen.ts';
import { serve } from '../service/request.ts';
import { loadVoprf } from '../voprf/voprf.ts';
import { Budgets } from './budgets.ts';
import { EpochKeys } from './epoch-keys.ts';
import { evaluatorService } from './service.ts';

/** Its folder holds seeds, log and budgets. */
export interface EvaluatorOptions extends ServerOptions {
  readonly id: string;
  /** As contributors call it; default: the address that it listens on. */
  readonly url?: string | undefined;
  /** Elements a contributor and epoch. Default 1,000,000. */
  readonly quota?: number | undefined;
}

export interface RunningEvaluator {
  /** Where it listens. */
  readonly address: string;
  readonly keys: EpochKeys;
  /** Looks at the clock now, as it does every minute. */
  readonly keep: () => void;
  /** Answers what has begun, writes the budgets down, overwrites the keys in memory. */
  readonly close: () => Promise<void>;
}

/**
 * Starts an evaluator.
 *
 * @throws StateError, VoprfError `dependency_missing`, or Node's error where the port cannot be had
 */
export async function startEvaluator(options: EvaluatorOptions): Promise<RunningEvaluator> {
  const { id, folder, tls, tokens, quota = 1_000_000, now = Date.now } = options;
  const voprf = await loadVoprf();
  const unlock = lockFolder(folder, 'evaluator');
  let keys: EpochKeys | undefined;
  try {
    keys = new EpochKeys({ voprf, folder, id });
    return await running(keys, new Budgets(folder, quota));
  } catch (error) {
    keys?.close();
    unlock();
    throw error;
  }

  async function running(kept: EpochKeys, budgets: Budgets): Promise<RunningEvaluator> {
    const keep = (): void => {
      kept.keep(now());
      budgets.keep(kept.epochs);
    };
    kept.keep(now());
    let listening: Listening | undefined;
    const service = evaluatorService(
      {
        voprf,
        keys: kept,
        budgets,
        id,
        url: () => options.url ?? listening?.address ?? '',
        tokens,
        certificates: tls?.clientCa !== undefined,
        now,
      },
      options.onProblem,
    );
    listening = await listen((request, response) => serve(request, response, service), keep, options);
    const { address, close } = listening;
    return {
      address,
      keys: kept,
      keep,
      close: async () => {
        await close();
        budgets.close();
        kept.close();
        unlock();
      },
    };
  }
}
