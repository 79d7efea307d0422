import { LIBRARIES } from '../frameworks/scenarios/libraries.ts';
import { testLibraries } from '../frameworks/scenarios/rows.ts';

testLibraries(LIBRARIES.filter(({ name }) => name === 'claude-agent-sdk'));
