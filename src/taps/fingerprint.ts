import { hash } from 'node:crypto';

/**
 * A hash by which equal values are known without being kept: values of tools are content. Objects are equal whatever the order of
 * their keys. Throws where the value cannot be written as JSON.
 */
export const fingerprint = (value: unknown): string =>
  hash('sha256', JSON.stringify(value, ordered) ?? '', 'base64');

function ordered(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
