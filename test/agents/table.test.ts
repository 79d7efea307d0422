import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AGENT_PACKAGES, type AgentProgram } from '../../tools/agents/agents.ts';
import { LIVE_AGENTS } from './agents.ts';
import { ROWS } from './scenarios.ts';
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
    expect(Object.keys(rows).sort()).toEqual(ROWS.map(({ id }) => id).sort());
  });

  it('a stop by a person was seen in a run, by what the page says', () => {
    const seen = STOP_ROWS.flatMap(id => rows[id]?.signals ?? []).filter(line =>
      line.includes(' stop human '),
    );
    const observers = new Set(seen.map(line => line.slice(0, line.indexOf(':'))));
    expect(observers.size).toBeGreaterThan(0);
    const { by = '', blind = '' } = STOPS[name] ?? {};
    expect(/telemetry/.test(by)).toBe(observers.has('harness') || name === 'gemini-cli');
    expect(/hook|acp|tap|agent/.test(by)).toBe(observers.has('instrumentation'));
    expect(blind).not.toBe('');
  });

  it.each(ROWS.map(row => [row.id, row] as const))('%s', (id, { signal, play }) => {
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
