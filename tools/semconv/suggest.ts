import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { producersOf } from './definitions.ts';
import { position } from './load.ts';
import { isJsonMap, loadRegistry, mapsIn, text } from './model.ts';
import { memberConstant } from './names.ts';
import { mentions } from './proof.ts';
import { PRODUCER_ROOMS } from './rules/producers.ts';

const ROOT: string = resolve(import.meta.dirname, '../..');

const HELP = `Lists, for each enum member that is still planned, files that may produce it and tests that may prove it.

  npm exec -- node tools/semconv/suggest.ts                      list
  npm exec -- node tools/semconv/suggest.ts --write KEY [KEY …]  name the first producer and test in the model, for
                                                                 each member of these attributes that has both

Only somebody who has read the file can say that it really produces the value: look before you write.
`;

const isTest = (path: string): boolean => path.endsWith('.test.ts');

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (name === 'node_modules' || name === 'fixtures') return [];
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.(?:ts|ya?ml)$/.test(name) && !name.endsWith('.generated.ts') ? [relative(ROOT, path)] : [];
  });
}

interface Planned {
  readonly key: string;
  readonly id: string;
  readonly value: string;
  readonly room: string;
  readonly file: string;
  readonly line: number;
}

function plannedMembers(): Planned[] {
  return loadRegistry(join(ROOT, 'semconv/model')).items.attributes.flatMap(attribute => {
    const type = attribute['type'];
    return (isJsonMap(type) ? mapsIn(type['members']) : []).flatMap(member =>
      producersOf(member)
        .filter(producer => text(producer['planned']) !== '')
        .map(producer => ({
          key: text(attribute['key']),
          id: text(member['id']),
          value: text(member['value']),
          room: text(producer['planned']),
          ...position(producer),
        })),
    );
  });
}

/** Replaces one `{ planned: … }` on its line. Returns false where the line does not hold it in that form. */
function replacePlan(member: Planned, by: string, test: string): boolean {
  const path = resolve(ROOT, member.file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const line = lines[member.line - 1] ?? '';
  const plan = `{ planned: ${member.room} }`;
  if (!line.includes(plan)) return false;
  lines[member.line - 1] = line.replace(plan, `{ by: ${by}, test: ${test} }`);
  writeFileSync(path, lines.join('\n'));
  return true;
}

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  process.chdir(ROOT);
  const inRooms = PRODUCER_ROOMS.flatMap(room => filesBelow(join(ROOT, room)));
  const tests = [...inRooms, ...filesBelow(join(ROOT, 'test'))].filter(isTest);
  for (const member of plannedMembers()) {
    const constant = memberConstant(member.key, member.id);
    const holds = (path: string): boolean => mentions(join(ROOT, path), member.value, constant);
    const inPlan = (path: string): number => (path.startsWith(`${member.room}/`) ? 0 : 1);
    const nearest = (a: string, b: string): number => inPlan(a) - inPlan(b);
    const producers = inRooms.filter(path => !isTest(path) && holds(path)).sort(nearest);
    const proofs = tests.filter(holds).sort(nearest);
    console.log(`${member.file}:${member.line}: ${member.key} = ${member.value} (planned: ${member.room})`);
    console.log(`  by:   ${producers.join(' ') || '-'}\n  test: ${proofs.join(' ') || '-'}`);
    const [by] = producers;
    const [test] = proofs;
    if (!values.write || !positionals.includes(member.key) || !by || !test) continue;
    console.log(replacePlan(member, by, test) ? '  written' : '  not written: edit that line by hand');
  }
}

run();
