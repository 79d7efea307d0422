// A model on this machine in the place of Anthropic's, to try the page without an account: it asks Claude Code for one command, `touch
// hello.txt`, and then says that it is done.
import { startModel } from '../../test/agents/model.ts';

const { url } = await startModel([
  {
    say: 'I make the file.',
    call: { tool: 'Bash', input: { command: 'touch hello.txt', description: 'make a file' } },
  },
  { say: 'Done.' },
]);
console.log(`export ANTHROPIC_BASE_URL=${url} ANTHROPIC_API_KEY=none
export DISABLE_AUTOUPDATER=1 CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1

Paste these lines into the terminal in which you start claude. Ctrl-C ends the model.`);
