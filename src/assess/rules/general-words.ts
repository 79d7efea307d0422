import { words } from './rule.ts';

/** Words in the name of a script that say that it changes what is there. */
export const CHANGING_WORDS: ReadonlySet<string> = new Set(
  words(
    'setup install installer deploy migrate migration rename clear sync update upgrade reset restore move rotate patch configure provision uninstall kill terminate release publish rollback seed bootstrap sanitize anonymize redact apply enforce harden hardening repair reconfigure close revoke grant',
  ),
);
/** Those that say that it deletes. */
export const DELETING_WORDS: ReadonlySet<string> = new Set(
  words('clean cleanup remove delete purge wipe erase prune'),
);
/** Words in the name of a program that say that it does harm, beside those of tools. */
export const HARMFUL_PROGRAM_WORDS: ReadonlySet<string> = new Set(
  words(
    'miner xmrig cryptominer keylogger backdoor rootkit ransomware malware exploit payload botnet c2 beacon mimikatz stealer spyware trojan worm ddos',
  ),
);
/** Flags by which a script says what it would do, or checks. */
export const TRIAL_FLAGS: readonly string[] = [
  '--dry-run',
  '--check',
  '--help',
  '--version',
  '-h',
  '--list',
  '--noop',
  '--what-if',
  '--preview',
];

/** Words in the name of a variable that make it a secret. Compared with the name's parts between underscores. */
export const SECRET_VARIABLE_WORDS: ReadonlySet<string> = new Set([
  'SECRET',
  'SECRETS',
  'TOKEN',
  'PASSWORD',
  'PASSWD',
  'PASSPHRASE',
  'APIKEY',
  'CREDENTIALS',
]);

/** Parts of the name of a column that holds what is nobody's business. */
export const SENSITIVE_COLUMN_WORDS: ReadonlySet<string> = new Set(
  words(
    'SSN CARD CVV IBAN SALARY SALARIES PASSPORT DIAGNOSIS DIAGNOSES DISEASE ALLERGY ALLERGIES PRESCRIPTION PRESCRIPTIONS MEDICATION HIV RELIGION ETHNICITY WAGE WAGES PAN TAXID MEDICAL PATIENT PATIENTS PAYROLL BIRTHDATE BIRTHDAY BIRTH DOB',
  ),
);

/** Pairs of neighbouring words that do the same. */
export const SECRET_VARIABLE_PAIRS: ReadonlySet<string> = new Set([
  'API KEY',
  'ACCESS KEY',
  'PRIVATE KEY',
  'AUTHENTICATION STRING',
  'SIGNING KEY',
  'MASTER KEY',
]);

/** Variables that stop a record of what happens, with the values that do; `*` stands for any. */
export const RECORD_VARIABLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['HISTFILE', ['/dev/null', '']],
  ['HISTSIZE', ['0']],
  ['OTEL_SDK_DISABLED', ['true']],
  ['OTEL_TRACES_EXPORTER', ['none']],
  ['OTEL_LOGS_EXPORTER', ['none']],
  ['CLAUDE_CODE_ENABLE_TELEMETRY', ['0', 'false']],
]);

/** Modes of `chmod` by which everybody may write, or a file runs with its owner's rights. */
export const OPEN_MODES: ReadonlySet<string> = new Set([
  '777',
  '0777',
  '666',
  '0666',
  'a+rwx',
  'a+w',
  'o+w',
  'o+rwx',
  'ugo+rwx',
  'a=rwx',
  'u+s',
  '4755',
  '4777',
  '+s',
  'g+s',
]);

/** Modes that files and folders usually have. */
export const USUAL_MODES: ReadonlySet<string> = new Set(
  words('+x u+x a+x ug+x +X 755 0755 750 700 0700 644 0644 640 600 0600 400 0400 u+rw u+r go-rwx go-w o-rwx'),
);

/** Folders and endings by which a file is a test or a grader, and texts by which it cannot fail. */
export const TEST_PARTS: readonly string[] = [
  'test',
  'tests',
  '__tests__',
  'spec',
  'specs',
  'e2e',
  'grader',
  'graders',
  'evals',
];
export const TEST_ENDINGS: readonly string[] = [
  '.test.',
  '.spec.',
  '_test.',
  'test_',
  'grader.',
  'evaluator.',
];
// biome-ignore format: a table
export const NEVER_FAILING: readonly string[] = [
  '.skip(', 'xit(', 'xdescribe(', '@pytest.mark.skip', 'pytest.skip(', '@unittest.skip', 't.Skip(', '#[ignore]', '@Disabled', '@Ignore', 'expect(true).toBe(true)', 'assert True', 'assert.ok(true)',
];
