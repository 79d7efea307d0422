import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generate } from './generate.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const GOOD = `dialect: own
title: Own
brief: A framework.
checked:
  - { producer: own, versions: ["1"], evidence: source }
harness:
  name: own
  records:
    - { field: scope_name, equals: own }
  switches: [None.]
value_maps:
  effects: { look: read }
spans:
  - id: own.tool
    step: tool
    when:
      - { attribute: own.kind, equals: tool }
    read:
      session: [session.id, own.session]
    values:
      actionType: { from: [own.effect], map: effects }
events:
  - id: own.stop
    on: log
    mark: captured
    when:
      - { attribute: event.name, equals: stop }
    event: alignment.intervention
    set:
      alignment.intervention.type: stop
unknown:
  - Everything else.
`;
const ORDER = 'order:\n  - { dialect: own, why: The only one. }\n';

describe('the committed tables', () => {
  it('are right, and what is generated from them is fresh', () => {
    const { faults, files } = generate();
    expect(faults).toEqual([]);
    for (const [path, text] of files) expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });
});

describe('a table', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dialects-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const faultsOf = (table: string, order = ORDER): string[] => {
    writeFileSync(join(folder, 'own.yaml'), table);
    writeFileSync(join(folder, 'order.yaml'), order);
    return generate(folder).faults.map(({ line, field, message }) => `${line}: ${field}: ${message}`);
  };
  const broken = (from: string, to: string): string => {
    expect(GOOD).toContain(from);
    return GOOD.replace(from, to);
  };

  it('that is right gives the table and its page', () => {
    expect(faultsOf(GOOD)).toEqual([]);
    const files = [...generate(folder).files.values()];
    expect(files[1]).toContain('attributes["own.kind"] != null');
    expect(files[2]).toContain('| `own.tool` | `own.kind` = `tool` | tool |');
    expect(files[3]).toContain('set(log.cache["row"], "own.stop") where log.cache["row"] == nil');
  });

  it.each([
    ['equals: tool }', 'equals: tool, exists: true }', '17: spans[0].when[0]: ', 'one subject and one test'],
    [
      '{ attribute: own.kind, equals: tool }',
      '{ attribute: own.kind }',
      '17: spans[0].when[0]: ',
      'one test',
    ],
    ['attribute: own.kind, equals', 'exists: true, equals', '17: spans[0].when[0]: ', 'one subject'],
    ['alignment.intervention.type: stop', 'own.type: stop', '30: events[0].set.own.type: ', 'no key of ours'],
    ['equals: tool', 'like: tool', '17: spans[0].when[0].like: ', 'is not known'],
    [
      'attribute: own.kind, equals: tool',
      "attribute: own.kind, pattern: 'a+b+'",
      '17: spans[0].when[0].pattern: ',
      'anchor',
    ],
    ['attribute: own.kind', 'resource: own.kind', '17: spans[0].when[0]: ', 'must test an attribute'],
    ['attribute: own.kind', 'field: body', '17: spans[0].when[0].field: ', 'body is not on it'],
    [
      '[session.id, own.session]',
      '[own.session]',
      '19: spans[0].read.session[0]: ',
      'session.id comes first',
    ],
    ['session: [', 'sessions: [', '19: spans[0].read.sessions: ', 'is not known'],
    ['look: read', 'look: stare', '12: value_maps.effects.look: ', 'no value of alignment.action.type'],
    ['map: effects', 'map: causes', '21: spans[0].values.actionType.map: ', 'no causes'],
    ['type: stop', 'type: stopp', '30: events[0].set.alignment.intervention.type: ', 'stopp is no value'],
    [
      'intervention.type:',
      'intervention.kind:',
      '30: events[0].set.alignment.intervention.kind: ',
      'not in the registry',
    ],
    ['event: alignment.intervention', 'event: none', '28: events[0].event: ', 'is none'],
    ['id: own.stop', 'id: own.tool', '23: events[0].id: ', 'used twice'],
    ['id: own.tool', 'id: other.tool', '14: spans[0].id: ', 'start it with own.'],
    ['step: tool', 'step: none', '15: spans[0].step: ', 'reads nothing'],
    ['step: tool', 'step: tools', '15: spans[0].step: ', 'one of tool, agent, model, none'],
    ['    values:', '    join: magic\n    values:', '20: spans[0].join: ', 'no reason'],
    ['      session: [', '      mode: [m]\n      session: [', '19: spans[0].read.mode: ', 'mode_scale'],
    ['evidence: source', 'evidence: guess', '5: checked[0].evidence: ', 'captured, source'],
    ['dialect: own', 'dialect: mine', '1: dialect: ', 'name both alike'],
    ['    on: log', '    on: span', '24: events[0].on: ', 'needs harness.records for log rows'],
    ['mark: captured', 'mark: seen', '25: events[0].mark: ', 'captured, source, documented'],
    ['    mark: captured\n', '', '23: events[0]: ', 'lacks mark'],
    [
      '    event: alignment',
      '    mode: [m]\n    event: alignment',
      '28: events[0].mode: ',
      'needs mode_scale',
    ],
    [
      '{ attribute: event.name, equals: stop }',
      '{ attribute: a, differs_from_span: b }',
      '27: events[0].when: ',
      'only a span event is on one',
    ],
    ['equals: own }', "contains: ['a b'] }", '9: harness.records[0].contains[0]: ', 'must match'],
    ['field: scope_name', 'field: span_name', '9: harness.records[0].field: ', 'is not on it'],
    ['switches: [None.]', 'switches: []', '10: harness.switches: ', 'fewer than 1'],
    ['title: Own\n', '', '1: : ', 'lacks title'],
    ['title: Own', 'title: [', '3: : ', ''],
  ])('with %j as %j is refused at its line', (from, to, place, message) => {
    const faults = faultsOf(broken(from, to));
    expect(faults.join('\n')).toContain(place);
    expect(faults.find(fault => fault.startsWith(place))).toContain(message);
  });

  it.each([
    ['order: []\n', 'own is missing'],
    ['order:\n  - { dialect: own, why: a }\n  - { dialect: own, why: b }\n', 'listed twice'],
    ['order:\n  - { dialect: own, why: a }\n  - { dialect: other, why: b }\n', 'no other.yaml'],
    ['order:\n  - { dialect: own }\n', 'needs dialect and why'],
    ['nothing: true\n', 'is no list'],
  ])('in an order like %j is refused', (order, message) => {
    expect(faultsOf(GOOD, order).join('\n')).toContain(message);
  });
});
