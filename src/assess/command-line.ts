/** The words behind a program, sorted into flags and operands. */
export interface CommandLine {
  readonly program: string;
  /** Long flags without their value, short flags one by one and as they were clustered, and `--`. */
  readonly flags: ReadonlySet<string>;
  /** Values of flags, by flag. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

const NONE: readonly string[] = [];
const MAX_CLUSTER = 12;

/** The program's name without folder and without endings that mean the same program. */
export function programName(word: string): string {
  const slash = Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'));
  let name = slash >= 0 ? word.slice(slash + 1) : word;
  if (name.endsWith('.exe') || name.endsWith('.cmd')) name = name.slice(0, -4);
  if (name.startsWith('mkfs.')) return 'mkfs';
  return name.startsWith('python3.') ? 'python3' : name;
}

/**
 * Sorts words the way getopt does, for the flags with values that `valuedFlags` lists; words behind `--` are operands.
 */
export function readCommandLine(
  program: string,
  args: readonly string[],
  valuedFlags: Readonly<Record<string, readonly string[]>>,
): CommandLine {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  const valued = Object.hasOwn(valuedFlags, program) ? (valuedFlags[program] ?? NONE) : NONE;
  const take = (flag: string, value: string | undefined): void => {
    if (value === undefined) return;
    const list = values.get(flag);
    if (list === undefined) values.set(flag, [value]);
    else list.push(value);
  };
  let i = 0;
  let only = false;
  while (i < args.length) {
    const word = args[i++] as string;
    if (only || word.length < 2 || word.charCodeAt(0) !== 45) {
      operands.push(word);
    } else if (word === '--') {
      only = true;
      flags.add(word);
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      const flag = equals < 0 ? word : word.slice(0, equals);
      flags.add(flag);
      if (equals >= 0) take(flag, word.slice(equals + 1));
      else if (valued.includes(flag)) take(flag, args[i++]);
    } else if (valued.includes(word)) {
      flags.add(word);
      take(word, args[i++]);
    } else {
      flags.add(word);
      for (let j = 1; j < word.length && j <= MAX_CLUSTER; j++) {
        const flag = `-${word[j]}`;
        flags.add(flag);
        if (valued.includes(flag)) {
          take(flag, j + 1 < word.length ? word.slice(j + 1) : args[i++]);
          break;
        }
      }
    }
  }
  return { program, flags, values, operands };
}
