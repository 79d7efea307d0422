/** Lines of context around a change. */
const CONTEXT = 2;

/** What changes between two texts, line by line, as `-`, `+` and a little of what stays. */
export function diff(before: string, after: string): string {
  const a = lines(before);
  const b = lines(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const changes = middle(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const out = [
    ...a.slice(Math.max(0, start - CONTEXT), start).map(line => `  ${line}`),
    ...changes,
    ...a.slice(a.length - end, a.length - end + CONTEXT).map(line => `  ${line}`),
  ];
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

const lines = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** The longest common lines stay. Settings are small; beyond this they are shown as replaced. */
const MAX_CELLS = 4_000_000;

function middle(a: readonly string[], b: readonly string[]): string[] {
  if (a.length * b.length > MAX_CELLS) return [...a.map(line => `- ${line}`), ...b.map(line => `+ ${line}`)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] =
        a[i] === b[j]
          ? (common[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const out: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(`  ${a[i]}`);
      i++;
      j++;
    } else if (
      j >= b.length ||
      (i < a.length && (common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0))
    ) {
      out.push(`- ${a[i++]}`);
    } else {
      out.push(`+ ${b[j++]}`);
    }
  }
  return out;
}
