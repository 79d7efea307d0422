import { evaluatorUrl, startEvaluator } from '../../sessions/index.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage.ts';
import { sessionOptions } from './options.ts';
import { SERVER_FLAGS, SERVER_HELP, SERVER_OPTIONS, serverOptions, untilEnded } from './server-options.ts';

const HELP = `Usage: otel-alignment sessions evaluator --id ID --state FOLDER (--tokens FILE | --client-ca FILE) [OPTIONS]

Runs one of the evaluators of the voprf tier: contributors send it blinded elements, it answers with its part of the pseudonyms and a
proof. It never sees an id, a pseudonym or a fragment. Run two or more, by different people, none of them who runs the layer. Needs
libsodium-wrappers-sumo. semconv/sessions/evaluator.md says more. SIGTERM and SIGINT end it, after it answered what had begun.

Options:
  --id ID             its name, which goes into its keys: lower-case letters, digits, dots and hyphens
  --state FOLDER      seeds, log of keys and budgets; made with mode 0700. Back up keys.log, never the seeds
${SERVER_HELP}
  --port PORT         default 8790; 0 takes any free one
  --url URL           the address under which contributors reach it; default: where it listens
  --quota N           elements a contributor may have evaluated in one week; default 1000000

Example:
  printf 'provider-a %s\\n' "$(openssl rand -base64 32)" > tokens && chmod 600 tokens
  otel-alignment sessions evaluator --id evaluator-a --state evaluator-a --tokens tokens

Exit codes: 0 ended by a signal, 2 unusable command line, file, folder or port.
`;

export const evaluatorCommand: Command = {
  help: HELP,
  async run(args) {
    const parsed = sessionOptions('evaluator', args, {
      text: ['id', 'url', ...SERVER_OPTIONS],
      flags: SERVER_FLAGS,
      required: ['id', 'state'],
    });
    const id = parsed.values['id']!;
    const url = parsed.values['url'];
    const options = serverOptions('evaluator', parsed, { port: '8790', quota: '1000000' });
    if (url !== undefined && evaluatorUrl(url) === undefined)
      throw new UsageError('--url must be https, or http to this machine');
    await untilEnded(
      () => startEvaluator({ ...options, id, url }),
      options,
      ({ keys }) => `${id}: keys for ${keys.epochs.join(', ')}`,
    );
    return 0;
  },
};
