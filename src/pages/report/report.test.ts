import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Figures,
  figuresOf,
  memorySource,
  Recording,
  readRequest,
  type TimelineItem,
} from '../../analysis/index.ts';
import { call, intervention, traces } from '../../analysis/testing/requests.ts';
import { axisTime, clockAt, clockPlaces, stretchLabel } from './axis.ts';
import { htmlReport, MAX_PAGE } from './html.ts';
import { markdownReport } from './markdown.ts';
import { timelineNotes } from './notes.ts';
import { ITEM_FIELDS, pack, SESSION_FIELDS, unpack, Words } from './pack.ts';
import { type PageData, pageData } from './page-data.ts';
import { supervised } from './supervision.ts';
import { lasting, stepWords, storyWords, supervisionWords } from './words.ts';

const OPTIONS = { title: 'Report', files: ['a.jsonl'] };
const ASSETS = {
  template:
    '<title>%title%</title><style>/*%style%*/</style><i>"%data%"</i><script>/*%script%*/</script><p>%policy%</p>%notice%%generator%',
  style: 'p{}',
  script: 'run()',
  notice: 'n',
};

async function figures(sessions: number, name = 'session', steps = 1): Promise<Figures> {
  const recording = new Recording();
  for (let i = 0; i < sessions; i++) {
    const attributes = {
      'session.id': `${name}-${i}`,
      'gen_ai.agent.name': name,
      ...call(`${name}-tool`, 0.8, 'observer'),
    };
    const spans = Array.from({ length: steps }, (_, k) => ({ id: `${i}-${k}`, at: k, attributes }));
    readRequest(recording, traces(spans));
  }
  return figuresOf(memorySource(recording));
}

describe('packing', () => {
  it('gives back what it took', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true }).map(value => Math.round(value * 1000) / 1000);
    const text = fc.string({ minLength: 1, maxLength: 20 });
    const item = fc.record(
      {
        kind: fc.constantFrom('step' as const, 'intervention' as const),
        time: fc.integer({ min: 0, max: 1e12 }),
        end: fc.integer({ min: 0, max: 1e12 }),
        risk: score,
        severity: score,
        tool: text,
        reason: text,
        spanId: text,
      },
      { requiredKeys: ['kind', 'time'] },
    );
    fc.assert(
      fc.property(item, fc.constantFrom(0, 1_790_000_000_000), (one, base) => {
        const words = new Words();
        const shifted = {
          ...one,
          time: one.time + base,
          ...(one.end === undefined ? {} : { end: one.end + base }),
        };
        expect(
          unpack<TimelineItem>(
            ITEM_FIELDS,
            pack(ITEM_FIELDS, shifted as TimelineItem, words, base),
            words.list,
            base,
          ),
        ).toEqual(shifted);
      }),
    );
  });

  it('keeps a session whole', async () => {
    const { sessions } = await figures(1);
    const words = new Words();
    const row = sessions[0]!;
    expect(
      unpack(SESSION_FIELDS, pack(SESSION_FIELDS, row, words, row.start), words.list, row.start),
    ).toEqual(row);
  });
});

describe('the page', () => {
  it('has nothing recorded outside of JSON, and no tag in it', async () => {
    const hostile = '</script><script>alert(1)</script><!--';
    const html = htmlReport(await figures(2, hostile), { ...OPTIONS, title: '<b>$& %data%' }, ASSETS);
    expect(html).toContain('&lt;b&gt;$&amp; %data%');
    expect(html.match(/<script>/g)).toHaveLength(1);
    expect(html).not.toContain('<!--');
    expect(html).toContain('\\u003c/script>');
  });

  it('fits, whatever was recorded, and keeps the most severe', async () => {
    const long = await figures(3000, 'x'.repeat(400), 3);
    const data: PageData = pageData(long, OPTIONS, 200_000);
    const bytes = Buffer.byteLength(JSON.stringify(data));
    expect(bytes).toBeLessThan(260_000);
    expect(data.sessions.length).toBeGreaterThan(100);
    expect(data.sessions.length).toBeLessThan(3000);
    const html = htmlReport(long, OPTIONS, ASSETS);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_PAGE);
  });
});

describe('text for a chat', () => {
  it('escapes what Markdown and terminals act upon', async () => {
    const text = markdownReport(await figures(1, '[x](http://evil) | <img> @all\u001b[31m`'), OPTIONS);
    expect(text).not.toContain('[x](');
    expect(text).not.toContain('<img>');
    expect(text).not.toContain('\u001b');
    expect(text).toContain('\\[x\\](http://evil) \\| \\<img\\> \\@all');
    expect(
      text
        .split('\n')
        .filter(line => line.startsWith('| '))
        .every(line => (line.match(/(?<!\\)\|/g) ?? []).length >= 8),
    ).toBe(true);
  });
});

describe('sentences', () => {
  const step = (more: Partial<TimelineItem>): TimelineItem => ({
    kind: 'step',
    time: 1000,
    end: 2000,
    tool: 'rm',
    risk: 0.8,
    autonomy: 0.9,
    ...more,
  });
  const before = {
    steps: 0,
    atLeast: false,
    autoApproved: 0,
    humanApproved: 0,
    otherApproved: 0,
    refused: 0,
    otherDecided: 0,
    unneeded: 0,
    undecided: 0,
    moments: [],
    momentsLeftOut: 0,
    actions: [],
  };

  it.each([
    ['Nobody stopped it', { peak: step({}), prevented: false }],
    [
      'A person stopped the session 3.0 s after the deletion had already finished and 2 actions later: it was not prevented',
      {
        peak: step({ action: 'delete' }),
        prevented: false,
        stepsBetween: 2,
        stop: { kind: 'intervention' as const, time: 5000, type: 'stop', by: 'human' as const },
      },
    ],
    [
      'A monitor stopped the session while the action ran (reason: safety concern)',
      {
        peak: step({}),
        prevented: false,
        stop: {
          kind: 'intervention' as const,
          time: 1500,
          type: 'stop',
          by: 'monitor' as const,
          reason: 'safety_concern',
        },
      },
    ],
    [
      'A rule or mode refused it before it ran: it was prevented',
      {
        peak: step({ type: 'denial', by: 'policy' }),
        prevented: true,
        stop: step({ type: 'denial', by: 'policy' }),
      },
    ],
  ])('%s', (words, story) => {
    expect(storyWords({ session: 0, stepsBetween: 0, before, ...story }).stopped).toBe(words);
  });

  it('name a value of a later version as it is', () => {
    const story = {
      session: 0,
      peak: step({ action: 'tele_port' }),
      prevented: false,
      stepsBetween: 0,
      before,
    };
    expect(storyWords(story).did).toContain('tele port');
  });

  it('say of every action before how it was decided', () => {
    const { before: said } = storyWords({
      session: 0,
      peak: step({}),
      prevented: false,
      stepsBetween: 0,
      before: {
        ...before,
        steps: 28,
        autoApproved: 7,
        humanApproved: 6,
        otherApproved: 5,
        refused: 4,
        otherDecided: 3,
        unneeded: 1,
        undecided: 2,
      },
    });
    expect(said).toBe(
      '28 actions: 7 approved automatically, 6 approved by a person, 5 approved by somebody not recorded, 4 refused, 3 stopped or changed, ' +
        '1 needed no approval and 2 without a recorded decision',
    );
  });

  it('do not say that a refused action was done', () => {
    expect(stepWords(step({ action: 'write', type: 'denial', by: 'human' }))).toBe(
      'rm (would have changed or created)',
    );
    expect(stepWords(step({ action: 'tele_port', type: 'block' }))).toBe('rm (would have: tele port)');
    expect(stepWords(step({ action: 'write', type: 'approval', by: 'human' }))).toBe(
      'rm (changed or created)',
    );
  });

  it('say who gave an approval that was required', () => {
    const under = step({ involvement: 'approval_required' });
    expect(supervisionWords({ ...under, type: 'approval', by: 'policy' })).toBe(
      'approval required; a rule or mode gave it',
    );
    expect(supervisionWords({ ...under, type: 'denial', by: 'human' })).toBe('approval required');
    expect(supervisionWords(step({ involvement: 'none', type: 'approval', by: 'policy' }))).toBe(
      'nobody watching',
    );
  });

  it('give a length of time', () => {
    expect([400, 1400, 45_000, 600_000, 7_200_000, 864_000_000].map(lasting)).toEqual([
      '400 ms',
      '1.4 s',
      '45 s',
      '10 min',
      '2 h',
      '10 days',
    ]);
  });
});

describe('an axis of time', () => {
  it.each([
    [370, ['0 ms', '50 ms', '100 ms', '2.5 ms'], [0, 50, 100, 2.5]],
    [30_000, ['0 s', '0.5 s', '12.25 s'], [0, 500, 12_250]],
    [200_000, ['0:00 min', '0:50 min', '2:30 min', '2:30.5 min'], [0, 50_000, 150_000, 150_500]],
    [90_000_000, ['0:00 h', '13:53:20 h', '25:00 h'], [0, 50_000_000, 90_000_000]],
  ])('of %i ms is exact', (length, labels, places) => {
    expect(places.map(at => axisTime(at, length))).toEqual(labels);
  });

  it('tells any two round places apart', () => {
    const whole = fc.integer({ min: 0, max: 5_000_000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), whole, whole, (length, a, b) => {
        fc.pre(a !== b);
        expect(axisTime(a, length)).not.toBe(axisTime(b, length));
      }),
    );
  });

  it('has no moment of a session twice', () => {
    const at = (...times: number[]): TimelineItem[] => times.map(time => ({ kind: 'step', time }));
    const start = Date.UTC(2026, 10, 21, 14, 32, 13);
    const short = at(start, start + 3, start + 3.2, start + 900);
    expect(clockPlaces(short).map(place => clockAt(short, place))).toEqual([
      '14:32:13.000',
      '14:32:13.003',
      '14:32:13.900',
    ]);
    const long = at(start, start + 900, start + 70_000);
    expect(clockPlaces(long).map(place => clockAt(long, place))).toEqual(['14:32:13', '14:33:23']);
  });

  it('names stretches as fine as they are long', () => {
    const start = Date.UTC(2026, 10, 21, 14, 32, 13);
    expect([1000, 60_000, 86_400_000].map(length => stretchLabel(start, length))).toEqual([
      '14:32:13',
      '11-21 14:32',
      '2026-11-21',
    ]);
  });
});

describe('the table of a timeline', () => {
  const span = { tool: 'rm', spanId: '1'.repeat(16) };
  const items: TimelineItem[] = [
    {
      kind: 'step',
      time: 1,
      ...span,
      involvement: 'approval_required',
      autonomy: 0.8,
      type: 'approval',
      by: 'policy',
    },
    { kind: 'autonomy_boundary', time: 2, spanId: '2'.repeat(16), involvement: 'none', autonomy: 0.95 },
    {
      kind: 'intervention',
      time: 3,
      spanId: '3'.repeat(16),
      involvement: 'approval_required',
      autonomy: 0.2,
      type: 'stop',
      by: 'human',
    },
  ];

  it('says of a stop what held when it came, not when the session began', () => {
    expect(supervised(items).map(({ involvement, autonomy }) => [involvement, autonomy])).toEqual([
      ['approval_required', 0.8],
      ['none', 0.95],
      ['none', 0.95],
    ]);
  });

  it('believes a record that stands on no span', () => {
    const [, , { spanId: _, ...stop }] = items as [TimelineItem, TimelineItem, TimelineItem];
    expect(supervised([...items.slice(0, 2), stop]).at(-1)).toMatchObject({
      involvement: 'approval_required',
      autonomy: 0.2,
    });
  });

  it('says what it does not list, and why autonomy is high although approval is required', async () => {
    const row = (await figures(1)).sessions[0]!;
    const notes = timelineNotes(
      { ...row, approvals: { policy: 7, monitor: 1, human: 2 } },
      { items, leftOut: 3 },
    );
    expect(notes.slice(0, 2)).toEqual([
      '3 quiet steps not shown.',
      '8 automatic approvals are not listed: each is shown with its step.',
    ]);
    expect(notes[2]).toContain('autonomy is high although approval is required');
    expect(notes).toHaveLength(3);
    expect(timelineNotes({ ...row, approvals: {} }, { items: items.slice(1), leftOut: 0 })).toEqual([]);
  });
});

it('a takeover by a person is a stop', async () => {
  const recording = new Recording();
  const attributes = { 'session.id': 's', ...call('rm', 0.8, 'observer') };
  readRequest(
    recording,
    traces([{ id: 'a', attributes, events: [intervention('takeover', 'human', { at: 3 })] }]),
  );
  expect(markdownReport(await figuresOf(memorySource(recording)), OPTIONS)).toContain(
    'A person took over 2.5 s after the action had already finished: it was not prevented',
  );
});
