import { testRows } from './rows.ts';

testRows('codex');
