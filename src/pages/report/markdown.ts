import type { Figures, SessionRow } from '../../analysis/index.ts';
import { leftOut } from './notes.ts';
import type { PageOptions } from './page-data.ts';
import {
  CLASS_WORDS,
  CLASSES,
  counted,
  fileWords,
  headline,
  interventionsWords,
  moment,
  score,
  storyWords,
} from './words.ts';

/** Rows of a table; the page has all of them. */
const MAX_ROWS = 20;
const MAX_STORIES = 10;

/** The report as text for a chat or a pull request. */
export function markdownReport(figures: Figures, { title, files }: PageOptions): string {
  const { totals, stories, sessions, agents, problems } = figures;
  const notes = leftOut({
    totals,
    sessions: sessions.slice(0, MAX_ROWS),
    points: totals.steps - totals.unplacedSteps,
    timelines: Number.POSITIVE_INFINITY,
    density: false,
  });
  const lines = [
    `## ${inline(title)}`,
    '',
    `**${headline(totals.upperRightSessions, totals.sessions)}**`,
    '',
    `${counted(totals.sessions, 'session')} of ${counted(totals.agents, 'agent')}, ${counted(totals.steps, 'step')}, ` +
      `${counted(totals.signals, 'signal')}, from ${inline(fileWords(files))}.`,
    '',
    ...stories.slice(0, MAX_STORIES).flatMap(story => {
      const row = sessions[story.session] as SessionRow;
      const { did, stopped, before, moments } = storyWords(story);
      return [
        `- **${inline(row.agent)}**, session ${inline(row.session)}, ${moment(row.start)} UTC`,
        `  - riskiest action: ${inline(did)}`,
        `  - who stopped it: **${inline(stopped)}**`,
        `  - before: ${inline(before)}${moments.length === 0 ? '' : `; ${inline(moments.join('; '))}`}`,
      ];
    }),
    ...(stories.length > MAX_STORIES ? [`- … and ${stories.length - MAX_STORIES} more`] : []),
    ...(stories.length > 0 ? [''] : []),
    ...table(
      ['session', 'agent', 'steps', 'risk', 'autonomy', 'severity', 'stopped or refused by'],
      sessions
        .slice(0, MAX_ROWS)
        .map(row => [
          row.session,
          row.agent,
          String(row.steps),
          cell(row.risk),
          cell(row.autonomy),
          cell(row.severity),
          interventionsWords(row),
        ]),
    ),
    ...table(
      ['agent', ...CLASSES.map(name => CLASS_WORDS[name]), 'profiled', 'declared', 'native only'],
      agents
        .slice(0, MAX_ROWS)
        .map(({ agent, signals, status }) => [
          agent,
          ...CLASSES.map(name => String(signals[name]?.count ?? 0)),
          ...[status.profiled, status.declared, status.none].map(String),
        ]),
    ),
    ...[...notes, ...problems].map(note => `- ${inline(note)}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

const cell = (value: number | undefined): string => (value === undefined ? '–' : score(value));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(cells => line(cells.map(inline))), ''];
}

/** Text that was recorded, on one line and with nothing that Markdown or a terminal would act upon. */
function inline(text: string): string {
  const clean = text.replace(/\p{Cc}|\p{Cf}/gu, ' ');
  const short = clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT - 1)}…` : clean;
  return short.replace(/[\\`*_{}[\]<>#|!~@]/g, character => `\\${character}`);
}

const MAX_TEXT = 400;
