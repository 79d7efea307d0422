/** A JSON-RPC message, as far as a watcher reads one. */
export interface RpcMessage {
  readonly id?: string | number;
  readonly method?: string;
  readonly params?: Json;
  readonly result?: Json;
  /** Of a line that `codex exec --json` writes, which is no JSON-RPC. */
  readonly type?: string;
  readonly threadId?: string;
}

const MAX_WORD = 200;

export type Json = Readonly<Record<string, unknown>>;

/** @returns `undefined` where the line is no message */
export function parseMessage(line: string): RpcMessage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return undefined;
    const { id, method, params, result, type, thread_id: threadId } = value;
    return {
      ...(typeof id === 'string' || typeof id === 'number' ? { id } : {}),
      ...(typeof method === 'string' ? { method } : {}),
      ...(isObject(params) ? { params } : {}),
      ...(isObject(result) ? { result } : {}),
      ...(typeof type === 'string' ? { type } : {}),
      ...(typeof threadId === 'string' && threadId.length <= MAX_WORD ? { threadId } : {}),
    };
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A short text at a path of keys; ids and names are short, anything longer could be content. */
export function word(value: unknown, ...path: string[]): string | undefined {
  let at = value;
  for (const key of path) at = isObject(at) ? at[key] : undefined;
  return typeof at === 'string' && at !== '' && at.length <= MAX_WORD ? at : undefined;
}

/** Requests that wait for their answers. At most 1000; the oldest is forgotten first. */
export class Pending<T> {
  readonly #open = new Map<string, T>();

  add(id: string | number | undefined, value: T): void {
    if (id === undefined) return;
    this.#open.set(`${typeof id}:${id}`, value);
    if (this.#open.size <= 1000) return;
    for (const oldest of this.#open.keys()) {
      this.#open.delete(oldest);
      return;
    }
  }

  take(id: string | number | undefined): T | undefined {
    const key = `${typeof id}:${id}`;
    const value = this.#open.get(key);
    this.#open.delete(key);
    return value;
  }
}
