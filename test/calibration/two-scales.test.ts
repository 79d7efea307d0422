import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyProfile, type Profile } from '../../src/calibration/index.ts';
import { waitFor } from '../../tools/stack/processes.ts';
import { startJaeger } from '../../tools/stack/services.ts';
import { run } from '../cli/run.ts';
import { requireBinaries, Sandbox } from '../stack/harness.ts';
import { findTraces, getTrace } from '../stack/jaeger.ts';

const example = fileURLToPath(new URL('../../examples/two-scales/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const binaries = requireBinaries('two scales in the viewer', 'otelcol', 'jaeger');
const PROFILES = 'acme=acme-profile.json,borealis-profile.json';

/** As the example's page says. */
function fitted(name: string): Profile {
  const [ratings, scale, out] = [
    join(example, `${name}.csv`),
    join(example, `${name}.json`),
    `${name}-profile.json`,
  ];
  const { status, stderr } = run(
    ['calibration', 'fit', '--ratings', ratings, '--scale', scale, '--out', out],
    '',
    folder,
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(readFileSync(join(folder, out), 'utf8')) as Profile;
}

function main(env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(example, 'main.ts')], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', text => (output += String(text)));
    child.on('close', status => (status === 0 ? resolve(output) : reject(new Error(output))));
  });
}

describe('two providers with scales of their own', () => {
  let acme: Profile;
  let borealis: Profile;
  beforeAll(() => {
    acme = fitted('acme');
    borealis = fitted('borealis');
  });

  it('cannot be compared without profiles, and agree with them', async () => {
    const without = await main({ OTEL_TRACES_EXPORTER: 'none', ALIGNMENT_PROFILES: '' });
    expect(without.match(/no profile/g)).toHaveLength(12);
    const table = await main({ OTEL_TRACES_EXPORTER: 'none', ALIGNMENT_PROFILES: PROFILES });
    const pairs = [...table.matchAll(/→ (\d\.\d\d).*→ (\d\.\d\d)/g)].map(
      ([, a, b]) => [Number(a), Number(b)] as const,
    );
    expect(pairs).toHaveLength(6);
    const reach = acme.quality.interval90_halfwidth + borealis.quality.interval90_halfwidth;
    for (const [a, b] of pairs) expect(Math.abs(a - b)).toBeLessThan(reach);
    // 79 of 100 and "high" of four tiers
    expect(pairs[3]![0]).toBeCloseTo(applyProfile(acme, 79, acme.created).score!, 2);
    expect(pairs[3]![1]).toBeCloseTo(applyProfile(borealis, 'high', borealis.created).score!, 2);
  });

  describe.skipIf(!binaries)('two scales in the viewer', () => {
    const sandbox = new Sandbox();
    afterAll(() => sandbox.clean());

    it('show the comparable score with the native value beside it', async () => {
      const jaeger = await startJaeger(binaries!.jaeger);
      sandbox.defer(() => jaeger.child.stop());
      const collector = await sandbox.collector({
        binary: binaries!.otelcol,
        backend: jaeger.otlpHttp,
        env: { ALIGNMENT_REST_PERCENT: '100', ALIGNMENT_DECISION_WAIT: '1s' },
      });
      await main({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpHttp, ALIGNMENT_PROFILES: PROFILES });
      const found = async (tags: Record<string, string>) => {
        const [trace] = await waitFor(JSON.stringify(tags), async () => {
          const traces = await findTraces(jaeger.web, 'two-scales', tags);
          return traces.length > 0 && traces;
        });
        return (await getTrace(jaeger.web, trace!))![0]!.attributes;
      };
      const ofAcme = await found({ 'gen_ai.provider.name': 'acme', 'alignment.risk.native.score': '79' });
      const ofBorealis = await found({
        'gen_ai.provider.name': 'borealis',
        'alignment.risk.native.label': 'high',
      });
      expect(ofAcme).toMatchObject({
        'alignment.risk.score': applyProfile(acme, 79, acme.created).score,
        'alignment.risk.native.score': 79,
        'alignment.risk.native.scale': 'acme.risk',
        'alignment.risk.calibration.status': 'profiled',
        'alignment.risk.calibration.profile.id': acme.profile_id,
      });
      expect(ofBorealis).toMatchObject({
        'alignment.risk.score': applyProfile(borealis, 'high', borealis.created).score,
        'alignment.risk.native.label': 'high',
        'alignment.risk.native.scale': 'borealis.tier',
        'alignment.risk.calibration.status': 'profiled',
        'alignment.risk.calibration.profile.id': borealis.profile_id,
      });
    });
  });
});
