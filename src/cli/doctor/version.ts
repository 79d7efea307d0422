/** Major, minor and patch of a version; what follows them is passed over. */
export type Version = readonly [major: number, minor: number, patch: number];

/** `undefined` where the text is no version. */
export function versionOf(text: string): Version | undefined {
  const found = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2]), Number(found[3])];
}

/** Whether a version is older than another one. */
export function isBefore(
  version: Version,
  [major, minor = 0, patch = 0]: readonly [number, number?, number?],
): boolean {
  const [a, b, c] = version;
  return a !== major ? a < major : b !== minor ? b < minor : c < patch;
}
