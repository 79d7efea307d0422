import { cloudCommands } from './commands-cloud.ts';
import { developmentCommands } from './commands-development.ts';
import { systemCommands } from './commands-system.ts';
import type { Access, Rule } from './rule.ts';
import { once, words } from './rule.ts';

/** A command line that does what the row says. Every column that is given must fit. */
export interface CommandRule extends Rule {
  readonly programs: readonly string[];
  /** The first operand, or the first two joined by a space. */
  readonly sub?: readonly string[];
  /** The first part (up to `-`) of one of the first five operands, for tools whose verb stands anywhere. */
  readonly verbs?: readonly string[];
  /** One of these flags is given. Short ones are found in clusters (`-rf`). */
  readonly flags?: readonly string[];
  /** One operand is this word, or a reference to it (`HEAD:main`, `+main`). */
  readonly operands?: readonly string[];
  /** One operand after the first begins so. */
  readonly prefixes?: readonly string[];
  /** The last operand begins so. */
  readonly last?: readonly string[];
  /** Least number of operands. */
  readonly least?: number;
}

/** The first row that fits decides, so special ones stand before general ones. */
export const commandRules = once((): readonly CommandRule[] => [
  ...developmentCommands(),
  ...cloudCommands(),
  ...systemCommands(),
]);

/** Programs whose operands are paths; the path decides. */
export interface FileProgram {
  readonly programs: readonly string[];
  readonly access: Access;
  /** Operands before this one are no paths (a pattern, a mode). */
  readonly from?: number;
  /** How the last of several operands is touched instead. */
  readonly last?: Access;
  /** With one of these flags it is this access instead. */
  readonly flagged?: { readonly flags: readonly string[]; readonly access: Access };
}

// biome-ignore format: a table, one row a rule
export const FILE_PROGRAMS: readonly FileProgram[] = [
  { programs: words('ls dir tree du fd locate stat file readlink realpath'), access: 'list' },
  { programs: words('cat head tail less more wc nl tac bat md5sum sha1sum sha256sum shasum cksum xxd od hexdump strings diff cmp comm uniq cut column paste fold base64 base32 view look rev'), access: 'read' },
  { programs: words('grep egrep fgrep rg ag ack awk gawk jq yq xq'), access: 'read', from: 1 },
  { programs: ['sort'], access: 'read', flagged: { flags: ['-o', '--output'], access: 'write' } },
  { programs: ['sed'], access: 'read', from: 1, flagged: { flags: ['-i', '--in-place'], access: 'write' } },
  { programs: ['perl'], access: 'read', flagged: { flags: ['-i'], access: 'write' } },
  { programs: words('touch tee mktemp install patch vi vim nano emacs ed split csplit shuf'), access: 'write' },
  { programs: ['truncate'], access: 'delete' },
  { programs: words('cp ditto rsync scp'), access: 'read', last: 'write' },
  { programs: ['mv'], access: 'write' },
  { programs: ['ln'], access: 'list', last: 'write' },
  { programs: ['rm'], access: 'delete', flagged: { flags: ['-r', '-R', '--recursive'], access: 'tree' } },
  { programs: words('rmdir unlink trash'), access: 'delete' },
  { programs: words('chmod chown chgrp setfacl'), access: 'mode', from: 1, flagged: { flags: ['-R', '--recursive'], access: 'permission' } },
];

/** Flags that take a value, so that the value is no operand. Long flags with `=` need no row. */
export const VALUED_FLAGS: Readonly<Record<string, readonly string[]>> = {
  git: words('-C -c -m --git-dir --work-tree --message --author --since --until --format --depth -b -B'),
  curl: words(
    '-X --request -d --data --data-raw --data-binary --data-urlencode --json -F --form -T --upload-file -H --header -o --output -u --user -A -e -b -c -m --max-time --connect-timeout --retry --url -x --proxy -w --write-out --cacert --cert --key',
  ),
  wget: words(
    '-O --output-document -o -P --directory-prefix --post-data --post-file --method --header -T -t --timeout --tries',
  ),
  kubectl: words('-n --namespace --context -f --filename -l --selector -o --output -c --kubeconfig'),
  helm: words('-n --namespace --kube-context -f --values --set --version'),
  docker: words(
    '-H --host --context -f --file -v --volume -e --env -p --publish --name --network -w -u --user --tag -m --memory --entrypoint --pid',
  ),
  npm: words('--prefix -w --workspace --registry --tag --loglevel -C'),
  pnpm: words('-C --dir --filter -F --registry'),
  yarn: ['--cwd'],
  make: words('-C -f -j -I'),
  ssh: words('-i -p -l -o -F -J -L -R -D -b -c -E -m -S -W'),
  scp: words('-i -P -o -F -J -c -l -S'),
  rsync: words('-e --rsh --exclude --include --exclude-from --files-from --filter'),
  head: words('-n -c --lines --bytes'),
  tail: words('-n -c --lines --bytes'),
  cut: words('-d -f -c'),
  sort: words('-k -t -o'),
  grep: words('-A -B -C -m --include --exclude --exclude-dir --color'),
  rg: words('-A -B -C -m -g --glob -t --type -T'),
  psql: words('-c --command -h -U -d -p -f -v'),
  mysql: words('-e --execute -h -u -P -D'),
  python: words('-c -m -W -X'),
  python3: words('-c -m -W -X'),
  node: words('-e --eval -p --print -r --require --import'),
  perl: words('-e -E -M -I'),
  ruby: words('-e -r -I'),
  osascript: words('-e -l'),
  Rscript: ['-e'],
  lua: ['-e'],
  tsx: words('-e --eval'),
  deno: ['-e'],
  bun: words('-e --eval'),
  pwsh: words('-c -Command -File -EncodedCommand'),
  powershell: words('-c -Command -File -EncodedCommand'),
  php: words('-r -d'),
  bash: words('-c -o -O --rcfile --init-file'),
  sh: words('-c -o'),
  zsh: words('-c -o'),
  dash: words('-c -o'),
  ksh: words('-c -o'),
  su: words('-c --command -s --shell'),
  aws: words('--profile --region --output --query --endpoint-url'),
  gcloud: words('--project --region --zone --account --format'),
  touch: words('-t -d -r'),
  mkdir: words('-m --mode'),
  truncate: words('-s --size'),
  chmod: ['--reference'],
  nc: words('-p -s -w -e -c'),
  ncat: words('-p -s -w -e -c --exec --sh-exec'),
  mongosh: ['--eval'],
  crontab: ['-u'],
  tar: words('-f -C --directory --exclude -X -T'),
  npx: words('-p --package'),
  'redis-cli': words('-h -p -a -n -u'),
  http: words('-a --auth -o --output -d'),
  https: words('-a --auth -o --output -d'),
  fuser: ['-n'],
  perf: words('-e -o -p'),
  unzip: ['-d'],
  gh: words(
    '-R --repo -t --title -b --body -F --body-file --json --jq -q -H --head -B --base -l --label --limit -L',
  ),
  flask: words('--app --port --host -p -h'),
  nmap: words('-p -oN -oX --script'),
};

/** Programs that run the command behind them. */
export interface Wrapper {
  /** Operands of the wrapper itself before the command. */
  readonly operands?: number;
  /** Its flags that take a value. */
  readonly valued?: readonly string[];
  readonly elevated?: boolean;
  /** The command's operands come from elsewhere. */
  readonly fed?: boolean;
}

export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: { valued: words('-u -g -h -p -C -T -r -t -U -D --user --group'), elevated: true },
  doas: { valued: words('-u -C'), elevated: true },
  pkexec: { valued: ['--user'], elevated: true },
  env: { valued: words('-u -C -S --unset --chdir') },
  timeout: { operands: 1, valued: words('-k -s --kill-after --signal') },
  nohup: {},
  nice: { valued: words('-n --adjustment') },
  ionice: { valued: words('-c -n -p') },
  time: { valued: words('-f -o') },
  command: {},
  builtin: {},
  exec: { valued: ['-a'] },
  setsid: {},
  stdbuf: { valued: words('-i -o -e') },
  xargs: { valued: words('-I -n -P -d -L -a -s -E --max-args --max-procs --delimiter'), fed: true },
  parallel: { valued: words('-j --jobs'), fed: true },
  watch: { valued: words('-n --interval') },
  chroot: { operands: 1, elevated: true },
  strace: { valued: words('-o -e -p -s') },
  hyperfine: { valued: words('--runs -r --warmup -w -m -M --export-json --export-markdown') },
  caffeinate: {},
  unbuffer: {},
  'xvfb-run': { valued: words('-s -n -e -f -p --server-args') },
};

export const SHELL_PROGRAMS: ReadonlySet<string> = new Set(words('sh bash zsh dash ksh ash fish'));
export const INTERPRETERS: ReadonlySet<string> = new Set(
  words(
    'python python3 python2 node deno bun perl ruby php lua Rscript osascript pwsh powershell tsx ts-node',
  ),
);
/** Flags by which an interpreter takes its program from the command line. */
export const INLINE_FLAGS: readonly string[] = words(
  '-c -e -E -r -p --eval --print -Command -EncodedCommand',
);
/** Programs that decode text, which may hide a script before it is piped to a shell. */
export const DECODERS: ReadonlySet<string> = new Set(
  words('base64 base32 xxd openssl gunzip zcat uudecode rev'),
);
/** Programs that print their arguments, variables among them. */
export const PRINTERS: ReadonlySet<string> = new Set(words('echo printf printenv'));
