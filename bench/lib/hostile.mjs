const MEGABYTE = 1_000_000;

/** @param {string} unit @param {number} length */
const repeat = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Commands of any length that are flat: one thing after another. */
export const FLAT = {
  'words behind one program': length => `ls ${repeat('some/file.txt ', length)}`,
  'commands in a row': length => repeat('echo one; ', length),
  'a pipeline': length => `cat file${repeat(' | grep word', length)}`,
  'deletions in a row': length => repeat('rm -rf /srv/data/a; ', length),
  'flags and redirections': length => `run${repeat(' --flag=value 2>/tmp/log', length)}`,
  assignments: length => `${repeat('A=1 ', length)} run`,
  'changes of folder': length => repeat('cd a; ', length),
  'one long word': length => `echo ${repeat('x', length)}`,
};

/** Commands of one megabyte that are made to be slow to read. */
export const HOSTILE = {
  ...Object.fromEntries(Object.entries(FLAT).map(([name, make]) => [name, make(MEGABYTE)])),
  'open substitutions': repeat('$(', MEGABYTE),
  'open subshells': repeat('(', MEGABYTE),
  'open quotes': repeat('"\'', MEGABYTE),
  'quotes around substitutions': repeat('"$(echo "', MEGABYTE),
  backquotes: repeat('`', MEGABYTE),
  backslashes: `echo ${repeat('\\', MEGABYTE)}`,
  braces: repeat('{a,', MEGABYTE),
  'parameters within parameters': repeat('${a:-', MEGABYTE),
  arithmetic: repeat('$((1+', MEGABYTE),
  'here-documents without an end': repeat('cat <<A <<B\n', MEGABYTE),
  operators: repeat('&&||;', MEGABYTE),
  tests: `[[ ${repeat('a == b && ', MEGABYTE)}`,
  'scripts within scripts': repeat('bash -c \'sh -c "', MEGABYTE),
  wrappers: repeat('sudo env nohup time ', MEGABYTE),
  'folders upwards': `rm -rf /${repeat('../', MEGABYTE)}`,
  'loops in loops': repeat('for i in a; do ', MEGABYTE),
  spaces: repeat(' ', MEGABYTE),
  'line ends': repeat('\n', MEGABYTE),
  'zero characters': repeat('\u0000', MEGABYTE),
};

/** Arguments of one megabyte that are no plain command. */
export const HOSTILE_ARGUMENTS = {
  'JSON nested deeply': repeat('[', MEGABYTE),
  'JSON objects nested deeply': '{"a":'.repeat(MEGABYTE / 5),
  'JSON with many keys': `{${Array.from({ length: MEGABYTE / 20 }, (_, i) => `"path${i}":"/etc/x"`).join(',')}}`,
  'JSON with a long path': JSON.stringify({ path: repeat('../a/', MEGABYTE) }),
  'JSON with a long address': JSON.stringify({ url: `https://${repeat('a.', MEGABYTE)}` }),
  'JSON with a long statement': JSON.stringify({ sql: repeat('SELECT (', MEGABYTE) }),
};
