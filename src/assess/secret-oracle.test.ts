import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretIn } from './secret-text.ts';

/** Secretlint is kept by others and asynchronous: it says here what our table, which is linear and synchronous, should find. */
async function found(content: string, filePath = '/sample.txt'): Promise<number> {
  const { messages } = await lintSource({
    source: { content, filePath, ext: '.txt', contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] },
    },
  });
  return messages.length;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const some = (characters: string, length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters), minLength: length, maxLength: length });
const word = (length: number): fc.Arbitrary<string> => some(LETTERS + DIGITS, length);
const token = (prefix: string, length: number, characters = LETTERS + DIGITS): fc.Arbitrary<string> =>
  some(characters, length).map(rest => prefix + rest);
const joined = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map(part => (typeof part === 'string' ? fc.constant(part) : part)))
    .map(all => all.join(''));
const key = (kind: string): fc.Arbitrary<string> =>
  word(400).map(text => `-----BEGIN ${kind}PRIVATE KEY-----\nMII${text}\n-----END ${kind}PRIVATE KEY-----`);

/** A token of a service account: an object, as base64. */
function onePassword(secret: string): string {
  const account = {
    email: 'a@1passwordserviceaccounts.com',
    muk: { alg: 'A256GCM', ext: true, k: secret, key_ops: ['encrypt'], kty: 'oct', kid: 'mp' },
    secretKey: `A3-${secret}`,
    srpX: secret,
    signInAddress: 'a.1password.com:443',
    userAuth: { method: 'SRPg-4096', alg: 'PBES2g-HS256', iterations: 1000, salt: secret },
    deviceUuid: secret,
    pad: '',
  };
  // an object whose brace ends its base64 alone
  while (JSON.stringify(account).length % 3 !== 1) account.pad += '0';
  return `ops_${btoa(JSON.stringify(account))}`;
}

/** Every kind of secret of the preset, in the form that its documentation gives. */
const KINDS: readonly (readonly [kind: string, sample: fc.Arbitrary<string>])[] = [
  ['AWS secret access key', joined('AWS_SECRET_ACCESS_KEY = ', word(40))],
  ['private key', key('RSA ')],
  ['private key without a kind', key('')],
  ['npm token', token('npm_', 36)],
  ['password in an address', joined('https://ada:', word(16), '@host.example.com')],
  ['Slack token', joined('xoxb-', some(DIGITS, 12), '-', some(DIGITS, 12), '-', word(24))],
  ['Slack webhook', joined('https://hooks.slack.com/services/T', word(8), '/B', word(8), '/', word(24))],
  ['SendGrid key', joined('SG.', word(22), '.', word(43))],
  ['Shopify token', token('shpat_', 32)],
  ['Stripe key', token('sk_live_', 24)],
  ['GitHub token', token('ghp_', 36)],
  ['GitHub token of a user', token('ghu_', 36)],
  ['GitHub fine-grained token', token('github_pat_', 82)],
  ['GitLab token', token('glpat-', 20)],
  ['OpenAI key', joined('sk-', word(20), 'T3BlbkFJ', word(20))],
  ['OpenAI project key', joined('sk-proj-', word(74), 'T3BlbkFJ', word(74))],
  ['Anthropic key', joined('sk-ant-api03-', word(93), 'AA')],
  ['Groq key', token('gsk_', 52)],
  ['Hugging Face token', token('hf_', 34, LETTERS)],
  ['Linear key', token('lin_api_', 40)],
  ['Notion token', joined('ntn_', some(DIGITS, 11), word(35))],
  ['1Password token', word(40).map(onePassword)],
  ['MongoDB address', joined('mongodb://ada:', word(16), '@host.example.com/shop')],
  ['MySQL address', joined('mysql://ada:', word(16), '@host.example.com/shop')],
  ['PostgreSQL address', joined('postgresql://ada:', word(16), '@host.example.com/shop')],
  ['Vault token', token('hvs.', 95)],
  ['Vercel token', token('vcp_', 40)],
  ['Databricks token', token('dapi', 32, 'abcdef0123456789')],
  ['Docker token', token('dckr_pat_', 27)],
  ['Figma token', token('figd_', 40)],
  ['Cloudflare token', joined('cfut_', word(40), some('abcdef0123456789', 8))],
  ['Tailscale key', joined('tskey-auth-', word(12), '-', word(32))],
  ['Grafana cloud token', token('glc_', 60)],
  ['Grafana service account token', joined('glsa_', word(32), '_', some('abcdef0123456789', 8))],
];

/** What the preset finds and we leave out, with the reason. */
const LEFT_OUT: readonly (readonly [kind: string, sample: string, reason: string])[] = [
  ['a token of one letter', `ghp_${'x'.repeat(36)}`, 'placeholders in documentation look so'],
];

describe('secretIn beside a scanner that others keep', () => {
  it.each(KINDS)('finds what the scanner finds: %s', async (_, sample) => {
    await fc.assert(
      fc.asyncProperty(sample, async text => {
        const line = `value: ${text}\n`;
        if ((await found(line)) > 0) expect(secretIn(line), text).toBeDefined();
      }),
      { numRuns: 20 },
    );
    // a sample that the scanner does not know would test nothing
    expect(await found(`value: ${fc.sample(sample, { numRuns: 1, seed: 7 })[0]}\n`)).toBeGreaterThan(0);
  });

  it.each(LEFT_OUT)('leaves out on purpose: %s', async (_, sample) => {
    expect(await found(sample)).toBeGreaterThan(0);
    expect(secretIn(sample)).toBeUndefined();
  });

  it('finds the token of a registry where the scanner does, in .npmrc', async () => {
    const line = '//registry.example.com/:_authToken=k3JvQ9x2LmZs7TtB4wYc8NdR1pFhGa6E';
    expect(await found(line, '/home/ada/.npmrc')).toBeGreaterThan(0);
    expect(secretIn(line)).toBe('npm_token');
  });

  it('says nothing of ordinary text, as the scanner does', async () => {
    const text = 'git clone git@example.com:a/b.git && npm test -- --token-count=4 && cat sk-notes.md';
    expect(await found(text)).toBe(0);
    expect(secretIn(text)).toBeUndefined();
  });
});
