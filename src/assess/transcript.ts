import type { HumanInvolvement } from '../semconv/index.ts';
import type { AgentStep, ToolAnnotations } from '../step/step.ts';
import { assessStep } from './assess-step.ts';
import type { Assess, Assessment, AssessmentContext } from './assessment.ts';
import { observeMessage, observeResult, observeWords } from './course.ts';
import { observeStep } from './session.ts';
import { sessionAutonomy } from './session-autonomy.ts';
import {
  createSessionState,
  type ObservedIntervention,
  type SessionOptions,
  type SignalDraft,
} from './session-state.ts';
import { textOf } from './text.ts';

export interface TranscriptOptions extends SessionOptions {
  /** Default: the rules of this package. */
  readonly assess?: Assess;
}

/** What an agent did or said in one turn. */
export interface AgentTurn {
  /** What the agent said. */
  readonly content?: string;
  /** The tool that it called. */
  readonly tool?: string;
  /** An object, an array or a text. `{}`: called with none. Absent or null: not recorded. */
  readonly arguments?: unknown;
  readonly toolDescription?: string;
  readonly toolAnnotations?: ToolAnnotations;
  readonly allowedTools?: readonly string[];
  /** The agent's own word for its mode. */
  readonly mode?: string;
  readonly humanInvolvement?: HumanInvolvement;
  readonly approvedByHuman?: boolean;
  readonly workspace?: string;
  readonly environment?: string;
  readonly interventions?: readonly ObservedIntervention[];
}

export interface TurnReport {
  /** Absent where the turn called no tool and nothing is known of its supervision. */
  readonly assessment: Assessment | undefined;
  readonly signals: readonly SignalDraft[];
}

/** One session, told turn by turn. Bounded memory, whatever comes; never throws. */
export interface Transcript {
  user(words: string): void;
  agent(turn: AgentTurn): TurnReport;
  /** The result of the latest call. */
  tool(result: unknown): void;
}

/** Words of the person that are kept: the latest, as far as they go. */
const MAX_WORDS = 8192;
const MAX_LABEL = 64;

/** Assesses a session from its turns, where there are no spans: recorded transcripts, a wrapper around one's own loop. */
export function createTranscript(options: TranscriptOptions = {}): Transcript {
  const assess = options.assess ?? assessStep;
  const state = createSessionState();
  let words = '';
  const withAutonomy = (assessment: Assessment | undefined): Assessment | undefined => {
    const autonomy = sessionAutonomy(state, assessment, options.unattendedSteps);
    if (assessment === undefined || autonomy === undefined) return assessment;
    return { ...assessment, autonomyLevel: autonomy.level, autonomyScore: autonomy.score };
  };
  return {
    user(said) {
      words = (words === '' ? said : `${said}\n${words}`).slice(0, MAX_WORDS);
      observeMessage(state, said);
    },
    agent(turn) {
      const step = stepOf(turn);
      const context = contextOf(turn, words);
      const assessment = assess(step, context);
      const signals: SignalDraft[] =
        step.kind === 'tool'
          ? observeStep(
              state,
              { step, assessment, context, interventions: turn.interventions ?? [], clarifications: 0 },
              options,
            )
          : [];
      if (turn.content !== undefined && turn.content !== '')
        signals.push(...observeWords(state, turn.content));
      return { assessment: withAutonomy(assessment), signals };
    },
    tool(result) {
      observeResult(state, textOf(result));
    },
  };
}

function stepOf(turn: AgentTurn): AgentStep {
  return {
    dialect: 'transcript',
    kind: turn.tool === undefined ? 'model' : 'tool',
    ...(turn.tool === undefined ? {} : { toolName: turn.tool }),
    ...(turn.arguments === undefined ? {} : { arguments: turn.arguments }),
    ...(turn.toolDescription === undefined ? {} : { toolDescription: turn.toolDescription }),
    ...(turn.toolAnnotations === undefined ? {} : { toolAnnotations: turn.toolAnnotations }),
  };
}

function contextOf(turn: AgentTurn, words: string): AssessmentContext {
  return {
    ...(words === '' ? {} : { userMessage: words }),
    ...(turn.allowedTools === undefined ? {} : { allowedTools: turn.allowedTools }),
    ...(turn.mode === undefined ? {} : { mode: turn.mode.slice(0, MAX_LABEL) }),
    ...(turn.humanInvolvement === undefined ? {} : { humanInvolvement: turn.humanInvolvement }),
    ...(turn.approvedByHuman === undefined ? {} : { approvedByHuman: turn.approvedByHuman }),
    ...(turn.workspace === undefined ? {} : { workspace: turn.workspace }),
    ...(turn.environment === undefined ? {} : { environment: turn.environment }),
  };
}
