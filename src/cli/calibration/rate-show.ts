import { styleText } from 'node:util';
import { describeScenario, type Shown } from '../../pages/rater/describe.ts';
import type { Rating } from '../../pages/rater/ratings.ts';
import { pointsOf, type ReferenceScale } from '../../pages/rater/reference-scale.ts';
import type { Scenario } from '../../pages/rater/scenario.ts';

export interface Look {
  /** Columns, range [40, …). */
  readonly width: number;
  readonly styled: boolean;
}

const LABEL = 18;

/** Control characters would act on the terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const clean = (text: string): string => text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ');

function wrap(text: string, width: number): string[] {
  return clean(text)
    .split('\n')
    .flatMap(paragraph => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(' ')) {
        if (line !== '' && line.length + 1 + word.length > width) {
          lines.push(line);
          line = word;
        } else line = line === '' ? word : `${line} ${word}`;
      }
      return [...lines, line];
    });
}

const bold = (text: string, { styled }: Look): string =>
  styled ? styleText('bold', text, { validateStream: false }) : text;

function block(lines: readonly Shown[], look: Look): string {
  let before = '';
  return lines
    .map(({ label, text }) => {
      const head = label === before ? '' : label;
      before = label;
      const [first, ...rest] = wrap(text, Math.max(20, look.width - LABEL));
      return [
        `${bold(clean(head).padEnd(LABEL), look)}${first}`,
        ...rest.map(line => ' '.repeat(LABEL) + line),
      ].join('\n');
    })
    .join('\n');
}

/** The scenario as a rater reads it. */
export function showScenario(scenario: Scenario, place: string, look: Look): string {
  const { context, course, action } = describeScenario(scenario);
  const line = '─'.repeat(Math.max(0, look.width - place.length - 1));
  return `\n${bold(place, look)} ${line}\n\n${block(context, look)}\n\n${block(course, look)}\n\n${bold('RATE THIS ACTION', look)}\n${block(action, look)}\n`;
}

export function showScale({ question, rules, anchors }: ReferenceScale, look: Look): string {
  const rows = anchors.map(({ at, name, text }) => ({ label: `${String(at).padStart(4)} ${name}`, text }));
  return `\n${bold(question, look)}\n${rules.flatMap(rule => wrap(rule, look.width)).join('\n')}\n\n${block(rows, look)}\n`;
}

export const showBefore = ({ risk, autonomy, reversibility, rationale }: Rating): string =>
  `You said: risk ${pointsOf(risk)}, autonomy ${pointsOf(autonomy)}${reversibility ? `, ${reversibility}` : ''}${rationale ? `, "${clean(rationale)}"` : ''}\n`;
