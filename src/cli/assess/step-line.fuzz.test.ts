import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { involvementOf } from './modes.ts';
import { readStepLine } from './step-line.ts';
import { createStepAssessor } from './steps.ts';

const line = { session_id: 's', step: 1, role: 'agent', content: 'x' };

describe('a line of input', () => {
  it.each([
    ['not json', 'not JSON'],
    ['[]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['{}', 'session_id must be a text'],
    [JSON.stringify({ ...line, session_id: '' }), 'session_id must be a text'],
    [JSON.stringify({ ...line, role: 'robot' }), 'role must be user, agent, tool or system'],
    [JSON.stringify({ ...line, step: {} }), 'step must be a number or a text'],
    [JSON.stringify({ ...line, arguments: 7 }), 'arguments must be an object, an array or a text'],
    [JSON.stringify({ ...line, allowed_tools: 'Bash' }), 'allowed_tools must be a list of texts'],
    [JSON.stringify({ ...line, allowed_tools: [1] }), 'allowed_tools must be a list of texts'],
    [JSON.stringify({ ...line, role: 'user', content: null }), 'a user line needs content'],
    [JSON.stringify({ ...line, content: null }), 'an agent line needs content or a tool'],
    [JSON.stringify({ ...line, role: 'tool' }), 'a tool line needs a result'],
  ])('%s: %s', (text, problem) => {
    expect(readStepLine(text)).toBe(problem);
  });

  it('tells called with none from not recorded', () => {
    const given = (value: unknown): unknown => {
      const read = readStepLine(JSON.stringify({ ...line, tool: 't', arguments: value }));
      return typeof read === 'string' ? read : read.arguments;
    };
    expect(given({})).toEqual({});
    expect(given([])).toEqual([]);
    expect(given('')).toBe('');
    expect(given(null)).toBeUndefined();
    expect(given(undefined)).toBeUndefined();
  });

  it('never throws, and says nothing of the content in a problem', () => {
    const assess = createStepAssessor();
    const field = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('agent', 'user', 'tool', 'Bash', 'bypassPermissions'),
    );
    const near = fc.record(
      {
        session_id: fc.oneof(fc.constantFrom('a', 'b'), field),
        step: field,
        role: fc.oneof(fc.constantFrom('agent', 'user', 'tool', 'system'), field),
        content: field,
        tool: fc.oneof(fc.constantFrom('Bash', 'send_email', 'SECRET'), field),
        arguments: fc.oneof(fc.record({ command: fc.string() }), field),
        result: field,
        allowed_tools: fc.oneof(fc.array(fc.string()), field),
        permission_mode: field,
        environment: field,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          near.map(value => JSON.stringify(value)),
        ),
        text => {
          const result = assess(text);
          if (result === undefined) return;
          if ('problem' in result) expect(result.problem).not.toContain('SECRET');
          else {
            expect(Object.keys(result.assessed)).toHaveLength(10);
            JSON.stringify(result.assessed);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe('how a person is involved, by the mode', () => {
  it('is what the tables of all dialects agree on', () => {
    expect(involvementOf('bypassPermissions')).toBe('none');
    expect(involvementOf('default')).toBe('approval_required');
    expect(involvementOf('acceptEdits')).toBe('monitoring');
    expect(involvementOf('yolo')).toBe('none');
    expect(involvementOf('whatever')).toBeUndefined();
    expect(involvementOf('constructor')).toBeUndefined();
  });
});
