import * as traceloop from '@traceloop/node-server-sdk';

traceloop.initialize({ appName: 'my-agent', disableBatch: true, silenceInitializationMessage: true });

/** Says what it would do: an example needs no real shell. */
const runCommand = (command: string): Promise<string> =>
  traceloop.withTool({ name: 'run_command' }, async (line: string) => `would run: ${line}`, command);

await traceloop.withWorkflow({ name: 'tidy' }, async () => {
  await runCommand('ls -la');
  await runCommand('npm test');
  await runCommand('rm -rf /srv/reports');
});
await traceloop.forceFlush();
