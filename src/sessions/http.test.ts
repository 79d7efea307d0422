import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { HttpClient, HttpError } from './http.ts';

const folder = mkdtempSync(join(tmpdir(), 'otel-alignment-http-'));
const pem = (name: string): string => join(folder, name);
const hasOpenssl = ((): boolean => {
  try {
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'].concat(
        [
          '-keyout',
          pem('key'),
          '-out',
          pem('crt'),
          '-subj',
          '/CN=x',
          '-addext',
          'subjectAltName=IP:127.0.0.1',
        ],
      ),
      { stdio: 'pipe' },
    );
    return true;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    console.warn('TLS of the client: skipped, openssl is missing');
    return false;
  }
})();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sentTo(maxVersion: SecureVersion): Promise<{ status: number } | HttpError> {
  const server: Server = createServer(
    { key: readFileSync(pem('key')), cert: readFileSync(pem('crt')), minVersion: 'TLSv1.2', maxVersion },
    (_, response) => response.end('{}'),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const http = new HttpClient({ ca: readFileSync(pem('crt'), 'utf8') });
  try {
    return await http.send({
      method: 'GET',
      url: new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`),
      timeoutMs: 10_000,
    });
  } catch (error) {
    return error as HttpError;
  } finally {
    http.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  }
}

describe.skipIf(!hasOpenssl)('the client', () => {
  it('speaks TLS 1.3', async () => {
    expect(await sentTo('TLSv1.3')).toMatchObject({ status: 200 });
  });

  it('refuses a server that speaks TLS 1.2 at most, and says why', async () => {
    const answer = await sentTo('TLSv1.2');
    expect(answer).toBeInstanceOf(HttpError);
    expect(answer).toMatchObject({ code: 'tls_version' });
    expect((answer as HttpError).message).toContain('TLS 1.3');
  });
});
