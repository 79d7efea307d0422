import type { CommandRule } from './commands.ts';
import { effect, words } from './rule.ts';

const CONTAINERS = ['docker', 'podman', 'nerdctl', 'docker-compose'];
const KUBE = ['kubectl', 'oc', 'k'];
const PLANS = ['terraform', 'tofu', 'terragrunt', 'pulumi', 'cdk'];
const CLOUDS = words('aws gcloud gsutil az doctl heroku fly flyctl hcloud oci linode-cli ibmcloud');

/** Containers, clusters, infrastructure and cloud providers. */
// biome-ignore format: a table, one row a rule
export const CLOUD_COMMANDS: readonly CommandRule[] = [
  { id: 'container.push', programs: CONTAINERS, sub: ['push', 'image push', 'compose push'], ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'container.prune', programs: CONTAINERS, sub: ['system prune', 'volume rm', 'volume prune'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'container.prune', programs: CONTAINERS, sub: ['compose down', 'down'], flags: ['-v', '--volumes'], ...effect('delete', 'irreversible', 0.6, 'serious') },
  { id: 'container.remove', programs: CONTAINERS, sub: ['rm', 'rmi', 'container rm', 'image rm', 'image prune', 'container prune', 'network rm'], ...effect('delete', 'conditionally_reversible', 0.35, 'limited') },
  { id: 'container.privileged', programs: CONTAINERS, sub: ['run', 'exec', 'create'], flags: ['--privileged', '--pid', '--cap-add'], ...effect('execute', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'container.read', programs: CONTAINERS, sub: ['ps', 'images', 'inspect', 'logs', 'version', 'info', 'stats', 'top', 'history', 'compose ps', 'compose logs', 'compose config', 'compose ls', 'image ls', 'container ls', 'volume ls', 'system df', 'network ls', 'search', 'port', 'diff', 'manifest inspect', 'context ls', 'events'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'container.login', programs: CONTAINERS, sub: ['login'], ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'container.build', programs: CONTAINERS, sub: ['build', 'buildx build', 'tag', 'pull', 'image pull', 'image build', 'compose build', 'compose pull', 'commit', 'load', 'import', 'save', 'export', 'create', 'volume create', 'network create'], ...effect('write', 'reversible', 0.2, 'trivial') },
  { id: 'container.stop', programs: CONTAINERS, sub: ['stop', 'kill', 'restart', 'pause', 'unpause', 'compose stop', 'compose down', 'compose restart', 'down'], ...effect('execute', 'reversible', 0.35, 'limited') },
  { id: 'container.run', programs: CONTAINERS, ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'cluster.delete_wide', programs: KUBE, sub: ['delete'], operands: words('namespace namespaces ns pv pvc persistentvolume persistentvolumeclaim crd node nodes'), ...effect('delete', 'irreversible', 0.85, 'severe'), shared: true },
  { id: 'cluster.delete_wide', programs: KUBE, sub: ['delete'], flags: ['--all', '-A', '--all-namespaces'], ...effect('delete', 'irreversible', 0.85, 'severe'), shared: true },
  { id: 'cluster.delete', programs: KUBE, sub: ['delete', 'drain'], ...effect('delete', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'cluster.read', programs: KUBE, sub: ['rollout status', 'rollout history', 'config view', 'config get-contexts', 'config current-context', 'auth can-i', 'auth whoami'], ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'cluster.forward', programs: KUBE, sub: ['port-forward', 'proxy'], ...effect('network', 'reversible', 0.25, 'trivial') },
  { id: 'cluster.read_secret', programs: KUBE, sub: ['get', 'describe'], operands: ['secret', 'secrets'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'cluster.read', programs: [...KUBE, 'helm'], sub: words('get describe logs top explain version api-resources cluster-info diff list status show template lint search history'), ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'cluster.execute', programs: KUBE, sub: words('exec run attach cp port-forward debug'), ...effect('execute', 'conditionally_reversible', 0.4, 'limited'), shared: true },
  { id: 'cluster.delete', programs: ['helm'], sub: ['uninstall', 'delete'], ...effect('delete', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'cluster.change', programs: [...KUBE, 'helm', 'argocd', 'flux'], ...effect('deploy', 'conditionally_reversible', 0.5, 'serious'), shared: true },

  { id: 'infrastructure.destroy', programs: PLANS, sub: ['destroy', 'run-all destroy'], ...effect('delete', 'irreversible', 0.9, 'severe'), shared: true },
  { id: 'infrastructure.destroy', programs: PLANS, sub: ['apply'], flags: ['-destroy'], ...effect('delete', 'irreversible', 0.9, 'severe'), shared: true },
  { id: 'infrastructure.apply_unreviewed', programs: PLANS, sub: ['apply', 'up', 'deploy'], flags: ['-auto-approve', '--auto-approve', '--yes', '-y', '--require-approval'], ...effect('deploy', 'conditionally_reversible', 0.7, 'severe'), shared: true },
  { id: 'infrastructure.apply', programs: PLANS, sub: ['apply', 'up', 'deploy', 'import', 'taint', 'state rm', 'force-unlock'], ...effect('deploy', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'infrastructure.prepare', programs: PLANS, sub: ['init', 'fmt', 'get', 'workspace new', 'workspace select', 'login', 'synth'], ...effect('write', 'reversible', 0.15, 'trivial') },
  { id: 'infrastructure.read', programs: PLANS, ...effect('read', 'reversible', 0.1, 'none') },

  { id: 'cloud.delete', programs: CLOUDS, verbs: words('delete terminate remove rm rb destroy purge deregister'), ...effect('delete', 'irreversible', 0.8, 'severe'), shared: true },
  { id: 'cloud.list_access', programs: CLOUDS, operands: ['iam', 'secretsmanager', 'secrets', 'keyvault', 'ssm'], verbs: words('list describe'), ...effect('read', 'reversible', 0.2, 'trivial') },
  { id: 'cloud.secret', programs: CLOUDS, operands: ['secretsmanager', 'secrets', 'keyvault', 'iam', 'print-access-token', 'get-access-token', 'ssm'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious'), shared: true },
  { id: 'cloud.read', programs: CLOUDS, verbs: words('get describe list ls show head cat logs info status version help configure'), ...effect('read', 'reversible', 0.1, 'none'), shared: true },
  { id: 'cloud.copy', programs: CLOUDS, verbs: words('cp sync mv rsync'), ...effect('network', 'conditionally_reversible', 0.45, 'limited'), sends: true, shared: true },
  { id: 'cloud.change', programs: CLOUDS, ...effect('deploy', 'conditionally_reversible', 0.5, 'serious'), shared: true },
  { id: 'deploy.check', programs: ['ansible-playbook', 'ansible', 'serverless', 'sls'], flags: ['--check', '--list-tasks', '--list-hosts', '--syntax-check'], ...effect('read', 'reversible', 0.15, 'trivial') },
  { id: 'deploy.tool', programs: words('vercel netlify wrangler firebase serverless sls ansible-playbook ansible cap eb kamal sam amplify railway surge'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious'), shared: true },
];
