import { existsSync } from 'node:fs';
import { posix, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { ours, strings } from '../definitions.ts';
import type { Json, JsonMap } from '../load.ts';
import { isJsonMap, mapsIn, text } from '../model.ts';
import { memberConstant } from '../names.ts';
import { mentions } from '../proof.ts';

/** The rooms whose files may produce a value: dialects, rules, adapters and what maps or derives. */
export const PRODUCER_ROOMS: readonly string[] = [
  'collector-config',
  'semconv/dialects',
  'src/analysis',
  'src/assess',
  'src/calibration',
  'src/dialects',
  'src/processor',
  'src/sessions',
  'src/step',
  'src/taps',
];

function roomOf(path: string): string | undefined {
  const clean = posix.normalize(path);
  return PRODUCER_ROOMS.find(room => clean === room || clean.startsWith(`${room}/`));
}

function refuse(producer: JsonMap, key: 'by' | 'planned', report: Context['report']): void {
  const path = text(producer[key]);
  const why = path.startsWith('src/signals')
    ? 'a generic emitter writes whatever it is given'
    : 'it holds no dialect, rule or adapter';
  report(
    'producer-room',
    producer,
    key,
    `\`${path}\` is no producer: ${why}`,
    `name a file or folder below ${PRODUCER_ROOMS.join(', ')}`,
  );
}

interface Member {
  readonly key: string;
  readonly id: string;
  readonly value: string;
}

function prove(producer: JsonMap, field: 'by' | 'test', member: Member, { root, report }: Context): void {
  const path = text(producer[field]);
  const full = resolve(root, path);
  if (path === '' || !existsSync(full)) {
    const what = field === 'by' ? 'producer' : 'test';
    const message =
      path === ''
        ? `a producer of \`${member.value}\` names no ${what}`
        : `the ${what} \`${path}\` does not exist`;
    report(
      'producer-proof',
      producer,
      field,
      message,
      'name a file that exists, or write `{planned: FOLDER}`',
    );
    return;
  }
  const constant = memberConstant(member.key, member.id);
  if (mentions(full, member.value, constant)) return;
  report(
    'producer-proof',
    producer,
    field,
    `\`${path}\` contains neither the value \`${member.value}\` nor ${constant}`,
    'name the file that does, or remove the member',
  );
}

function checkProducer(producer: JsonMap, member: Member, context: Context): void {
  const { report } = context;
  const keys = Object.keys(producer).sort().join(' ');
  if (keys === 'planned') {
    if (!PRODUCER_ROOMS.includes(text(producer['planned']))) refuse(producer, 'planned', report);
  } else if (keys === 'by test') {
    if (!roomOf(text(producer['by']))) refuse(producer, 'by', report);
    else {
      prove(producer, 'by', member, context);
      prove(producer, 'test', member, context);
    }
  } else {
    report(
      'member-producer',
      producer,
      undefined,
      `a producer of \`${member.value}\` has the keys ${keys || '(none)'}`,
      'write `{by: FILE, test: FILE}` or `{planned: FOLDER}`',
    );
  }
}

function producersAt(member: JsonMap): Json | undefined {
  return ours(member)['producers'];
}

/** Every member of an enum is produced somewhere, or is a word that was given. */
export function producers(context: Context): void {
  for (const attribute of context.registry.items.attributes) {
    const type = attribute['type'];
    const given = strings(ours(attribute)['given']);
    for (const item of isJsonMap(type) ? mapsIn(type['members']) : []) {
      const id = text(item['id']);
      const value = item['value'] === undefined ? id : String(item['value']);
      const list = producersAt(item);
      if (mapsIn(list).length === 0) {
        if (given.includes(value)) continue;
        context.report(
          'member-producer',
          item,
          undefined,
          `nothing is said to produce the value \`${value}\` of \`${text(attribute['key'])}\``,
          'add `annotations: {alignment: {producers: [{by: FILE, test: FILE}]}}`, or `{planned: FOLDER}`',
        );
      }
      for (const producer of mapsIn(list))
        checkProducer(producer, { key: text(attribute['key']), id, value }, context);
    }
  }
}
