import { lockFolder } from '../service/folder.ts';
import { type Listening, listen, type ServerOptions } from '../service/listen.ts';
import { serve } from '../service/request.ts';
import { Erasures } from './erasures.ts';
import { layerService } from './service.ts';

/** Its folder holds what is to be erased, a file an epoch. */
export interface LayerOptions extends ServerOptions {
  /** Trace ids that a contributor can have erased in one epoch. Default 100,000. */
  readonly quota?: number | undefined;
}

export interface RunningLayer extends Listening {
  /** Looks at the clock now, as it does every minute. */
  readonly keep: () => void;
}

/**
 * Starts the layer's service, at which contributors have their fragments erased.
 *
 * @throws StateError, or Node's error where the port cannot be had
 */
export async function startLayer(options: LayerOptions): Promise<RunningLayer> {
  const { folder, tls, tokens, quota = 100_000, now = Date.now, onProblem } = options;
  const unlock = lockFolder(folder, 'layer');
  try {
    const erasures = new Erasures(folder, quota);
    const keep = (): void => erasures.keep(now());
    keep();
    const service = layerService(
      { erasures, tokens, certificates: tls?.clientCa !== undefined, now },
      onProblem,
    );
    const { address, close } = await listen(
      (request, response) => serve(request, response, service),
      keep,
      options,
    );
    return {
      address,
      keep,
      close: async () => {
        await close();
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
