const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export const elapsed = (since: number): string => {
  const seconds = Math.round((Date.now() - since) / 1000);
  return seconds < 60
    ? `${seconds} s`
    : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
};

/**
 * Shows that a long step is under way: a line that moves on a terminal, a plain line at the start, every minute and at the end
 * elsewhere.
 */
export async function withProgress<T>(
  label: string,
  step: () => Promise<T>,
  out = process.stderr,
): Promise<T> {
  const start = Date.now();
  const tty = out.isTTY === true;
  let frame = 0;
  const show = (): void => {
    if (tty) out.write(`\r\u001b[2K${FRAMES[frame++ % FRAMES.length]} ${label} (${elapsed(start)})`);
    else out.write(`${label} … ${elapsed(start)}\n`);
  };
  if (tty) show();
  else out.write(`${label} …\n`);
  const timer = setInterval(show, tty ? 120 : 60_000);
  const end = (mark: string): void => {
    clearInterval(timer);
    out.write(`${tty ? '\r\u001b[2K' : ''}${mark} ${label} (${elapsed(start)})\n`);
  };
  try {
    const value = await step();
    end('✔');
    return value;
  } catch (error) {
    end('✘');
    throw error;
  }
}
