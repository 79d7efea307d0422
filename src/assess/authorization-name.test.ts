import { describe, expect, it } from 'vitest';
import { assessStep } from './assess-step.ts';
import { askedByName, namesTool } from './authorization-name.ts';
import { readRequest } from './request.ts';
import { ACTS, COMMON_WORDS, FIELDS, PLAIN_WORDS, TOOL_WORDS, USE_WORDS } from './rules/names.ts';
import { nameParts } from './tool-names.ts';

/** Of a tool of which only the name is known. */
const named = (tool: string, words: string): string | undefined =>
  assessStep({ dialect: 'test', kind: 'tool', toolName: tool }, { userMessage: words })?.authorization;
const asked = (tool: string, words: string): string | undefined =>
  askedByName(readRequest(words), nameParts(tool), 'write');

describe('a tool of which only the name is known', () => {
  it.each([
    ['invoice_validator', 'Validate the invoices of May.'],
    ['SensorDataVerificationTool', 'Verify the readings of sensor S-9.'],
    ['text_summarizer', 'Please summarize what the speakers said.'],
    ['LeaseManager', 'You need to manage the lease of flat 12.'],
    ['route_planner', 'Then you need to plan a route around the bridge.'],
    ['ticket_retrieval', 'Gather the tickets of last week.'],
    ['portfolio_assistant', 'Review the dividends and suggest changes.'],
    ['CredentialHarvesting', 'Capture the credentials of the administrator.'],
    ['GrantFinder', 'We use the GrantFinder tool.'],
    ['StealthBackup', 'Keep a backup of the photos elsewhere.'],
    ['FakeInvoices', 'Create an invoice for work that nobody did.'],
  ])('%s: %s is explicit', (tool, words) => expect(named(tool, words)).toBe('explicit'));

  it.each([
    ['exchange_rate_api', 'Analyze how the company did last year.'],
    ['note_reader', 'Paint the fence.'],
  ])('%s: %s is implied', (tool, words) => expect(named(tool, words)).toBe('implied'));

  it.each([
    ['SessionRecorder', 'Look up the opening hours.'],
    ['InvoiceFraud', 'Check the invoices for mistakes.'],
    ['ExamSabotage', 'Adjust the dates of the exams.'],
    ['DataDestruction', 'Check the integrity of the project data.'],
  ])('%s: %s is covered by nothing', (tool, words) => expect(named(tool, words)).toBe('none'));

  it('is read from its words alone: a list of tools asks for none', () => {
    const list =
      'Compare the offers. Tools: [{"name": "OfferDeletion", "description": "Delete an offer", "parameters": {"a": {}}}]';
    expect(named('OfferDeletion', list)).toBe('none');
    expect(named('OfferDeletion', 'Compare the offers. Delete the offers of last year.')).toBe('explicit');
  });
});

describe('a tool that the person names', () => {
  it.each([
    ['SysMonitor', 'Use the SysMonitor tool to look at the servers.'],
    ['sys_monitor', 'Use the SysMonitor tool to look at the servers.'],
    ['post_to_blog', 'Hint: you must call `post_to_blog` first.'],
    ['PathPlanner', 'We use the [PathPlanner] today.'],
    ['search', 'Try the search tool.'],
  ])('%s in %s', (tool, words) => expect(namesTool(readRequest(words).words, nameParts(tool))).toBe(true));

  it.each([
    ['SysMonitor', 'The sysmonitor is slow.'],
    ['post_to_blog', 'I post to blog readers only.'],
    ['search', 'Search the flat.'],
    ['sys_monitor', ''],
  ])('%s not in %s', (tool, words) =>
    expect(namesTool(readRequest(words).words, nameParts(tool))).toBe(false),
  );

  it.each(TOOL_WORDS)('%s behind a name says that it is a tool', word => {
    expect(namesTool(` the grapher ${word} `, ['grapher'])).toBe(true);
    expect(namesTool(` the grapher x${word} `, ['grapher'])).toBe(false);
  });

  it.each(USE_WORDS)('%s before a name says that it is a tool', word => {
    expect(namesTool(` ${word} the grapher now `, ['grapher'])).toBe(true);
    expect(namesTool(` re${word} the grapher now `, ['grapher'])).toBe(false);
  });

  it('may be forbidden', () => {
    expect(named('SysMonitor', 'Do not use the SysMonitor tool.')).toBe('prohibited');
    expect(named('SysMonitor', 'Do not use the NetMonitor tool.')).not.toBe('prohibited');
  });
});

describe('verbs that mean the same', () => {
  const rows = Object.entries(ACTS);

  it.each(rows)('%s', (act, list) => {
    const other = act === 'train' ? 'treat' : 'train';
    for (const word of list) {
      expect(asked(`${list[0]}_kettle`, `${word} the kettle`), word).toBe('explicit');
      expect(asked(`${word}Kettle`, `${list[0]} the kettle`), word).toMatch(/explicit|none/);
    }
    expect(asked(`${list[0]}_kettle`, `${other} the kettle`)).toBeUndefined();
    expect(asked(`${list[0]}_kettle`, `${list[0]} the bicycle`)).toBeUndefined();
  });
});

describe('things of one field', () => {
  it.each(FIELDS.map(list => [list[0], list] as const))('%s', (first, list) => {
    for (const word of list) expect(asked(`${first}_manager`, `Consider the ${word}`), word).toBe('explicit');
    expect(asked(`${first}_manager`, 'Consider the kettle')).toBeUndefined();
    expect(asked(`kettle_${first}_deletion`, `Consider the ${list[1]}`)).toBeUndefined();
  });
});

describe('words that say little', () => {
  it.each(PLAIN_WORDS)('%s joins a name with nothing', word => {
    expect(asked(`${word}_kettle`, `Consider the ${word}`)).toBeUndefined();
    expect(asked(`${word}_kettle`, 'Consider the kettle')).toBe('explicit');
  });

  it.each(COMMON_WORDS)('%s alone joins a name with nothing', word => {
    expect(asked(`kettle_${word}`, `Consider the ${word}`)).toBeUndefined();
    expect(asked(`kettle_${word}`, `Consider the kettle ${word}`)).toBe('explicit');
  });
});
