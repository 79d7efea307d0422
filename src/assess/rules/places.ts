import type { Zone } from './paths.ts';

/** Where a pack says that paths lie. All lower case, separated by `/`. */
export interface PackPlace {
  readonly zone: Zone;
  /** Absolute folders; what lies below them belongs to the zone. */
  readonly folders?: readonly string[];
  /** Names of files, wherever they lie. */
  readonly files?: readonly string[];
  /** Endings of such names. */
  readonly endings?: readonly string[];
}

/** Names by which a path is put into a zone. All lower case, separated by `/`. */

// biome-ignore format: a table
export const TEMPORARY_FOLDERS: readonly string[] = ['/tmp', '/var/tmp', '/private/tmp', '/var/folders', '$tmpdir', '/dev/shm'];

// biome-ignore format: a table
export const SYSTEM_FOLDERS: readonly string[] = [
  '/etc', '/usr', '/bin', '/sbin', '/boot', '/lib', '/lib64', '/sys', '/proc', '/dev',
  '/system', '/library', '/private', 'c:/windows', 'c:/program files', 'c:/program files (x86)', 'c:/programdata',
];

/** Where installed services keep their programs and data. */
// biome-ignore format: a table
export const SERVICE_FOLDERS: readonly string[] = ['/var', '/opt', '/srv', '/usr/local', '/applications', '/root', 'c:/inetpub'];

/** Devices that swallow or produce bytes and hold nothing. */
// biome-ignore format: a table
export const HARMLESS_DEVICES: readonly string[] = [
  '/dev/null', '/dev/stdin', '/dev/stdout', '/dev/stderr', '/dev/tty', '/dev/fd', '/dev/zero', '/dev/random', '/dev/urandom',
];

/** Beginnings of the names of disks. */
// biome-ignore format: a table
export const DISK_PREFIXES: readonly string[] = [
  '/dev/sd', '/dev/nvme', '/dev/hd', '/dev/vd', '/dev/xvd', '/dev/mmcblk', '/dev/disk', '/dev/mapper/', '/dev/dm-', '/dev/rdisk',
];

// biome-ignore format: a table
export const SOCKET_PREFIXES: readonly string[] = ['/dev/tcp/', '/dev/udp/'];

/** Folders that a build or an installation makes again. */
// biome-ignore format: a table
export const REBUILDABLE_FOLDERS: ReadonlySet<string> = new Set([
  'node_modules', 'dist', 'build', 'target', 'out', 'coverage', '__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.cache',
  '.next', '.nuxt', '.turbo', '.parcel-cache', '.venv', 'venv', '.tox', '.nox', '.gradle', '.eggs', 'htmlcov', '.nyc_output', 'bower_components', '.angular', '.svelte-kit', '.output', 'deriveddata', '.terraform', '.ipynb_checkpoints', 'storybook-static', '.docusaurus', '_build', '_site', 'cache', 'caches', 'tmp', 'temp',
  'obj', 'intermediate', 'deriveddatacache', '.vs', '.vite', '.dart_tool', '.stack-work', 'dist-newstyle', 'elm-stuff', 'cmakefiles', 'cmake-build-debug', 'cmake-build-release', 'bazel-out', '.bundle', '.sass-cache', '.eslintcache', '.hypothesis', '.serverless', '.expo', '.webpack', '.rpt2_cache', '.pnpm-store',
]);

// biome-ignore format: a table
export const VCS_FOLDERS: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj']);

/** Files below these start by themselves. */
// biome-ignore format: a table
export const CONTROL_FOLDERS: readonly string[] = [
  '/etc/crontab', '/etc/cron.d', '/etc/cron.daily', '/etc/cron.hourly', '/etc/cron.weekly', '/var/spool/cron', '/etc/systemd', '/lib/systemd', '/usr/lib/systemd', '/etc/init.d',
  '/etc/ld.so.preload', '/etc/rc.local', '/etc/profile', '/etc/profile.d', '/library/launchdaemons', '/library/launchagents',
];

/** Files below these decide who may log in, and as whom. */
// biome-ignore format: a table
export const ACCESS_FOLDERS: readonly string[] = [
  '/etc/sudoers', '/etc/sudoers.d', '/etc/passwd', '/etc/group', '/etc/pam.d', '/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d', '/etc/hosts.allow', '/etc/security',
];
export const ACCESS_FILES: ReadonlySet<string> = new Set(['authorized_keys', '.rhosts', '.k5login']);

// biome-ignore format: a table
export const LOG_FOLDERS: readonly string[] = ['/var/log', '/var/audit'];
// biome-ignore format: a table
export const LOG_FILES: ReadonlySet<string> = new Set(['.bash_history', '.zsh_history', '.python_history', 'wtmp', 'btmp', 'lastlog']);

/** What agents' own programs read for what an agent may do: the last two parts of a path. */
// biome-ignore format: a table
export const GUARD_PLACES: ReadonlySet<string> = new Set([
  '.claude/settings.json', '.claude/settings.local.json', 'claude-code/managed-settings.json', '.codex/config.toml', '.codex/hooks.json', '.gemini/settings.json', '.cursor/permissions.json', '.git/hooks',
]);

/** Names in a person's home that start by themselves. */
// biome-ignore format: a table
export const CONTROL_FILES: ReadonlySet<string> = new Set([
  '.bashrc', '.bash_profile', '.zshrc', '.zprofile', '.zshenv', '.profile', '.bash_login', '.xinitrc',
]);

// biome-ignore format: a table
export const CONTROL_PARENTS: ReadonlySet<string> = new Set(['launchagents', 'launchdaemons', 'autostart']);

/** Names of files that hold secrets wherever they lie. */
// biome-ignore format: a table
export const SECRET_FILES: ReadonlySet<string> = new Set([
  '.env', 'privkey.pem', 'key.pem', 'private.pem', 'private-key.pem', 'id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519', '.npmrc', '.pypirc', '.netrc', '_netrc', '.pgpass', '.my.cnf', '.git-credentials',
  '.vault-token', '.htpasswd', 'kubeconfig', 'credentials.json', 'secrets.json', 'secrets.yml', 'secrets.yaml', 'secrets.toml', 'secrets.env',
  'application_default_credentials.json', 'service-account.json', 'service_account.json', 'wallet.dat', 'login.keychain-db', '.boto', '.s3cfg',
]);

/** Files and folders that hold nothing but keys, passwords or their hashes. */
// biome-ignore format: a table
export const KEY_FILES: ReadonlySet<string> = new Set([
  'id_rsa', 'id_dsa', 'id_ecdsa', 'id_ed25519', '.git-credentials', '.pgpass', '.netrc', '_netrc', '.vault-token', 'wallet.dat', 'login.keychain-db', 'shadow', 'gshadow', 'privkey.pem', 'key.pem', 'private.pem', 'private-key.pem',
]);
// biome-ignore format: a table
export const KEY_PLACES: ReadonlySet<string> = new Set(['.aws/credentials', '.azure/accesstokens.json', 'gcloud/credentials.db', '.cargo/credentials', '.cargo/credentials.toml', '.gem/credentials']);
// biome-ignore format: a table
export const KEY_FOLDERS: ReadonlySet<string> = new Set(['.gnupg', '.password-store', 'private-keys-v1.d']);
// biome-ignore format: a table
export const KEY_ENDINGS: readonly string[] = ['.p12', '.pfx', '.jks', '.keystore', '.kdbx', '.ppk', '_rsa', '_ed25519', '-key.pem', '_key.pem', '.key'];

/** The last two parts of a path. */
// biome-ignore format: a table
export const SECRET_PLACES: ReadonlySet<string> = new Set([
  '.aws/credentials', '.kube/config', '.docker/config.json', '.config/gh/hosts.yml', 'gh/hosts.yml', '.azure/accesstokens.json',
  'gcloud/credentials.db', '.cargo/credentials', '.cargo/credentials.toml', '.gem/credentials', '.m2/settings-security.xml', '/etc/shadow', 'etc/shadow', 'etc/gshadow',
]);

/** Folders whose files are secrets, but for the names in `PUBLIC_KEY_FILES` and names that end in `.pub`. */
// biome-ignore format: a table
export const SECRET_FOLDERS: ReadonlySet<string> = new Set(['.ssh', '.gnupg', '.password-store']);
// biome-ignore format: a table
export const PUBLIC_KEY_FILES: ReadonlySet<string> = new Set(['config', 'known_hosts', 'known_hosts.old', 'authorized_keys']);

// biome-ignore format: a table
export const SECRET_ENDINGS: readonly string[] = ['.p12', '.pfx', '.jks', '.keystore', '.kdbx', '.ppk', '_rsa', '_ed25519', '-key.pem', '_key.pem', '.key'];

/** Last words in the name of a file of settings or text that say that it holds what others log in with. */
// biome-ignore format: a table
export const SECRET_WORDS: ReadonlySet<string> = new Set(['secret', 'secrets', 'token', 'password', 'passwords', 'passwd', 'credential', 'credentials', 'creds', 'apikey', 'apikeys']);
// biome-ignore format: a table
export const SECRET_WORD_ENDINGS: ReadonlySet<string> = new Set(['.txt', '.json', '.yml', '.yaml', '.toml', '.ini', '.cfg', '.conf', '.csv', '.properties']);

/** Words in the name of a file of data that say that it is about persons. */
// biome-ignore format: a table
export const PERSONAL_WORDS: ReadonlySet<string> = new Set([
  'payroll', 'salary', 'salaries', 'wages', 'payslip', 'payslips', 'attendance', 'employee', 'employees', 'personnel', 'patient', 'patients', 'medical', 'ssn', 'passport', 'resume', 'resumes', 'cv', 'applicant', 'applicants', 'candidates', 'customers', 'clients',
]);
// biome-ignore format: a table
export const RECORD_ENDINGS: ReadonlySet<string> = new Set(['.csv', '.tsv', '.xls', '.xlsx', '.ods', '.pdf', '.doc', '.docx', '.txt', '.json', '.jsonl', '.parquet', '.db', '.sqlite', '.sqlite3']);
/** Endings of what keeps a history of what somebody did: copied, typed, visited. */
export const HISTORY_ENDINGS: ReadonlySet<string> = new Set([
  '.log',
  '.txt',
  '.json',
  '.csv',
  '.db',
  '.sqlite',
]);

/** Documentation, wherever it lies. */
export const DOCUMENTATION_ENDINGS: ReadonlySet<string> = new Set(['.md', '.rst', '.adoc']);

/** `.env.production` holds secrets, `.env.example` does not. */
// biome-ignore format: a table
export const ENV_EXAMPLE_ENDINGS: readonly string[] = ['.example', '.sample', '.template', '.dist', '.defaults', '.schema', '.test', '.d.ts', '.md'];

/** `autoscaler.env` holds secrets, `sample.env` does not. */
// biome-ignore format: a table
export const ENV_EXAMPLE_WORDS: ReadonlySet<string> = new Set(['example', 'sample', 'template', 'dist', 'default', 'defaults', 'schema', 'test', 'dummy', 'mock', 'public', 'sanitized', 'sanitised', 'redacted']);

/** Files that are made along the way and made again: they are no loss. */
// biome-ignore format: a table
export const PASSING_ENDINGS: ReadonlySet<string> = new Set(['.tmp', '.temp', '.log', '.map', '.pyc', '.pyo', '.o', '.obj', '.class', '.bak', '.swp', '.orig', '.rej', '.cache', '.lock', '.pid', '.out']);

/** Documents, media, archives and databases. Version control seldom keeps them. */
// biome-ignore format: a table
export const DATA_ENDINGS: ReadonlySet<string> = new Set([
  '.jpg', '.jpeg', '.png', '.gif', '.heic', '.tif', '.tiff', '.raw', '.psd', '.mp3', '.wav', '.flac', '.mp4', '.mov', '.avi', '.mkv', '.pdf', '.doc', '.docx', '.xls', '.xlsx', '.ods', '.odt', '.ppt', '.pptx', '.csv', '.tsv', '.parquet',
  '.feather', '.h5', '.npy', '.npz', '.pkl', '.pt', '.ckpt', '.safetensors', '.onnx', '.db', '.sqlite', '.sqlite3', '.mdb', '.accdb', '.dump', '.zip', '.tar', '.tgz', '.gz', '.7z', '.rar', '.eml', '.mbox', '.pst', '.ics', '.vcf',
]);

/** Files for people to read: what stands in them is not run. */
export const PROSE_ENDINGS: readonly string[] = [
  '.md',
  '.txt',
  '.rst',
  '.adoc',
  '.tex',
  '.html',
  '.csv',
  '.pdf',
  '.docx',
];
