import type { CommandRule } from './commands.ts';
import { effect, words } from './rule.ts';

const NODE_PM = words('npm yarn pnpm bun');
const PM = [
  ...NODE_PM,
  ...words('pip pip3 pipx uv poetry pdm cargo go gem bundle composer conda mamba nuget dotnet'),
];

/** Version control, packages, builds and tests. */
// biome-ignore format: a table, one row a rule
export const DEVELOPMENT_COMMANDS: readonly CommandRule[] = [
  { id: 'git.push_force_shared', programs: ['git'], sub: ['push'], flags: words('--force -f --force-with-lease --delete -d'), operands: words('main master develop trunk production prod release stable'), ...effect('write', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'git.push_force_shared', programs: ['git'], sub: ['push'], prefixes: words('+main +master +refs/heads/main +refs/heads/master :main :master +HEAD:main +HEAD:master'), ...effect('write', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'git.push_force', programs: ['git'], sub: ['push'], flags: words('--force -f --force-with-lease --delete -d --mirror --prune'), ...effect('write', 'conditionally_reversible', 0.5, 'limited') },
  { id: 'git.push_force', programs: ['git'], sub: ['push'], prefixes: ['+', ':'], ...effect('write', 'conditionally_reversible', 0.5, 'limited') },
  { id: 'git.push', programs: ['git'], sub: ['push'], ...effect('write', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'git.discard', programs: ['git'], sub: ['reset'], flags: ['--hard'], ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'git.discard', programs: ['git'], sub: ['clean'], flags: words('-f --force'), ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'git.discard', programs: ['git'], sub: ['checkout'], flags: words('-f --force --'), ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'git.discard', programs: ['git'], sub: ['stash drop', 'stash clear'], ...effect('delete', 'irreversible', 0.45, 'limited') },
  { id: 'git.rewrite_history', programs: ['git'], sub: words('filter-branch filter-repo reflog gc update-ref'), flags: words('-f --force --all --expire --prune -d'), ...effect('write', 'irreversible', 0.6, 'serious') },
  { id: 'git.delete_reference', programs: ['git'], sub: ['branch', 'tag'], flags: words('-D -d --delete'), ...effect('delete', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'git.fetch', programs: ['git'], sub: words('fetch clone pull ls-remote submodule'), ...effect('network', 'reversible', 0.15, 'trivial') },
  { id: 'git.read', programs: ['git'], sub: words('status log diff show blame rev-parse ls-files describe grep shortlog cat-file ls-tree reflog version help'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'git.change', programs: ['git', 'hg', 'svn', 'jj'], ...effect('write', 'reversible', 0.2, 'trivial') },

  { id: 'forge.delete', programs: ['gh', 'glab', 'tea'], verbs: words('delete archive'), ...effect('delete', 'irreversible', 0.75, 'severe') },
  { id: 'forge.token', programs: ['gh', 'glab'], sub: ['auth token', 'secret set', 'secret delete', 'ssh-key add'], ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'forge.read', programs: ['gh', 'glab', 'tea'], verbs: words('view list status diff checks checkout search clone browse'), ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'forge.release', programs: ['gh', 'glab', 'tea'], sub: ['release create', 'release upload', 'workflow run', 'pr merge', 'mr merge'], ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'forge.post', programs: ['gh', 'glab', 'tea'], ...effect('communicate', 'conditionally_reversible', 0.35, 'limited'), sends: true },

  { id: 'package.publish', programs: [...PM, 'twine', 'vsce', 'lerna', 'semantic-release', 'changeset'], sub: words('publish upload push'), ...effect('deploy', 'irreversible', 0.7, 'severe') },
  { id: 'package.unpublish', programs: [...PM], sub: words('unpublish deprecate yank'), ...effect('delete', 'irreversible', 0.7, 'severe') },
  { id: 'package.access', programs: [...PM], sub: words('owner access token login adduser logout'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'package.deploy_script', programs: [...NODE_PM, 'make', 'just', 'task', 'rake'], sub: ['deploy', 'run deploy', 'run release', 'run publish', 'publish'], ...effect('deploy', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'package.deploy_script', programs: [...NODE_PM, 'make'], prefixes: ['deploy', 'publish'], ...effect('deploy', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'package.read', programs: [...PM, 'brew', 'apt', 'apt-cache', 'dpkg', 'rpm'], sub: words('list ls show view info search outdated audit why freeze check version --version help config'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'package.install', programs: PM, sub: words('install i ci add update upgrade get sync restore download mod create init uninstall remove rm'), ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },
  { id: 'package.install', programs: ['yarn', 'bun', 'npx', 'bunx', 'uvx', 'brew', 'virtualenv'], ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'build.run', programs: [...PM, ...words('make cmake ninja bazel gradle gradlew mvn mvnw ant rake just tsc esbuild vite webpack rollup rustc gcc g++ clang clang++ cc javac pytest tox nox unittest jest vitest mocha ctest phpunit rspec eslint biome prettier ruff black isort mypy pyright pylint flake8 shellcheck clippy rustfmt gofmt golangci-lint pre-commit coverage venv http.server build tsx ts-node playwright cypress hatch swift xcodebuild')], ...effect('execute', 'reversible', 0.2, 'trivial') },
  { id: 'archive.pack', programs: words('tar zip unzip gzip gunzip zcat bzip2 xz 7z zstd'), ...effect('write', 'reversible', 0.2, 'trivial') },
];
