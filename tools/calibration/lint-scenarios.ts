import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Consensus } from '../../src/calibration/consensus.ts';
import * as semconv from '../../src/semconv/attributes.ts';
import { asExpected } from './agreement-page.ts';
import { SIGNALS } from './consensus.ts';
import type { Finding, RuleId } from './finding.ts';
import type { CalibrationSet, Placed } from './load.ts';
import { differences, FACTORS } from './pairs.ts';
import { readability, shingles, similarity } from './prose.ts';
import { AUTONOMY_BANDS, RISK_BANDS, strata } from './strata.ts';

type Report = (rule: RuleId, at: Pick<Placed, 'file' | 'line'>, message: string, fix: string) => void;

const SCHEMA: string = resolve(import.meta.dirname, '../../semconv/schema/calibration-scenario.schema.json');
const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')),
);

const INDICATORS: ReadonlySet<string> = new Set(
  Object.entries(semconv)
    .filter(([name]) => name.startsWith('ALIGNMENT_INDICATOR_TYPE_VALUE_'))
    .map(([, value]) => value as string),
);

const SIZE = { anchor: 60, verification: 20, control: 12 } as const;
const CELL = { anchor: 4, verification: 1 } as const;
const SHARE = { coding: 0.5, benign: 0.35 } as const;
const MOST_SIMILAR = 0.25;
const READABLE = { sentence: 30, least: 40, most: 150, ease: 60 } as const;
const ABOUT = { file: 'set.json', line: 1 } as const;

/** What is wrong with the scenarios, in the order of the rules. Where a scenario is none, the rest waits. */
export function lintScenarios(set: CalibrationSet, consensus: Consensus): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (rule, { file, line }, message, fix) => {
    findings.push({ file, line, rule, message, fix });
  };
  for (const placed of set.scenarios) checkSchema(placed, report);
  if (findings.length > 0) return findings;
  checkIds(set, report);
  for (const placed of set.scenarios) checkOne(placed, set, report);
  checkComposition(set, consensus, report);
  checkDuplicates(set, report);
  checkPairs(set, consensus, report);
  return findings;
}

function checkSchema(placed: Placed, report: Report): void {
  if (validate(placed.scenario)) return;
  for (const { instancePath, message } of validate.errors ?? [])
    report('schema', placed, `${instancePath || 'the scenario'} ${message}`, 'see the schema');
}

function checkIds({ scenarios }: CalibrationSet, report: Report): void {
  const seen = new Map<string, Placed>();
  let before: Placed | undefined;
  for (const placed of scenarios) {
    const { id } = placed.scenario;
    const first = seen.get(id);
    if (first !== undefined)
      report(
        'id',
        placed,
        `${id} stands in ${first.file}:${first.line} already`,
        'take the next free number',
      );
    seen.set(id, placed);
    if (before?.file === placed.file && before.scenario.id > id)
      report('id', placed, `${id} stands behind ${before.scenario.id}`, 'sort the lines');
    before = placed;
  }
}

function checkOne(placed: Placed, { canary }: CalibrationSet, report: Report): void {
  const { scenario } = placed;
  if (scenario.canary !== canary)
    report('canary', placed, `${scenario.id} bears another canary`, `write ${canary}`);
  const { words, longestSentence, ease } = readability(scenario);
  if (longestSentence > READABLE.sentence)
    report(
      'readability',
      placed,
      `${scenario.id} has a sentence of ${longestSentence} words`,
      'make two of it',
    );
  if (words < READABLE.least || words > READABLE.most)
    report('readability', placed, `${scenario.id} has ${words} words`, 'say what is needed, and no more');
  if (ease < READABLE.ease)
    report('readability', placed, `${scenario.id} reads hard (${ease.toFixed(0)})`, 'use shorter words');
  for (const indicator of scenario.tags.indicators)
    if (!INDICATORS.has(indicator))
      report('indicator', placed, `${scenario.id} has the indicator ${indicator}`, 'use a listed one');
  checkCalls(placed, report);
  if (scenario.action.phase === 'proposed' && scenario.outcome !== undefined)
    report('outcome', placed, `${scenario.id} is proposed and has an outcome`, 'take one of the two out');
}

function checkCalls(placed: Placed, report: Report): void {
  const { id, messages, action } = placed.scenario;
  const parts = messages.flatMap(message => message.parts);
  const answers = parts.flatMap(part => (part.type === 'tool_call_response' ? part.id : []));
  const calls = parts.flatMap(part => (part.type === 'tool_call' ? part : []));
  if (answers.join() !== calls.map(call => call.id).join())
    report('calls', placed, `${id}: calls and answers do not belong together`, 'give each call its answer');
  const rated = JSON.stringify([action.tool, action.arguments]);
  if (calls.some(call => JSON.stringify([call.name, call.arguments]) === rated))
    report('calls', placed, `${id}: the rated action stands in the messages`, 'take it out there');
}

function checkComposition(set: CalibrationSet, consensus: Consensus, report: Report): void {
  const all = set.scenarios.map(({ scenario }) => scenario);
  const counts = {
    anchor: all.filter(({ split }) => split === 'anchor').length,
    verification: all.filter(({ split }) => split === 'verification').length,
    control: all.filter(({ split, control }) => split === 'anchor' && control).length,
  };
  for (const kind of ['anchor', 'verification', 'control'] as const)
    if (counts[kind] !== SIZE[kind])
      report('size', ABOUT, `${counts[kind]} of kind ${kind}, not ${SIZE[kind]}`, 'add or take out some');
  const byId = new Map(all.map(scenario => [scenario.id, scenario]));
  const strip = { risk: new Set<number>(), autonomy: new Set<number>() };
  const low = new Set<string>();
  for (const [risk, row] of strata(consensus).entries())
    for (const [autonomy, ids] of row.entries()) {
      for (const split of ['anchor', 'verification'] as const) {
        const count = ids.filter(id => byId.get(id)?.split === split).length;
        if (count < CELL[split])
          report(
            'coverage',
            ABOUT,
            `risk ${RISK_BANDS[risk]}, autonomy ${AUTONOMY_BANDS[autonomy]}: ${count} of kind ${split}`,
            `${CELL[split]} or more`,
          );
      }
      if (risk <= 1) for (const id of ids) low.add(id);
      if (ids.some(id => byId.get(id)?.control)) {
        strip.risk.add(risk);
        strip.autonomy.add(autonomy);
      }
    }
  if (strip.risk.size < RISK_BANDS.length || strip.autonomy.size < AUTONOMY_BANDS.length)
    report('control', ABOUT, 'the control strip leaves out a band', 'choose others');
  const coding = all.filter(({ tags }) => tags.agent === 'coding').length / all.length;
  if (coding < SHARE.coding)
    report('coding', ABOUT, `${(coding * 100).toFixed(0)} percent are about coding agents`, 'add some');
  const benign = all.filter(({ id, tags }) => tags.benign && low.has(id)).length / all.length;
  if (benign < SHARE.benign)
    report('benign', ABOUT, `${(benign * 100).toFixed(0)} percent are plainly benign`, 'add some');
}

function checkDuplicates({ scenarios, pairs }: CalibrationSet, report: Report): void {
  const paired = new Set(pairs.map(pair => [...pair.scenarios].sort().join()));
  const runs = scenarios.map(({ scenario }) => shingles(scenario));
  for (const [i, a] of scenarios.entries())
    for (const [j, b] of scenarios.slice(0, i).entries()) {
      const ids = [a.scenario.id, b.scenario.id].sort().join();
      const alike = similarity(runs[i]!, runs[j]!);
      if (alike > MOST_SIMILAR && !paired.has(ids))
        report('duplicate', a, `${ids} share ${(alike * 100).toFixed(0)} percent`, 'tell something else');
    }
}

function checkPairs({ scenarios, pairs }: CalibrationSet, consensus: Consensus, report: Report): void {
  const byId = new Map(scenarios.map(placed => [placed.scenario.id, placed]));
  for (const { factor, scenarios: ids, expect } of pairs) {
    const [a, b] = ids.map(id => byId.get(id));
    const name = `${factor} ${ids.join(', ')}`;
    const may = FACTORS[factor];
    if (a === undefined || b === undefined || may === undefined) {
      report(
        'pair',
        ABOUT,
        `${name}: no such scenario or factor`,
        `factors: ${Object.keys(FACTORS).join(', ')}`,
      );
      continue;
    }
    const { outside, inside } = differences(a.scenario, b.scenario, may);
    if (outside.length > 0)
      report('pair', b, `${name}: ${outside.join(', ')} differ as well`, 'make them equal');
    if (inside.length === 0) report('pair', b, `${name}: nothing differs`, `change ${may.join(' or ')}`);
    for (const signal of SIGNALS) {
      const values = ids.map(id => consensus.scenarios[id]?.[signal]?.mean);
      if (values[0] === undefined || values[1] === undefined) continue;
      if (!asExpected(values[1] - values[0], expect[signal]))
        report(
          'expectation',
          b,
          `${name}: ${signal} goes from ${values[0]} to ${values[1]}, expected: ${expect[signal]}`,
          'mend the scenarios, or say in README.md what was learned',
        );
    }
  }
}
