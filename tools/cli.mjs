// Runs this checkout's `otel-alignment` command from its sources, with paths read from the caller's folder.
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
await import('../src/cli/main.ts');
