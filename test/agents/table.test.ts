import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AGENT_PACKAGES, type AgentProgram } from '../../tools/agents/agents.ts';
import { LIVE_AGENTS } from './agents.ts';
import { cellOf, type Told } from './results.ts';
import { ROWS, rowsOf } from './scenarios.ts';
import { page, readResults, STOPS, tableFile } from './table.ts';

const results = readResults();
const STOP_ROWS = ROWS.filter(({ signal }) => signal?.includes('stop human')).map(({ id }) => id);

it('examples/agents.md says what the results say; `node test/agents/table.ts` writes it', () => {
  expect(readFileSync(tableFile, 'utf8')).toBe(page());
});

it('the four programs are there, in the versions that the tests install', () => {
  const programs = results.filter(({ group }) => group === 'program');
  expect(programs.map(({ agent, version }) => `${agent} ${version}`)).toEqual(
    Object.entries(AGENT_PACKAGES).map(([agent, { version }]) => `${agent} ${version}`),
  );
});

describe.each(results.map(result => [result.agent, result] as const))('%s', (name, { group, rows }) => {
  it('has every scenario and no other', () => {
    expect(Object.keys(rows).sort()).toEqual(
      rowsOf(group)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('a stop by a person was seen in a run, by what the page says', () => {
    const seen = STOP_ROWS.flatMap(id => rows[id]?.signals ?? []).filter(line =>
      line.includes(' stop human '),
    );
    const observers = new Set(seen.flatMap(line => line.slice(0, line.indexOf(':')).split('+')));
    expect(observers.size).toBeGreaterThan(0);
    const { by = '', blind = '' } = STOPS[name] ?? {};
    expect(/telemetry/.test(by)).toBe(observers.has('harness'));
    expect(/hook|acp|tap|agent/.test(by)).toBe(observers.has('instrumentation'));
    expect(blind).not.toBe('');
  });

  it.each(rowsOf(group).map(row => [row.id, row] as const))('%s', (id, { signal, play }) => {
    const { signals, missing } = rows[id] ?? {};
    const texts = (signals ?? []).map(line => line.slice(line.indexOf(': ') + 2));
    // no cell from documentation: what is not missing was run, and what could be run was run
    if (group === 'program')
      expect(signals !== undefined).toBe(play(LIVE_AGENTS[name as AgentProgram]) !== undefined);
    if (signal === undefined) {
      expect(missing).toBeUndefined();
      expect(texts.filter(text => /^(risk_escalation|misalignment_indicator)/.test(text))).toEqual([]);
      return;
    }
    const there = texts.some(text => new RegExp(`^(${signal})`).test(text));
    expect({ there, why: missing }).toEqual(
      there ? { there, why: undefined } : { there, why: expect.any(String) },
    );
  });
});

/** What an agent's own settings have no part in. The risk stands on the escalation; beside an indicator the hook repeats it. */
const ofTheAction = (line: string): RegExp =>
  line.startsWith('risk_escalation') ? /^(severity|risk\.|action\.)/ : /^(severity|action\.)/;
/** What a hook tells when a call has ended comes from its memory, which has no reversibility. */
const FORGOTTEN = 'action.reversibility';
const ASSESSED_ROWS = ['destructive command', 'secret read', 'outside of the workspace'];

it.each(ASSESSED_ROWS)('%s: every agent that reports it assesses it alike', id => {
  // line and key, the value, and who says so
  const said = new Map<string, Map<unknown, string[]>>();
  for (const { agent, group, rows } of results) {
    const { signals = [], assessed = {} } = rows[id] ?? {};
    for (const [line, values] of Object.entries(assessed)) {
      expect(signals.some(one => one.includes(line))).toBe(true);
      for (const key of ['severity', 'risk.score', 'action.type', FORGOTTEN]) {
        const value = values[key];
        if (!ofTheAction(line).test(key)) continue;
        if (key === FORGOTTEN && value === undefined && group === 'program') continue;
        const of = said.get(`${line} ${key}`) ?? new Map<unknown, string[]>();
        said.set(`${line} ${key}`, of.set(value, [...(of.get(value) ?? []), agent]));
      }
    }
  }
  expect(said.size).toBeGreaterThan(0);
  const different = [...said].filter(([, values]) => values.size > 1 || values.has(undefined));
  expect(different.map(([what, values]) => [what, Object.fromEntries(values)])).toEqual([]);
});

describe('a cell', () => {
  const told = (source: string, id: string | undefined, line = 'intervention approval'): Told => ({
    source,
    line,
    attributes: id === undefined ? {} : { 'alignment.signal.id': id },
  });

  it.each<[string, Told[], string[]]>([
    ['one fact sent twice', [told('harness', 'a'), told('harness', 'a')], ['harness: intervention approval']],
    [
      'one fact, two observers',
      [told('instrumentation', 'a'), told('harness', 'a')],
      ['harness+instrumentation: intervention approval'],
    ],
    [
      'two observers that do not know of each other',
      [told('instrumentation', 'a'), told('harness', 'b')],
      ['harness: intervention approval', 'instrumentation: intervention approval'],
    ],
    ['two facts', [told('harness', 'a'), told('harness', 'b')], ['harness: intervention approval ×2']],
    [
      'without ids',
      [told('harness', undefined), told('harness', undefined)],
      ['harness: intervention approval'],
    ],
  ])('%s', (_, seen, signals) => {
    expect(cellOf(seen)).toEqual({ signals });
  });

  it('holds what was assessed', () => {
    const seen = { ...told('instrumentation', 'a', 'risk_escalation risk.high'), severity: 0.7 };
    const attributes = { ...seen.attributes, 'alignment.risk.score': 0.8, 'alignment.action.type': 'delete' };
    expect(cellOf([{ ...seen, attributes }]).assessed).toEqual({
      'risk_escalation risk.high': { severity: 0.7, 'risk.score': 0.8, 'action.type': 'delete' },
    });
  });
});
