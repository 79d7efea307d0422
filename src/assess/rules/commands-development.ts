import type { CommandRule } from './commands.ts';
import { effect, words } from './rule.ts';

const NODE_PM = words('npm yarn pnpm bun');
const PM = [
  ...NODE_PM,
  ...words('pip pip3 pipx uv poetry pdm cargo go gem bundle composer conda mamba nuget dotnet'),
];

const AGENTS = words('claude codex gemini aider cursor-agent opencode amp qwen crush');

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
  { id: 'git.skip_checks', programs: ['git'], sub: ['commit', 'push'], flags: ['--no-verify'], ...effect('write', 'reversible', 0.35, 'limited'), points: 'weakening' },
  { id: 'git.unsafe_setting', programs: ['git'], sub: ['config'], operands: words('http.sslVerify http.sslverify core.hooksPath core.hookspath core.fsmonitor core.sshCommand core.sshcommand protocol.ext.allow'), ...effect('write', 'reversible', 0.45, 'limited'), points: 'weakening' },
  { id: 'git.change', programs: ['git'], sub: ['remote add', 'remote remove', 'remote set-url', 'remote rename', 'remote rm', 'worktree add', 'config unset'], ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'git.read', programs: ['git'], sub: ['config', 'stash', 'branch', 'tag', 'worktree'], flags: words('--get --list -l --get-all -a -r -v -vv --contains'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'git.read', programs: ['git'], sub: ['stash list', 'stash show', 'worktree list', 'submodule status', 'lfs ls-files', 'bisect log'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'git.fetch', programs: ['git'], sub: [...words('fetch clone pull ls-remote submodule'), 'lfs pull', 'lfs fetch'], ...effect('network', 'reversible', 0.15, 'trivial') },
  { id: 'git.read', programs: ['git'], sub: words('status log diff show blame rev-parse ls-files describe grep shortlog cat-file ls-tree reflog version help remote rev-list count-objects fsck check-ignore name-rev whatchanged'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'git.change', programs: ['git', 'hg', 'svn', 'jj'], ...effect('write', 'reversible', 0.2, 'trivial') },

  { id: 'forge.delete', programs: ['gh', 'glab', 'tea'], verbs: words('delete archive'), ...effect('delete', 'irreversible', 0.75, 'severe') },
  { id: 'forge.token', programs: ['gh', 'glab'], sub: ['auth token', 'secret set', 'secret delete', 'ssh-key add'], ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'forge.read', programs: ['gh', 'glab', 'tea'], verbs: words('view list status diff checks checkout search clone browse'), ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'forge.release', programs: ['gh', 'glab', 'tea'], sub: ['release create', 'release upload', 'workflow run'], ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'forge.merge', programs: ['gh', 'glab', 'tea'], sub: ['pr merge', 'mr merge'], ...effect('write', 'conditionally_reversible', 0.45, 'limited') },
  { id: 'forge.run', programs: ['gh', 'glab', 'tea'], sub: ['run rerun', 'run cancel', 'run watch', 'ci retry', 'ci run', 'ci trigger', 'pipeline run'], ...effect('execute', 'reversible', 0.3, 'trivial') },
  { id: 'forge.change', programs: ['gh', 'glab', 'tea'], verbs: words('create close edit ready reopen lock fork sync rename set transfer'), ...effect('write', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'forge.post', programs: ['gh', 'glab', 'tea'], ...effect('communicate', 'irreversible', 0.4, 'limited'), sends: true },

  { id: 'package.publish', programs: [...PM, 'twine', 'vsce', 'lerna', 'semantic-release', 'changeset'], sub: words('publish upload push'), ...effect('deploy', 'irreversible', 0.7, 'severe') },
  { id: 'package.unpublish', programs: [...PM], sub: words('unpublish deprecate yank'), ...effect('delete', 'irreversible', 0.7, 'severe') },
  { id: 'package.access', programs: [...PM], sub: words('owner access token login adduser logout'), ...effect('credential', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'package.deploy_script', programs: [...NODE_PM, 'make', 'just', 'task', 'rake'], sub: ['deploy', 'run deploy', 'run release', 'run publish', 'publish'], ...effect('deploy', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'package.deploy_script', programs: [...NODE_PM, 'make'], prefixes: ['deploy', 'publish'], ...effect('deploy', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'package.install', programs: ['npm', 'yarn', 'pnpm'], sub: ['audit fix', 'dedupe', 'rebuild', 'link'], ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'package.version', programs: ['npm', 'yarn', 'pnpm', 'cargo', 'poetry'], sub: ['version', 'bump', 'set-version'], prefixes: words('0 1 2 3 4 5 6 7 8 9 v patch minor major pre'), ...effect('write', 'reversible', 0.25, 'trivial') },
  { id: 'package.tag', programs: ['npm', 'yarn', 'pnpm'], sub: ['dist-tag add', 'dist-tag rm', 'tag add', 'tag remove'], ...effect('deploy', 'reversible', 0.5, 'serious') },
  { id: 'format.write', programs: ['cargo'], sub: ['fmt', 'fix'], ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'format.write', programs: words('prettier eslint biome ruff stylelint gofmt goimports rubocop clang-format'), flags: words('--write --fix -w --fix-dry-run -i -a -A'), ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'format.write', programs: ['ruff', 'biome', 'terraform', 'tofu', 'deno', 'go', 'dart'], sub: ['format', 'fmt'], ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'build.clean', programs: [...NODE_PM, ...words('make just task rake gradle gradlew mvn mvnw')], sub: ['clean', 'run clean', 'distclean', 'mrproper'], ...effect('delete', 'reversible', 0.2, 'trivial') },
  { id: 'build.clean', programs: ['cargo', 'go', 'dotnet', 'bazel', 'flutter', 'xcodebuild', 'swift'], sub: ['clean'], ...effect('delete', 'reversible', 0.2, 'trivial') },
  { id: 'build.run', programs: ['cargo'], sub: ['check', 'test', 'build', 'run', 'bench', 'clippy', 'doc'], ...effect('execute', 'reversible', 0.2, 'trivial') },
  { id: 'package.remove', programs: PM, sub: words('uninstall remove rm un unlink prune'), ...effect('delete', 'reversible', 0.25, 'trivial') },
  { id: 'migration.reset', programs: words('prisma knex alembic flyway sequelize sequelize-cli typeorm rails rake drizzle-kit goose dbmate liquibase atlas'), sub: words('clean drop reset db:drop db:reset downgrade rollback db:rollback migrate:rollback migrate:down down-to reset-database').concat(['migrate reset', 'schema drop', 'db reset']), ...effect('delete', 'irreversible', 0.75, 'severe'), shared: true },
  { id: 'migration.run', programs: words('prisma knex alembic flyway sequelize sequelize-cli typeorm drizzle-kit goose dbmate liquibase atlas'), sub: words('migrate upgrade up db:migrate migrate:latest migrate:up push').concat(['db push', 'migration run', 'schema apply']), ...effect('write', 'conditionally_reversible', 0.5, 'serious'), shared: true },
  { id: 'migration.run', programs: ['rails', 'rake'], sub: ['db:migrate'], ...effect('write', 'conditionally_reversible', 0.5, 'serious'), shared: true },
  { id: 'package.read', programs: [...PM, 'brew', 'apt', 'apt-cache', 'dpkg', 'rpm'], sub: words('list ls show view info search outdated audit why freeze check version --version help config whoami ping bin root prefix doctor fund explain query metadata tree policy depends licenses'), ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'package.install', programs: PM, sub: words('install i ci add update upgrade get sync restore download mod create init env lock'), ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'package.install', programs: ['yarn', 'brew', 'virtualenv'], ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'package.run', programs: ['npx', 'bunx', 'uvx'], ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'build.run', programs: [...PM, ...words('make cmake ninja bazel gradle gradlew mvn mvnw ant rake just tsc esbuild vite webpack rollup rustc gcc g++ clang clang++ cc javac pytest tox nox unittest jest vitest mocha ctest phpunit rspec eslint biome prettier ruff black isort mypy pyright pylint flake8 shellcheck clippy rustfmt gofmt golangci-lint pre-commit coverage venv http.server build tsx ts-node playwright cypress hatch swift xcodebuild hugo jekyll mkdocs eleventy gatsby next astro vale act hyperfine perf valgrind tensorboard alembic knex rails flutter dart')], ...effect('execute', 'reversible', 0.2, 'trivial') },
  { id: 'agent.start_unguarded', programs: AGENTS, flags: words('--dangerously-skip-permissions --yolo --dangerously-bypass-approvals-and-sandbox --full-auto --allow-dangerously-skip-permissions'), ...effect('delegate', 'conditionally_reversible', 0.65, 'serious'), points: 'weakening' },
  { id: 'agent.start', programs: AGENTS, ...effect('delegate', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'artifact.upload', programs: words('huggingface-cli hf wandb dvc mlflow comet'), sub: words('upload sync push upload-large-folder'), ...effect('network', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'backup.prune', programs: words('borg restic duplicity rclone kopia'), sub: words('prune forget delete purge remove-all-but-n-full deletefile'), ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'backup.run', programs: words('borg restic duplicity kopia'), ...effect('write', 'reversible', 0.3, 'trivial') },
  { id: 'convert.run', programs: words('ffmpeg pandoc convert magick gs wkhtmltopdf dot plantuml inkscape sox cwebp optipng jpegoptim pdflatex xelatex latexmk'), ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'archive.list', programs: ['unzip', 'zipinfo', '7z', 'unrar'], flags: ['-l', '-t', '-v', '-Z'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'archive.list', programs: ['7z', 'unrar', '7za'], sub: ['l', 't'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'archive.pack', programs: words('tar zip unzip gzip gunzip zcat bzip2 xz 7z zstd'), ...effect('write', 'reversible', 0.2, 'trivial') },
];
