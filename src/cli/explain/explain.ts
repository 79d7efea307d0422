import { type Assessment, assessStep, createSessionState, observeStep } from '../../assess/index.ts';
import { type SignalDocument, toJson, type UnixTime } from '../../signals/index.ts';
import type { AgentStep } from '../../step/step.ts';
import { riskLevel } from '../assess/assessed-line.ts';
import { SETTINGS, signalOfDraft } from '../stand-alone.ts';
import { anchorOf } from './meanings.ts';
import { wordsOf } from './rule-words.ts';

/** What is to be explained. */
export interface Question {
  /** A command line, or the arguments of `tool`. */
  readonly text: string;
  /** Default: a shell. */
  readonly tool?: string;
  readonly workspace?: string;
  readonly environment?: string;
}

/** The explanation, as `--json` writes it. `null`: the rules cannot say. */
export interface Explanation {
  readonly tool: string;
  readonly action_type: string | null;
  readonly reversibility: string | null;
  readonly risk_score: number | null;
  readonly risk_level: string | null;
  readonly risk_anchor: string | null;
  readonly rules: readonly { readonly id: string; readonly words: string }[];
  /** What a first step of a session would raise, in the founding JSON. */
  readonly signals: readonly SignalDocument[];
}

const SHELL = 'Bash';
const SESSION = { key: 'gen_ai.conversation.id', value: 'example' } as const;

/** Assesses one call as the first step of a session. */
export function explainCall(question: Question, time: UnixTime): Explanation {
  const { text, tool, workspace, environment } = question;
  const step: AgentStep = {
    dialect: 'command',
    kind: 'tool',
    session: SESSION,
    toolName: tool ?? SHELL,
    arguments: tool === undefined ? { command: text } : argumentsOf(text),
  };
  const context = {
    ...(workspace === undefined ? {} : { workspace }),
    ...(environment === undefined ? {} : { environment }),
  };
  const assessment = assessStep(step, context);
  const risk = assessment?.riskScore;
  return {
    tool: step.toolName ?? SHELL,
    action_type: assessment?.actionType ?? null,
    reversibility: assessment?.reversibility ?? null,
    risk_score: risk ?? null,
    risk_level: risk === undefined ? null : riskLevel(risk),
    risk_anchor: risk === undefined ? null : anchorOf(risk).anchor,
    rules: (assessment?.rules ?? []).map(id => ({ id, words: wordsOf(id) })),
    signals: signalsOf(step, assessment, context, time),
  };
}

function signalsOf(
  step: AgentStep,
  assessment: Assessment | undefined,
  context: Parameters<typeof assessStep>[1],
  time: UnixTime,
): SignalDocument[] {
  const place = {
    identity: { session: SESSION, agentId: undefined, agentName: undefined },
    span: {
      'alignment.action.type': assessment?.actionType,
      'alignment.action.reversibility': assessment?.reversibility,
    },
    resource: undefined,
    traceId: undefined,
    spanId: undefined,
    toolName: step.toolName,
    settings: SETTINGS,
  };
  const observed = { step, assessment, context, interventions: [], clarifications: 0 };
  return observeStep(createSessionState(), observed).map(draft => toJson(signalOfDraft(draft, place, time)));
}

/** Arguments of a tool: JSON where it is JSON, else as they stand; nothing: called with none. */
function argumentsOf(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
