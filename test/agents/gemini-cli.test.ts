import { testRows } from './rows.ts';

testRows('gemini-cli');
