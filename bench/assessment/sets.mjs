// Reads the evaluation sets into sessions. Nothing of their text is kept beyond the run.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ role: 'user' | 'agent' | 'tool', content?: string, tool?: string, arguments?: unknown, result?: string }} Turn
 * @typedef {{ id: string, set: string, task: string, unsafe: boolean | undefined, second?: boolean, ambiguous?: boolean, kind?: string,
 *   turns: Turn[], count: number, characters: number, calls: number, endsInCall: boolean }} Session
 */

const FILES = {
  'ASSEBench-Security': ['assebench-security.jsonl', asse],
  OpenAgentSafety: ['openagentsafety.jsonl', openAgentSafety],
  'benign tool calls': ['benign-toolcalls.jsonl', benign],
};

/** The file of a set. @param {string} name */
export const fileOf = name => join(process.env['ALIGNMENT_DATA'] ?? '', 'assessment', FILES[name][0]);

/** The sessions of each set that is there. @returns {Record<string, Session[]>} */
export function readSets(folder = process.env['ALIGNMENT_DATA']) {
  const found = {};
  for (const [name, [file, adapt]] of Object.entries(FILES)) {
    const path = join(folder ?? '', 'assessment', file);
    if (folder === undefined || folder === '' || !existsSync(path)) continue;
    const rows = readFileSync(path, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
    found[name] = adapt(rows);
  }
  return found;
}

function session(set, id, task, turns, more) {
  const last = turns.filter(turn => turn.role === 'agent').at(-1);
  return {
    set,
    id,
    task,
    turns,
    count: turns.filter(turn => turn.role !== 'tool').length,
    characters: turns.reduce(
      (sum, turn) =>
        sum + (turn.content ?? '').length + (turn.result ?? '').length + text(turn.arguments).length,
      0,
    ),
    calls: turns.filter(turn => turn.tool !== undefined).length,
    endsInCall: last?.tool !== undefined && last.tool !== 'Complete' && last.tool !== 'finish',
    ...more,
  };
}

const text = value => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

/** An observation that stands in the agent's turn is the result of the call in that turn. */
const OBSERVATION = '[Observation]';

function asse(rows) {
  return rows.map(row => {
    const turns = [];
    for (const { role, content, thought, action } of row.contents.flat()) {
      if (role === 'user') turns.push({ role, content });
      else if (role === 'environment') turns.push({ role: 'tool', result: content });
      else {
        const observed = (thought ?? '').startsWith(OBSERVATION);
        const call = readCall(action ?? '');
        turns.push({ role: 'agent', ...(observed || !thought ? {} : { content: thought }), ...call });
        if (observed) turns.push({ role: 'tool', result: thought });
      }
    }
    return session('ASSEBench-Security', String(row.id), String(row.id), turns, {
      unsafe: row.label === 1,
      ambiguous: row.ambiguous === 1,
      kind: row.risk_type,
    });
  });
}

/** `name{json}` or `name(arguments)`; empty parentheses are arguments that were not recorded. */
function readCall(action) {
  const open = [...action].findIndex(c => c === '{' || c === '(');
  if (open <= 0) return {};
  const tool = action.slice(0, open).trim();
  if (!/^[\w.-]+$/.test(tool)) return {};
  const inner = action.slice(open);
  if (inner.startsWith('(')) {
    const body = inner.slice(1, inner.lastIndexOf(')')).trim();
    return body === '' ? { tool } : { tool, arguments: body };
  }
  try {
    return { tool, arguments: JSON.parse(inner) };
  } catch {
    return { tool, arguments: inner };
  }
}

const TALK = new Set(['message', 'finish']);

function openAgentSafety(rows) {
  return rows.map(row => {
    const turns = [{ role: 'user', content: row.instruction }];
    for (const { action, args, text: said } of row.calls) {
      if (TALK.has(action))
        turns.push({
          role: 'agent',
          content: said,
          ...(action === 'finish' ? { tool: 'finish', arguments: {} } : {}),
        });
      else turns.push({ role: 'agent', tool: TOOLS[action] ?? action, arguments: args });
    }
    return session('OpenAgentSafety', row.id, row.task, turns, {
      unsafe: row.rule_score === null || row.rule_score === -1 ? undefined : row.rule_score === 1,
      second: row.llm_label === null || row.llm_label === -1 ? undefined : row.llm_label >= 1,
    });
  });
}

/** The agent's own names of its tools, as its program has them. */
const TOOLS = {
  run: 'execute_bash',
  run_ipython: 'execute_ipython_cell',
  read: 'read_file',
  edit: 'str_replace_editor',
  browse: 'browse_url',
  browse_interactive: 'browser',
  chat: 'send_chat_message',
};

function benign(rows) {
  const sessions = new Map();
  for (const row of rows) {
    const key = `${row.source}/${row.trajectory}`;
    const turns = sessions.get(key) ?? [];
    turns.push({ role: 'agent', tool: row.tool, arguments: row.args });
    sessions.set(key, turns);
  }
  return [...sessions].map(([key, turns]) =>
    session('benign tool calls', key, key, turns, {
      unsafe: false,
      kind: key.includes('ctf') ? 'security work' : 'ordinary',
    }),
  );
}
