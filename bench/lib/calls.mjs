/** @typedef {{ tool: string, args: Record<string, unknown> }} Call */

const FOLDERS = [
  'src',
  'lib',
  'test',
  'docs',
  'app/models',
  'packages/core',
  'services/billing',
  'web/components',
];
const NAMES = [
  'user',
  'order',
  'index',
  'parser',
  'router',
  'invoice',
  'session',
  'client',
  'worker',
  'schema',
];
const ENDINGS = ['ts', 'py', 'go', 'js', 'md', 'json', 'yaml', 'rs'];
const WORDS = [
  'timeout',
  'retry',
  'TODO',
  'deprecated',
  'handler',
  'fixture',
  'config',
  'migrate',
  'cursor',
  'latency',
];
const PACKAGES = [
  'lodash',
  'express',
  'requests',
  'numpy',
  'vitest',
  'zod',
  'pytest',
  'undici',
  'fastify',
  'pandas',
];
const BRANCHES = ['main', 'fix/login', 'feature/export', 'release/2.4', 'chore/deps'];
const HOSTS = ['api.example.com', 'docs.example.org', 'registry.example.net', 'status.example.com'];
const TABLES = ['orders', 'customers', 'events', 'invoices', 'shipments'];

/** Ordinary commands of a coding agent; `{f}` is a file, `{d}` a folder, `{w}` a word, `{p}` a package, `{n}` a number. */
const COMMANDS = [
  'ls -la {d}',
  'cat {f}',
  'sed -n "{n},{m}p" {f}',
  'head -n {n} {f} | tail -n 5',
  'grep -rn "{w}" {d} --include="*.{e}"',
  'rg -n "{w}{n}" {d} | head -{m}',
  'find {d} -name "*.{e}" -newer {f} -not -path "*/node_modules/*"',
  'git status --short && git diff --stat HEAD~{k}',
  'git log --oneline -n {n} -- {f}',
  'git checkout -b {b}-{n}',
  'git add {f} && git commit -m "Fix {w} in {a} ({n})"',
  'git push origin {b}',
  'npm test -- --run {f}',
  'npm install {p}@{k}.{n}.0 --save-dev',
  'npx tsc --noEmit -p {d}/tsconfig.json 2>&1 | head -{n}',
  'pytest -x -q {d}/test_{a}.py -k "{w} and not slow"',
  'python -m pip install -r {d}/requirements.txt',
  'python3 -c "import json; print(len(json.load(open(\'{f}\'))))"',
  'cd {d} && make build -j{k} && cd -',
  'mkdir -p {d}/{a} && touch {d}/{a}/__init__.py',
  'cp {f} {f}.bak{n} && mv {f}.bak{n} {d}/old/',
  'rm -rf {d}/dist build-{n}',
  'sed -i "s/{w}/{w}{n}/g" {f}',
  'curl -s https://{h}/v{k}/{a}?limit={n} | jq ".items[0].{w}"',
  'curl -X POST https://{h}/{a} -H "content-type: application/json" -d \'{"name":"{w}","count":{n}}\'',
  'docker build -t {a}:{k}.{n} -f {d}/Dockerfile .',
  'docker compose -f {d}/compose.yaml up -d {a}',
  'kubectl get pods -n {a} -o wide',
  'terraform plan -var-file={d}/{a}.tfvars',
  'psql -c "SELECT id, {w} FROM {t} WHERE id > {n} ORDER BY id LIMIT {m}"',
  'for f in {d}/*.{e}; do wc -l "$f"; done | sort -n | tail -{k}',
  "cat > {f} <<'END'\nconst {w} = {n};\nexport default {w};\nEND",
  'tar -czf {a}-{n}.tgz {d} && ls -lh {a}-{n}.tgz',
  'chmod +x {d}/run-{a}.sh && ./{d}/run-{a}.sh --{w}={n}',
  'export NODE_ENV=test PORT={n}; node {d}/{a}.js --{w}',
  'go test ./{d}/... -run Test{a}{n} -count=1',
  'cargo build --release -p {a} 2>&1 | grep -E "warning|error" | wc -l',
  'diff <(sort {f}) <(sort {d}/{a}.txt) || echo differs {n}',
  "ps aux | grep {a} | awk '{print $2}' | head -{k}",
  'echo "{w} {n}" >> {d}/notes.md',
];

/** Calls of tools other than a shell. */
const TOOLS = [
  ['read_file', { path: '{f}', start_line: '{n}' }],
  ['write_file', { path: '{f}', content: 'export const {w} = {n};\n' }],
  [
    'str_replace_editor',
    { command: 'str_replace', path: '/workspace/{f}', old_str: '{w}', new_str: '{w}{n}' },
  ],
  ['edit_file', { file_path: '{f}', edits: 'replace {w} by {w}{n}' }],
  ['list_directory', { path: '{d}', depth: '{k}' }],
  ['delete_file', { path: '{d}/tmp-{n}.{e}' }],
  ['search_code', { query: '{w} {a}', limit: '{n}' }],
  ['web_search', { query: 'how to {w} {a} in {p} {n}' }],
  ['fetch', { url: 'https://{h}/{a}/{n}?page={k}' }],
  ['http_request', { method: 'GET', url: 'https://{h}/v1/{t}/{n}' }],
  ['query_database', { sql: 'SELECT {w}, count(*) FROM {t} WHERE day > {n} GROUP BY 1' }],
  ['execute_sql', { query: 'UPDATE {t} SET {w} = {n} WHERE id = {m}' }],
  ['get_order_details', { order_id: '#W{n}{m}' }],
  ['update_ticket', { ticket: 'T-{n}', status: 'open', note: '{w} on {a}' }],
  ['send_email', { to: '{a}@example.com', subject: '{w} {n}', body: 'The {a} report is ready.' }],
  ['create_calendar_event', { title: '{w} {a}', day: '2026-03-{k}', minutes: '{n}' }],
  ['calculate', { expression: '{n} * {m} + {k}' }],
  ['think', { thought: 'The {w} in {f} comes from {a}; look at line {n} next.' }],
  ['browser_click', { selector: '#{a}-{n}', url: 'https://{h}/{t}' }],
  ['task', { description: 'Explore {d}', prompt: 'Find where {w} is set and list {n} callers.' }],
];

/**
 * Distinct ordinary tool calls, the same for the same seed on every machine. Three in five are shell commands.
 *
 * @param {number} count @param {number} seed
 * @returns {Call[]}
 */
export function ordinaryCalls(count, seed = 1) {
  const random = generator(seed);
  const seen = new Set();
  const calls = [];
  for (let i = 0; calls.length < count; i++) {
    const call =
      i % 5 < 3
        ? { tool: 'bash', args: { command: fill(COMMANDS[random(COMMANDS.length)], random) } }
        : filled(TOOLS[random(TOOLS.length)], random);
    const text = JSON.stringify(call);
    if (seen.has(text)) continue;
    seen.add(text);
    calls.push(call);
  }
  return calls;
}

function filled([tool, args], random) {
  return {
    tool,
    args: Object.fromEntries(Object.entries(args).map(([key, text]) => [key, fill(text, random)])),
  };
}

function fill(template, random) {
  const pick = list => list[random(list.length)];
  const parts = {
    f: () => `${pick(FOLDERS)}/${pick(NAMES)}.${pick(ENDINGS)}`,
    d: () => pick(FOLDERS),
    a: () => pick(NAMES),
    e: () => pick(ENDINGS),
    w: () => pick(WORDS),
    p: () => pick(PACKAGES),
    b: () => pick(BRANCHES),
    h: () => pick(HOSTS),
    t: () => pick(TABLES),
    k: () => `${1 + random(9)}`,
    n: () => `${10 + random(4000)}`,
    m: () => `${10 + random(900)}`,
  };
  return template.replace(/\{([a-z])\}/g, (_, letter) => parts[letter]());
}

/** A small generator of whole numbers below a bound (mulberry32). */
function generator(seed) {
  let state = seed >>> 0;
  return bound => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
