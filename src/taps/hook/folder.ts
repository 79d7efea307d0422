import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where the hook keeps what one call must leave to the next: `$ALIGNMENT_HOOK_DIR`, else `otel-alignment/hook` in
 * `$XDG_STATE_HOME` or `~/.local/state`.
 */
export function hookFolder(env: Env): string {
  const named = env['ALIGNMENT_HOOK_DIR'];
  if (named) return named;
  const state = env['XDG_STATE_HOME'];
  if (state && isAbsolute(state)) return join(state, 'otel-alignment', 'hook');
  const home = homeOf(env);
  if (home !== undefined) return join(home, '.local', 'state', 'otel-alignment', 'hook');
  return join(tmpdir(), `otel-alignment-hook-${process.getuid?.() ?? 'user'}`);
}

function homeOf(env: Env): string | undefined {
  if (env['HOME']) return env['HOME'];
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}

/** Keyed hashes with a key that never leaves this machine, so that nobody can try out targets on what is kept. */
export type Keyed = (text: string) => string;

const KEY_BYTES = 32;

/** A folder that only its owner reads, and the hash of its key. */
export interface Folder {
  readonly path: string;
  readonly keyed: Keyed;
}

/**
 * Opens the folder and makes it, and its key, where they are missing.
 *
 * @returns `undefined` where that is not possible, or the folder belongs to somebody else
 */
export function openFolder(env: Env): Folder | undefined {
  const path = hookFolder(env);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(path);
    const own = process.getuid?.();
    if (own !== undefined && own !== 0 && uid !== own) return undefined;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) chmodSync(path, 0o700);
    const key = keyOf(path);
    return { path, keyed: text => createHmac('sha256', key).update(text).digest('base64url').slice(0, 22) };
  } catch {
    return undefined;
  }
}

/** The key of this installation. Of two processes that make one at once, both use the first. */
function keyOf(folder: string): Buffer {
  const file = join(folder, 'key');
  const read = (): Buffer | undefined => {
    try {
      const key = readFileSync(file);
      return key.length === KEY_BYTES ? key : undefined;
    } catch {
      return undefined;
    }
  };
  const found = read();
  if (found !== undefined) return found;
  const made = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(made, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(made, file);
  } catch {
    // somebody else's key is there; one of the wrong length is no key
    if (read() === undefined) writeFileSync(file, readFileSync(made), { mode: 0o600 });
  } finally {
    rmSync(made, { force: true });
  }
  return read() ?? readFileSync(file);
}
