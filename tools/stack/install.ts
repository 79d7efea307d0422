// npm run stack:install: finds or builds the Collector, Jaeger and the viewer.
import { parseArgs } from 'node:util';
import { type BinaryName, cacheFolder, findBinary, howToGet, SOURCES } from './binaries.ts';
import { build } from './build.ts';
import { withProgress } from './progress.ts';

const NAMES = (Object.keys(SOURCES) as BinaryName[]).filter(name => SOURCES[name].recipe !== undefined);

const ON_DEMAND = NAMES.filter(name => SOURCES[name].recipe?.onDemand);

const HELP = `npm run stack:install [-- --only NAME | --all]

Finds or builds the programs that \`npm run stack\` and the tests in test/stack use:
${NAMES.map(name => `  ${name.padEnd(20)} $${SOURCES[name].variable}, else ${SOURCES[name].onPath.join(' or ')} on PATH, else built from its Go module`).join('\n')}

Built programs go to $ALIGNMENT_CACHE, else $XDG_CACHE_HOME/otel-alignment, else ~/.cache/otel-alignment.
What is there already is not built again.

  --only NAME   this one only (may be repeated): ${NAMES.join(', ')}
  --all         also what only some need: ${ON_DEMAND.join(', ')} (two tiers of Collectors)
  --help        this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  for (const name of values.only ?? []) {
    if (!NAMES.includes(name as BinaryName)) {
      console.error(`--only ${name}: there is ${NAMES.join(', ')}`);
      return 2;
    }
  }
  const wanted = NAMES.filter(
    name => values.only?.includes(name) ?? (values.all || !ON_DEMAND.includes(name)),
  );
  let failed = 0;
  for (const name of wanted) {
    try {
      const found = findBinary(name);
      if (found) {
        console.log(
          `✔ ${name}: ${found.path} (${found.from === 'variable' ? `$${SOURCES[name].variable}` : found.from})`,
        );
        continue;
      }
      const label = `${name}: building, ${SOURCES[name].recipe?.cost}`;
      console.log(`  ${await withProgress(label, () => build(name))}`);
    } catch (error) {
      failed++;
      console.error(`✘ ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (values.only === undefined) {
    const chromium = findBinary('chromium');
    console.log(
      chromium
        ? `✔ chromium: ${chromium.path}`
        : `– chromium, for the page tests only: ${howToGet('chromium')}`,
    );
  }
  if (failed > 0) console.error(`${failed} of ${wanted.length} missing. The cache is ${cacheFolder()}`);
  return failed > 0 ? 1 : 0;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});
