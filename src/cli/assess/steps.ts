import { type AgentTurn, createTranscript, type Transcript } from '../../assess/index.ts';
import { type BoundProfile, type MappedScore, mapScores } from '../../calibration/bound.ts';
import { today } from '../../processor/profiles.ts';
import { RecentMap } from '../../processor/recent-map.ts';
import { type AssessedLine, assessedLine } from './assessed-line.ts';
import { involvementOf } from './modes.ts';
import { readStepLine, type StepLine } from './step-line.ts';

/** Sessions remembered at a time; those not seen for longest are forgotten and begin anew. */
export const MAX_SESSIONS = 1000;
/** A score from here on is an escalation. */
export const ESCALATION = 0.7;

interface Session {
  readonly transcript: Transcript;
  /** What was last said of the surroundings; it holds until a line says otherwise. */
  allowedTools: readonly string[] | null;
  mode: string | null;
  environment: string | null;
  /** Profiles whose scores have escalated. */
  readonly escalated: Set<string>;
}

/** What one line of input gives: a line of output, nothing, or what is wrong with it. */
export type StepResult = { readonly assessed: AssessedLine } | { readonly problem: string } | undefined;

/** Assesses recorded sessions line by line, any number of them interleaved, in bounded memory. */
export function createStepAssessor(
  profiles: readonly BoundProfile[] = [],
  maxSessions: number = MAX_SESSIONS,
): (text: string) => StepResult {
  const sessions = new RecentMap<Session>(maxSessions);
  return text => {
    const line = readStepLine(text);
    if (typeof line === 'string') return { problem: line };
    const session = sessions.getOrCreate(line.session, newSession);
    remember(session, line);
    const { transcript } = session;
    if (line.role === 'user') transcript.user(line.content ?? '');
    if (line.role === 'tool') transcript.tool(line.result);
    if (line.role !== 'agent') return undefined;
    const { assessment, signals } = transcript.agent(turnOf(line, session));
    const mapped = scoresOf(line, profiles);
    return { assessed: assessedLine(line, assessment, signals, mapped, escalates(mapped, session)) };
  };
}

const newSession = (): Session => ({
  transcript: createTranscript(),
  allowedTools: null,
  mode: null,
  environment: null,
  escalated: new Set(),
});

/** What others say of the step, on the reference scale. */
function scoresOf({ scores, provider }: StepLine, profiles: readonly BoundProfile[]): readonly MappedScore[] {
  if (scores === undefined || profiles.length === 0) return [];
  return mapScores({ attributes: scores, provider }, profiles, today());
}

/** As the processor has it: once a profile and session. */
function escalates(mapped: readonly MappedScore[], { escalated }: Session): boolean {
  const risk = mapped.find(({ signal }) => signal === 'risk');
  if (risk?.mapped.status !== 'profiled' || (risk.mapped.score ?? 0) < ESCALATION) return false;
  const { profile_id: id } = risk.profile;
  if (escalated.has(id)) return false;
  escalated.add(id);
  return true;
}

function remember(session: Session, { allowedTools, mode, environment }: StepLine): void {
  if (allowedTools !== undefined) session.allowedTools = allowedTools;
  if (mode !== undefined) session.mode = mode;
  if (environment !== undefined) session.environment = environment;
}

function turnOf(line: StepLine, { allowedTools, mode, environment }: Session): AgentTurn {
  const humanInvolvement = mode === null ? undefined : involvementOf(mode);
  return {
    ...(line.content === undefined ? {} : { content: line.content }),
    ...(line.tool === undefined ? {} : { tool: line.tool }),
    ...(line.arguments === undefined ? {} : { arguments: line.arguments }),
    ...(allowedTools === null ? {} : { allowedTools }),
    ...(mode === null ? {} : { mode }),
    ...(environment === null ? {} : { environment }),
    ...(humanInvolvement === undefined ? {} : { humanInvolvement }),
  };
}
