import type { Writable } from 'node:stream';

/** Writes lines at the pace of the reader. */
export interface LineWriter {
  /** @returns false where nobody reads any more: there is no use in going on */
  write(line: string | Uint8Array): Promise<boolean>;
}

/** A reader that leaves (`| head`) ends the output; that is no failure. Any other error of the stream is thrown by `write`. */
export function lineWriter(stream: Writable): LineWriter {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure = error;
  });
  const open = (): boolean => {
    if (failure === undefined) return true;
    if (failure.code === 'EPIPE') return false;
    throw failure;
  };
  return {
    async write(line) {
      if (!open()) return false;
      if (!stream.write(typeof line === 'string' ? `${line}\n` : Buffer.concat([line, END])))
        await ready(stream);
      return open();
    },
  };
}

const END = Buffer.from('\n');

/** Resolves when the stream takes more, or never will: which of them, the next look says. */
function ready(stream: Writable): Promise<void> {
  return new Promise(resolve => {
    const events = ['drain', 'close', 'error'] as const;
    const done = (): void => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}
