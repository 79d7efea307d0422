/**
 * The form of a key or a token: a fixed beginning, then at least `least` characters of a set. Linear: the beginning is searched for, and the
 * characters behind it are counted once.
 */
export interface SecretForm {
  readonly id: string;
  readonly prefix: string;
  /** Least number of characters that must follow. */
  readonly least: number;
  /**
   * `word`: letters, digits, `_`, `-` and `.`. `upper`: capitals and digits. `base64`: letters, digits, `+`, `/`, `=`, `_` and `-`. `any`: nothing is asked of what follows.
   * `password`: the beginning is that of an address, and a user's name and password stand before its host.
   */
  readonly set: 'word' | 'upper' | 'base64' | 'any' | 'password';
  /** The beginning is a name: up to eight quotes, blanks, `=` and `:` stand behind it. */
  readonly named?: boolean;
}

/** Beginnings that one kind of key or token shares. */
const many = (
  id: string,
  prefixes: readonly string[],
  least: number,
  set: SecretForm['set'] = 'word',
): readonly SecretForm[] => prefixes.map(prefix => ({ id, prefix, least, set }));

// biome-ignore format: a table, one row a form
export const SECRET_FORMS: readonly SecretForm[] = [
  { id: 'private_key', prefix: '-----BEGIN ', least: 0, set: 'any' },
  ...many('aws_access_key', ['AKIA', 'AGPA', 'AIDA', 'AROA', 'AIPA', 'ANPA', 'ANVA'], 16, 'upper'),
  { id: 'aws_session_key', prefix: 'ASIA', least: 16, set: 'upper' },
  ...['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY', 'SecretAccessKey', 'secretAccessKey', 'AWS_SECRET_KEY', 'aws_secret_key'].map(prefix => ({ id: 'aws_secret_key', prefix, least: 40, set: 'base64', named: true }) as const),
  ...many('github_token', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], 36),
  { id: 'github_token', prefix: 'github_pat_', least: 40, set: 'word' },
  ...many('gitlab_token', ['glpat-', 'gldt-', 'glrt-'], 20),
  ...many('slack_token', ['xoxb-', 'xoxp-', 'xapp-', 'xoxa-', 'xoxo-', 'xoxr-'], 20),
  { id: 'slack_webhook', prefix: 'hooks.slack.com/services/T', least: 12, set: 'base64' },
  { id: 'model_key', prefix: 'sk-', least: 32, set: 'word' },
  { id: 'model_key', prefix: 'gsk_', least: 40, set: 'word' },
  ...many('stripe_key', ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'], 16),
  { id: 'google_key', prefix: 'AIza', least: 35, set: 'word' },
  { id: 'google_token', prefix: 'ya29.', least: 30, set: 'word' },
  { id: 'npm_token', prefix: 'npm_', least: 36, set: 'word' },
  { id: 'npm_token', prefix: '_authToken', least: 20, set: 'base64', named: true },
  { id: 'pypi_token', prefix: 'pypi-AgEI', least: 50, set: 'word' },
  { id: 'sendgrid_key', prefix: 'SG.', least: 20, set: 'word' },
  { id: 'huggingface_token', prefix: 'hf_', least: 30, set: 'word' },
  ...many('shopify_token', ['shppa_', 'shpca_', 'shpat_', 'shpss_'], 32),
  { id: 'linear_key', prefix: 'lin_api_', least: 32, set: 'word' },
  { id: 'notion_token', prefix: 'ntn_', least: 40, set: 'word' },
  { id: 'docker_token', prefix: 'dckr_pat_', least: 27, set: 'word' },
  { id: 'figma_token', prefix: 'figd_', least: 40, set: 'word' },
  { id: 'databricks_token', prefix: 'dapi', least: 32, set: 'word' },
  ...many('vault_token', ['hvs.', 'hvb.', 'hvr.'], 90),
  ...many('vercel_token', ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'], 20),
  ...many('cloudflare_token', ['cfk_', 'cfut_', 'cfat_'], 40),
  { id: 'tailscale_key', prefix: 'tskey-', least: 24, set: 'word' },
  { id: 'grafana_token', prefix: 'glc_', least: 32, set: 'base64' },
  { id: 'grafana_token', prefix: 'glsa_', least: 32, set: 'word' },
  { id: 'onepassword_token', prefix: 'ops_ey', least: 100, set: 'base64' },
  { id: 'digitalocean_token', prefix: 'dop_v1_', least: 60, set: 'word' },
  { id: 'web_token', prefix: 'eyJ', least: 40, set: 'word' },
  { id: 'password_in_address', prefix: '://', least: 0, set: 'password' },
];
