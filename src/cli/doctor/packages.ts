import { relative } from 'node:path';
import { type Finding, findingsOf } from './finding.ts';
import { type Installed, installedCopies, packageRoot, readPackage, resolvePackage } from './installed.ts';
import { isBefore, type Version, versionOf } from './version.ts';

const OURS = 'otel-alignment';
const API = '@opentelemetry/api';
/** What implements spans: the first is all of 2.x until 2.8, the second from 2.9 on and in 3.x. */
const TRACE_SDKS = ['@opentelemetry/sdk-trace-base', '@opentelemetry/sdk-trace'];
/** Through which an application comes by them. */
const ENTRIES = ['@opentelemetry/sdk-node', '@opentelemetry/sdk-trace-node', ...TRACE_SDKS];
/** Packages that bring an exporter. */
const EXPORTERS = [
  '@opentelemetry/sdk-node',
  '@langfuse/otel',
  '@arizeai/phoenix-otel',
  '@traceloop/node-server-sdk',
  'braintrust',
  'langsmith',
];
const isExporter = (name: string): boolean =>
  EXPORTERS.includes(name) || name.startsWith('@opentelemetry/exporter-trace-');

const { ok, note, warning, problem } = findingsOf('packages');
const exact = ({ version }: Installed): Version => versionOf(version) ?? [0, 0, 0];

/** What the packages of an application say, and the major version of its SDK. */
export interface PackagesReport {
  readonly findings: readonly Finding[];
  readonly sdkMajor?: number;
}

/** Looks at the packages that an application in `folder` would load. Nothing is run. */
export function checkPackages(folder: string): PackagesReport {
  const root = packageRoot(folder);
  if (root === undefined)
    return {
      findings: [note('packages', `${folder} holds no application on Node: its packages are not looked at`)],
    };
  const { copies, complete } = installedCopies(
    root,
    name => name === API || TRACE_SDKS.includes(name) || isExporter(name),
    [OURS, API, ...ENTRIES],
  );
  const shown = (path: string): string => relative(root, path) || '.';
  const ours = oursOf(root);
  const sdks = copies.filter(({ name }) => TRACE_SDKS.includes(name));
  const used = new Set(ENTRIES.flatMap(entry => implementedBy(root, entry)));
  const [main] = sdks.filter(sdk => used.has(sdk.folder));
  return {
    findings: [
      ...(complete ? [] : [note('packages.many', 'there are more packages than were looked at')]),
      checkOurs(ours),
      ...checkSdks(sdks, used, shown),
      ...checkApi(root, ours, sdks, used, copies, shown),
      checkExporters(copies),
    ],
    ...(main === undefined ? {} : { sdkMajor: exact(main)[0] }),
  };
}

/** The package itself is its own application in a checkout of it. */
function oursOf(root: string): Installed | undefined {
  const own = readPackage(root);
  return own?.name === OURS ? own : resolvePackage(root, OURS);
}

/** The real folders of the copies that a package of the application makes its spans with. */
function implementedBy(root: string, entry: string): string[] {
  const found = resolvePackage(root, entry);
  if (found === undefined) return [];
  const inner = TRACE_SDKS.map(name => resolvePackage(found.folder, name)?.folder).filter(
    one => one !== undefined,
  );
  return TRACE_SDKS.includes(entry) ? [found.folder] : inner;
}

function checkOurs(ours: Installed | undefined): Finding {
  return ours === undefined
    ? problem('packages.otel-alignment', `${OURS} is not installed here`, `npm install ${OURS}`)
    : ok('packages.otel-alignment', `${OURS} ${ours.version}`);
}

function checkSdks(
  sdks: readonly Installed[],
  used: ReadonlySet<string>,
  shown: (path: string) => string,
): Finding[] {
  if (sdks.length === 0)
    return [
      problem(
        'packages.sdk',
        'no OpenTelemetry SDK is installed: nothing records spans',
        'npm install @opentelemetry/sdk-node, or the package of your tracing vendor',
      ),
    ];
  const told = ({ name, version }: Installed): string => `${name} ${version}`;
  const isOld = (sdk: Installed): boolean => isBefore(exact(sdk), [2, 3]);
  const findings = sdks.filter(isOld).map(sdk => {
    const what = `${told(sdk)} (${shown(sdk.path)}) never calls onEnding, so a span processor of ours would write nothing`;
    const around = `load ${OURS}/register before it: node --import ${OURS}/register app.js`;
    return used.has(sdk.folder)
      ? problem('packages.sdk', what, `update it to 2.3 or later, or ${around}`)
      : warning(
          'packages.sdk',
          `${what}; it is another package's own copy`,
          `where that package starts the SDK, ${around}`,
        );
  });
  const good = sdks.filter(sdk => !isOld(sdk));
  const own = new Set(good.filter(sdk => used.has(sdk.folder)).map(told));
  const others = new Set(good.map(told).filter(text => !own.has(text)));
  const brought = others.size === 0 ? '' : `other packages bring ${[...others].join(', ')}`;
  if (own.size > 0)
    findings.push(ok('packages.sdk', [[...own].join(', '), brought].filter(Boolean).join('; ')));
  else if (brought !== '') findings.push(ok('packages.sdk', brought));
  return findings;
}

function checkApi(
  root: string,
  ours: Installed | undefined,
  sdks: readonly Installed[],
  used: ReadonlySet<string>,
  copies: readonly Installed[],
  shown: (path: string) => string,
): Finding[] {
  const apis = copies.filter(({ name }) => name === API);
  const own = ours === undefined ? resolvePackage(root, API) : resolvePackage(ours.folder, API);
  if (own === undefined) return [problem('packages.api', `${API} is not installed`, `npm install ${API}`)];
  if (isBefore(exact(own), [1, 9]))
    return [problem('packages.api', `${API} ${own.version} is too old`, `npm install ${API}@^1.9.0`)];
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const sdk of sdks) {
    const theirs = resolvePackage(sdk.folder, API);
    if (theirs === undefined || theirs.version === own.version || told.has(theirs.version)) continue;
    told.add(theirs.version);
    const what = `${OURS} loads ${API} ${own.version} (${shown(own.path)}), ${sdk.name} ${sdk.version} loads ${theirs.version} (${shown(theirs.path)})`;
    const mend = `make it one version: npm install ${API}@${theirs.version}, then npm dedupe; npm ls ${API} shows who asks for which`;
    // a copy serves readers of its own minor version and of older ones
    findings.push(
      exact(own)[1] > exact(theirs)[1] && used.has(sdk.folder)
        ? problem(
            'packages.api',
            `${what}: the older one does not serve the newer, so no span is found`,
            mend,
          )
        : warning('packages.api', what, mend),
    );
  }
  if (findings.length > 0) return findings;
  const versions = new Set(apis.map(({ version }) => version));
  return [
    versions.size > 1
      ? note(
          'packages.api',
          `${API} ${own.version} for both; there are other copies: ${[...versions].sort().join(', ')}`,
        )
      : ok(
          'packages.api',
          `${API} ${own.version}${apis.length > 1 ? `, ${apis.length} copies of one version` : ''}`,
        ),
  ];
}

function checkExporters(copies: readonly Installed[]): Finding {
  const names = [...new Set(copies.map(({ name }) => name).filter(isExporter))].sort();
  return names.length === 0
    ? warning(
        'packages.exporter',
        'no package that exports spans is installed',
        'npm install @opentelemetry/exporter-trace-otlp-http, or use @opentelemetry/sdk-node, which brings it',
      )
    : ok('packages.exporter', `exporters: ${names.join(', ')}`);
}
