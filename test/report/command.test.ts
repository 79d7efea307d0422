import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { Figures } from '../../src/analysis/index.ts';
import { call, intervention, logs, traces } from '../../src/analysis/testing/requests.ts';
import { figuresOf, folder, jsonLines, report } from './run-report.ts';

const place = folder();
afterAll(() => place.remove());

const session = (name: string, risk = 0.8) =>
  traces([
    {
      id: name,
      attributes: { 'session.id': name, 'gen_ai.agent.name': 'worker', ...call('rm', risk, 'observer') },
      events: [{ class: 'risk_escalation', severity: risk }, intervention('stop', 'human', { at: 2 })],
    },
  ]);
const good = place.file('good.jsonl', jsonLines([session('one'), session('two', 0.2)]));

describe('what it writes', () => {
  it('a page, to a file', () => {
    const out = join(place.path, 'report.html');
    expect(report([good, '--out', out, '--title', 'A <title>'])).toEqual({ code: 0, out: '', err: '' });
    const html = readFileSync(out, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<title>A &lt;title&gt;</title>');
    expect(html).toContain('Apache ECharts');
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
  });

  it('Markdown to standard output', () => {
    const { code, out, err } = report([good, '--format', 'md']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('**1 of 2 sessions combined high risk with high autonomy.**');
    expect(out).toContain(
      'A person stopped the session 1.5 s after the action had already finished: it was not prevented',
    );
  });

  it('JSON, with every figure', () => {
    for (const format of [['--json'], ['--format', 'json']]) {
      const figures = JSON.parse(report([good, ...format]).out) as Figures;
      expect(figures.form).toBe(1);
      expect(figures.totals).toMatchObject({ sessions: 2, upperRightSessions: 1 });
      expect(figures.stories[0]?.stop).toMatchObject({ type: 'stop', by: 'human' });
    }
  });
});

describe('--fail-on', () => {
  const md = [good, '--format', 'md'];
  it.each([
    ['severity>=0.8', 1],
    ['severity>0.8', 0],
    ['severity >= 0.81', 0],
    ['risk>=0.8', 1],
    ['upper_right>0', 1],
    ['upper_right>=2', 0],
    ['intervention>=0.5', 1],
    ['misalignment_indicator>=0', 0],
  ])('%s exits with %i', (rule, code) => {
    const run = report([...md, '--fail-on', rule]);
    expect(run.code).toBe(code);
    expect(run.err).toBe(
      code === 0 ? '' : `otel-alignment: --fail-on ${rule}: it is ${/\d[\d.]*$/.exec(run.err.trim())?.[0]}\n`,
    );
    // the report is made all the same
    expect(run.out).toContain('## Alignment report');
  });

  it('fails where one of several holds', () => {
    expect(report([...md, '--fail-on', 'risk>0.9', '--fail-on', 'severity>=0.5']).code).toBe(1);
  });

  it('is not passed by a file without agents', () => {
    const file = place.file('nobody.jsonl', '{"resourceSpans":[]}\n');
    expect(report([file, '--format', 'md', '--fail-on', 'severity>=0.8']).code).toBe(2);
    expect(report([file, '--format', 'md']).code).toBe(0);
  });

  it.each(['severity', 'severity=0.8', 'severity>=x', 'temperature>=0.8', 'severity>=8', ''])(
    'refuses %j',
    rule => {
      const { code, out, err } = report([...md, '--fail-on', rule]);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/^otel-alignment: --fail-on .*\n$/);
    },
  );
});

describe('a wrong command line', () => {
  it.each([
    [[], 'needs a file'],
    [[good], '--out report.html'],
    [[good, '--format', 'pdf'], 'html, md or json'],
    [[good, '--json', '--format', 'md'], 'leave one out'],
    [[good, '--what'], '--what'],
    [['-', '--assess', '--json'], 'reads its input twice'],
    [[good, '--json', '--trace-url', 'javascript:alert("{traceId}")'], 'http(s)'],
    [[good, '--json', '--trace-url', 'http://localhost/trace'], '{traceId}'],
    [[join(place.path, 'missing.jsonl'), '--json'], 'missing.jsonl: cannot be used (ENOENT)'],
    [[place.path, '--json'], 'EISDIR'],
    [[good, '--out', good], 'would replace what is read'],
    [[good, '--out', join(place.path, 'no', 'where.html')], 'where.html: cannot be used (ENOENT)'],
  ])('%j', (args, words) => {
    const { code, err } = report(args);
    expect(code).toBe(2);
    expect(err).toContain(words);
    // one line, no stack
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('leaves no half page behind', () => {
    const out = join(place.path, 'never.html');
    report([join(place.path, 'missing.jsonl'), '--out', out]);
    expect(existsSync(out)).toBe(false);
  });
});

describe('bad input', () => {
  const figuresAndWarning = (file: string): [Figures, string] => {
    const { code, out, err } = report([file, '--json']);
    expect(code).toBe(0);
    return [JSON.parse(out) as Figures, err];
  };

  it('an empty file', () => {
    const [{ totals, problems }, err] = figuresAndWarning(place.file('empty.jsonl', ''));
    expect(totals.sessions).toBe(0);
    expect(problems[0]).toContain('the file is empty');
    expect(err).toContain('no agent was found');
  });

  it('a last line that is cut off', () => {
    const text = jsonLines([session('one'), session('two')]);
    const [{ totals, problems }, err] = figuresAndWarning(place.file('cut.jsonl', text.slice(0, -200)));
    expect(totals.sessions).toBe(1);
    expect(problems.join()).toContain('the last line (2) is cut off');
    expect(err).toContain('the last line (2) is cut off');
  });

  it('lines that are no JSON and no OTLP between good ones', () => {
    const text = `${jsonLines([session('one')])}not json\n{"level":"info"}\n\n[1]\n${jsonLines([session('two')])}`;
    const [{ totals, problems }] = figuresAndWarning(place.file('mixed.jsonl', text));
    expect(totals.sessions).toBe(2);
    expect(problems.join()).toContain('3 lines were passed over; line 2 is no JSON');
  });

  it('words of other versions, older event names and signals twice', () => {
    const later = logs([
      {
        ...intervention('quarantine', 'swarm', {
          attributes: { 'session.id': 's', 'alignment.later.key': 'x' },
        }),
      },
      { class: 'later_class', attributes: { 'session.id': 's' } },
    ]);
    const text = JSON.stringify(
      logs([
        intervention('stop', 'human', {
          at: 1,
          attributes: { 'session.id': 's', 'event.name': 'alignment.intervention' },
        }),
      ]),
    ).replace('"eventName":"alignment.intervention"', '"eventName":""');
    const file = place.file('versions.jsonl', `${JSON.stringify(later)}\n${text}\n{"resourceMetrics":[]}\n`);
    const [{ totals, sessions, timelines, problems }] = figuresAndWarning(file);
    expect(totals.signals).toBe(2);
    expect(sessions[0]).toMatchObject({ stops: { human: 1 }, signals: { intervention: 2 } });
    expect(timelines[0]?.items.map(item => item.type)).toEqual(['quarantine', 'stop']);
    expect(problems).toEqual([]);
  });

  it('signals without a session', () => {
    const file = place.file('none.jsonl', jsonLines([logs([intervention('stop', 'human')])]));
    const [{ totals, sessions }] = figuresAndWarning(file);
    expect(totals.unnamedSessions).toBe(1);
    expect(sessions[0]).toMatchObject({ named: false, stops: { human: 1 } });
    expect(report([file, '--format', 'md']).out).toContain('1 session without a session id');
  });

  it('gzip is read, damaged gzip and zstd are named', () => {
    const zipped = gzipSync(jsonLines([session('one')]));
    expect(figuresOf([place.file('good.jsonl.gz', zipped)]).totals.sessions).toBe(1);
    const cut = report([place.file('cut.gz', zipped.subarray(0, zipped.length - 20)), '--json']);
    expect([cut.code, cut.out]).toEqual([2, '']);
    expect(cut.err).toContain('the gzip data is damaged or cut off');
    const zstd = report([place.file('x.zst', Buffer.from('28b52ffd0000', 'hex')), '--json']);
    expect([zstd.code, zstd.err]).toEqual([2, expect.stringContaining('zstd -d')]);
  });

  it('one value over many lines, and a byte order mark', () => {
    const file = place.file('pretty.json', `\ufeff${JSON.stringify(session('one'), null, 2)}`);
    expect(figuresOf([file]).totals.sessions).toBe(1);
  });

  it('a recording without agents', () => {
    const file = place.file(
      'http.jsonl',
      jsonLines([traces([{ id: 'a', name: 'GET', attributes: { 'http.request.method': 'GET' } }])]),
    );
    const [{ totals }, err] = figuresAndWarning(file);
    expect(totals).toMatchObject({ spans: 1, sessions: 0 });
    expect(err).toContain('no agent was found');
  });
});

it('reads standard input', () => {
  const { code, out } = report(['-', '--json'], jsonLines([session('piped')]));
  expect(code).toBe(0);
  expect((JSON.parse(out) as Figures).sessions[0]?.session).toBe('piped');
});

it('brings spans of one file and log records of another together', () => {
  const spans = place.file(
    'spans.jsonl',
    jsonLines([traces([{ id: 'a', attributes: { 'session.id': 's', ...call('rm', 0.9, 'observer') } }])]),
  );
  const records = place.file(
    'records.jsonl',
    jsonLines([
      logs([{ ...intervention('denial', 'human', { at: 0.2 }), trace: 'a'.repeat(32), span: 'a' }]),
    ]),
  );
  for (const files of [
    [spans, records],
    [records, spans],
  ]) {
    expect(figuresOf(files).stories[0]).toMatchObject({
      prevented: true,
      stop: { by: 'human', type: 'denial' },
    });
  }
});
