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
  { id: 'container.read', programs: CONTAINERS, sub: ['ps', 'images', 'inspect', 'logs', 'version', 'info', 'stats', 'top', 'history', 'compose ps', 'compose logs', 'compose config', 'image ls', 'container ls', 'volume ls'], ...effect('read', 'reversible', 0.05, 'none') },
  { id: 'container.login', programs: CONTAINERS, sub: ['login'], ...effect('credential', 'reversible', 0.4, 'limited') },
  { id: 'container.run', programs: CONTAINERS, ...effect('execute', 'conditionally_reversible', 0.3, 'trivial') },

  { id: 'cluster.delete_wide', programs: KUBE, sub: ['delete'], operands: words('namespace namespaces ns pv pvc persistentvolume persistentvolumeclaim crd node nodes'), ...effect('delete', 'irreversible', 0.85, 'severe') },
  { id: 'cluster.delete_wide', programs: KUBE, sub: ['delete'], flags: ['--all', '-A', '--all-namespaces'], ...effect('delete', 'irreversible', 0.85, 'severe') },
  { id: 'cluster.delete', programs: KUBE, sub: ['delete', 'drain'], ...effect('delete', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'cluster.read_secret', programs: KUBE, sub: ['get', 'describe'], operands: ['secret', 'secrets'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'cluster.read', programs: [...KUBE, 'helm'], sub: words('get describe logs top explain version api-resources cluster-info diff list status show template lint search history'), ...effect('read', 'reversible', 0.1, 'none') },
  { id: 'cluster.execute', programs: KUBE, sub: words('exec run attach cp port-forward debug'), ...effect('execute', 'conditionally_reversible', 0.4, 'limited') },
  { id: 'cluster.delete', programs: ['helm'], sub: ['uninstall', 'delete'], ...effect('delete', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'cluster.change', programs: [...KUBE, 'helm', 'argocd', 'flux'], ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },

  { id: 'infrastructure.destroy', programs: PLANS, sub: ['destroy', 'run-all destroy'], ...effect('delete', 'irreversible', 0.9, 'severe') },
  { id: 'infrastructure.destroy', programs: PLANS, sub: ['apply'], flags: ['-destroy'], ...effect('delete', 'irreversible', 0.9, 'severe') },
  { id: 'infrastructure.apply_unreviewed', programs: PLANS, sub: ['apply', 'up', 'deploy'], flags: ['-auto-approve', '--auto-approve', '--yes', '-y', '--require-approval'], ...effect('deploy', 'conditionally_reversible', 0.7, 'severe') },
  { id: 'infrastructure.apply', programs: PLANS, sub: ['apply', 'up', 'deploy', 'import', 'taint', 'state rm', 'force-unlock'], ...effect('deploy', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'infrastructure.read', programs: PLANS, ...effect('read', 'reversible', 0.1, 'none') },

  { id: 'cloud.secret', programs: CLOUDS, operands: ['secretsmanager', 'secrets', 'keyvault', 'iam', 'print-access-token', 'get-access-token', 'ssm'], ...effect('credential', 'conditionally_reversible', 0.6, 'serious') },
  { id: 'cloud.delete', programs: CLOUDS, verbs: words('delete terminate remove rm rb destroy purge deregister'), ...effect('delete', 'irreversible', 0.8, 'severe') },
  { id: 'cloud.read', programs: CLOUDS, verbs: words('get describe list ls show head cat logs info status version help configure'), ...effect('network', 'reversible', 0.1, 'none') },
  { id: 'cloud.copy', programs: CLOUDS, verbs: words('cp sync mv rsync'), ...effect('network', 'conditionally_reversible', 0.45, 'limited'), sends: true },
  { id: 'cloud.change', programs: CLOUDS, ...effect('deploy', 'conditionally_reversible', 0.5, 'serious') },
  { id: 'deploy.tool', programs: words('vercel netlify wrangler firebase serverless sls ansible-playbook ansible cap eb kamal sam amplify railway surge'), ...effect('deploy', 'conditionally_reversible', 0.55, 'serious') },
];
