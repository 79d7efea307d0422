import { testRows } from './rows.ts';

testRows('claude-code');
