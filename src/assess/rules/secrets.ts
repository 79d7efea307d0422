/**
 * The form of a key or a token: a fixed beginning, then at least `least` characters of a set. Linear: the beginning is searched for, and the
 * characters behind it are counted once.
 */
export interface SecretForm {
  readonly id: string;
  readonly prefix: string;
  /** Least number of characters that must follow. */
  readonly least: number;
  /** `word`: letters, digits, `_` and `-`. `upper`: capitals and digits. `any`: nothing is asked of what follows. */
  readonly set: 'word' | 'upper' | 'any';
}

// biome-ignore format: a table, one row a form
export const SECRET_FORMS: readonly SecretForm[] = [
  { id: 'private_key', prefix: '-----BEGIN ', least: 0, set: 'any' },
  { id: 'aws_access_key', prefix: 'AKIA', least: 16, set: 'upper' },
  { id: 'aws_session_key', prefix: 'ASIA', least: 16, set: 'upper' },
  { id: 'github_token', prefix: 'ghp_', least: 36, set: 'word' },
  { id: 'github_token', prefix: 'gho_', least: 36, set: 'word' },
  { id: 'github_token', prefix: 'ghs_', least: 36, set: 'word' },
  { id: 'github_token', prefix: 'github_pat_', least: 40, set: 'word' },
  { id: 'gitlab_token', prefix: 'glpat-', least: 20, set: 'word' },
  { id: 'slack_token', prefix: 'xoxb-', least: 20, set: 'word' },
  { id: 'slack_token', prefix: 'xoxp-', least: 20, set: 'word' },
  { id: 'model_key', prefix: 'sk-', least: 32, set: 'word' },
  { id: 'stripe_key', prefix: 'sk_live_', least: 16, set: 'word' },
  { id: 'stripe_key', prefix: 'rk_live_', least: 16, set: 'word' },
  { id: 'google_key', prefix: 'AIza', least: 35, set: 'word' },
  { id: 'npm_token', prefix: 'npm_', least: 36, set: 'word' },
  { id: 'pypi_token', prefix: 'pypi-AgEI', least: 50, set: 'word' },
  { id: 'sendgrid_key', prefix: 'SG.', least: 20, set: 'word' },
  { id: 'huggingface_token', prefix: 'hf_', least: 30, set: 'word' },
  { id: 'web_token', prefix: 'eyJ', least: 40, set: 'word' },
];
