import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { page, tableFile } from './table.ts';

it('examples/agents.md says what the live tests assert; `node test/agents/table.ts` writes it', () => {
  expect(readFileSync(tableFile, 'utf8')).toBe(page());
});
