import { testRows } from './rows.ts';

testRows('cline');
