import { createServer } from 'node:http';
import { json, listen, readBody, type Service } from './http.ts';

/** A release board on loopback: the shared system that the agent of this demo works with. */
export async function startReleaseBoard(): Promise<Service> {
  const releases: { version: string; state: 'draft' | 'public' }[] = [{ version: '1.3.0', state: 'public' }];
  return listen(
    createServer(async (request, response) => {
      if (request.url !== '/releases') return json(response, 404, { error: 'only /releases is served here' });
      if (request.method !== 'POST') return json(response, 200, { releases });
      const version = versionOf(await readBody(request));
      if (!version) return json(response, 400, { error: 'a release needs a version' });
      const state = request.headers.authorization ? 'public' : 'draft';
      releases.push({ version, state });
      const hint =
        state === 'draft' ? 'stays a draft until it is sent again with the token of the board' : undefined;
      return json(response, 201, { version, state, hint });
    }),
  );
}

function versionOf(body: string): string | undefined {
  try {
    const { version } = JSON.parse(body) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
