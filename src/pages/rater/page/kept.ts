/// <reference lib="dom" />

/** What the browser keeps between two visits; where it keeps nothing, the file that was downloaded is what there is. */
export interface Kept {
  read(): string | undefined;
  write(text: string): void;
}

export function keptUnder(key: string): Kept {
  return {
    read() {
      try {
        return localStorage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(text) {
      try {
        localStorage.setItem(key, text);
      } catch {
        // private windows and full disks refuse
      }
    },
  };
}

/** Hands a text to the person as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
