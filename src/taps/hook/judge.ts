import { observeWords } from '../../assess/course.ts';
import { assessStep, createSessionState, observeStep, sessionAutonomy } from '../../assess/index.ts';

/** The rules. A module of its own, so that it is loaded for the events that need it and for no other. */
export { assessStep, createSessionState, observeStep, observeWords, sessionAutonomy };

export interface Judge {
  readonly assessStep: typeof assessStep;
  readonly createSessionState: typeof createSessionState;
  readonly observeStep: typeof observeStep;
  readonly observeWords: typeof observeWords;
  readonly sessionAutonomy: typeof sessionAutonomy;
}
