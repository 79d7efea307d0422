import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as semconv from '../../src/semconv/index.ts';
import { readAttributes } from './definitions.ts';
import { generated, staleFiles } from './generate.ts';
import { loadRegistry, text } from './model.ts';
import { attributeConstant, eventConstant, memberConstant, metricConstant, typeName } from './names.ts';

const files = generated();
const registry = loadRegistry(resolve(import.meta.dirname, '../../semconv/model'));
const attributes = readAttributes(registry);
const constants = semconv as unknown as Record<string, unknown>;

describe('generated files', () => {
  it('are up to date: else run npm run semconv:generate', () => {
    expect(staleFiles(files)).toEqual([]);
  });

  it('are named when they are absent or stale', () => {
    const root = mkdtempSync(join(tmpdir(), 'generated-'));
    try {
      for (const [path, content] of files) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        if (path !== 'semconv/docs/events.md') writeFileSync(join(root, path), content);
      }
      writeFileSync(join(root, 'src/semconv/index.ts'), '');
      expect(staleFiles(files, root)).toEqual(['src/semconv/index.ts', 'semconv/docs/events.md']);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('say that they are generated', () => {
    for (const [path, content] of files) expect(content, path).toContain('Do not edit; run');
  });

  it('link only to anchors that exist', () => {
    const page = files.get('semconv/docs/attributes.md') ?? '';
    for (const content of files.values()) {
      for (const [, anchor] of content.matchAll(/\((?:attributes\.md)?#([a-z0-9-]+)\)/g)) {
        expect(page).toContain(`<a id="${anchor}"></a>`);
      }
    }
  });
});

describe('constants', () => {
  it('exist for every attribute, member, event and metric', () => {
    for (const { key, members } of attributes) {
      expect(constants[attributeConstant(key)]).toBe(key);
      for (const { id, value } of members) expect(constants[memberConstant(key, id)]).toBe(value);
    }
    for (const event of registry.items.events) {
      expect(constants[eventConstant(text(event['name']))]).toBe(event['name']);
    }
    for (const metric of registry.items.metrics) {
      expect(constants[metricConstant(text(metric['name']))]).toBe(metric['name']);
    }
  });

  it('have the names that are derived from their keys', () => {
    expect(attributeConstant('alignment.intervention.decision.source')).toBe(
      'ATTR_ALIGNMENT_INTERVENTION_DECISION_SOURCE',
    );
    expect(memberConstant('alignment.action.type', 'other')).toBe('ALIGNMENT_ACTION_TYPE_VALUE_OTHER');
    expect(typeName('alignment.risk.calibration.status')).toBe('RiskCalibrationStatus');
  });
});

describe('the run-time tables', () => {
  it('hold every attribute with its values and range', () => {
    for (const { key, members, range, open } of attributes) {
      expect(semconv.ATTRIBUTES[key]?.values ?? []).toEqual(members.map(member => member.value));
      expect(semconv.ATTRIBUTES[key]?.range).toEqual(range);
      expect(semconv.ATTRIBUTES[key]?.open ?? false).toBe(open);
    }
  });

  it('hold the reused keys and nothing that a key from outside could inherit', () => {
    expect(semconv.ATTRIBUTES['gen_ai.conversation.id']).toEqual({ type: 'string' });
    for (const key of ['constructor', '__proto__', 'toString'])
      expect(semconv.ATTRIBUTES[key]).toBeUndefined();
  });

  it('give each event its class and required attributes', () => {
    const required = Object.entries(semconv.EVENTS).map(([name, event]) => {
      expect(name).toBe(`alignment.${event.class}`);
      return [name, Object.keys(event.requirements).filter(key => event.requirements[key] === 'required')];
    });
    const common = ['alignment.signal.class', 'alignment.signal.severity', 'alignment.source.type'];
    expect(Object.fromEntries(required)).toEqual({
      'alignment.autonomy_boundary': ['alignment.boundary.type', ...common],
      'alignment.clarification_request': common,
      'alignment.intervention': ['alignment.intervention.type', ...common],
      'alignment.misalignment_indicator': ['alignment.indicator.type', ...common],
      'alignment.risk_escalation': common,
    });
  });
});

describe('the model', () => {
  it('gives listed values as examples of enums', () => {
    for (const { key, members, examples } of attributes) {
      if (members.length === 0) continue;
      for (const example of examples)
        expect(
          members.map(member => member.value),
          key,
        ).toContain(example);
    }
  });

  it('marks the default set', () => {
    const inSet = (place: string): string[] =>
      attributes.filter(attribute => attribute.defaultSet.includes(place)).map(attribute => attribute.key);
    expect(inSet('span')).toEqual([
      'alignment.action.reversibility',
      'alignment.action.type',
      'alignment.autonomy.level',
      'alignment.human.involvement',
      'alignment.risk.score',
      'alignment.signal.classes',
      'alignment.signal.count',
      'alignment.signal.max_severity',
    ]);
  });
});
