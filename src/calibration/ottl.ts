import { rescale } from './methods.ts';
import { interpolate, type Knot } from './piecewise.ts';
import type { Profile } from './profile.ts';
import { range, type Scale } from './scale.ts';

/** Where the Collector finds a profile's native values, beside `alignment.<signal>.native.*` with the profile's scale. */
export interface NativePlace {
  /** Only of this `gen_ai.provider.name`. */
  readonly provider?: string;
  /** An attribute that holds the native value, as `security.risk_score`. */
  readonly attribute?: string;
  /** The `gen_ai.evaluation.name` of evaluation results that hold it. */
  readonly evaluation?: string;
}

type Context = 'span' | 'spanevent' | 'log';

/** What an editor does not show, and what YAML takes for the end of a line beyond those that JSON escapes. */
const HIDDEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;
const text = (value: string): string =>
  JSON.stringify(value).replace(HIDDEN, one => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** In the Collector's configuration a dollar sign begins a variable. */
const yaml = (statement: string): string => `'${statement.replaceAll("'", "''").replaceAll('$', '$$$$')}'`;

/** A literal of OTTL: a point in the mantissa, or it is an integer. */
function literal(value: number): string {
  const [mantissa, exponent] = String(value).split('e') as [string, string?];
  const pointed = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return exponent === undefined ? pointed : `${pointed}e${exponent}`;
}

const NUMBER = '^[ ]*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?[ ]*$';
const WORD = '^[0-9A-Za-z_.+:/-]{1,64}$';

/** Profiles as a configuration of the Collector's transform processor: the processor `transform/profiles`. */
export function collectorProfiles(profiles: readonly (readonly [Profile, NativePlace])[]): string {
  const groups = (context: Context): string =>
    profiles.map(([profile, place]) => groupsOf(context, profile, place)).join('');
  const about = profiles.map(
    ([{ profile_id: id, quality, expires, native_scale: scale, signal }]) =>
      `#   ${text(id)}: ${scale.id} -> ${signal} on the reference scale, grade ${quality.grade}, to ${expires}`,
  );
  return `# Calibration profiles for the OpenTelemetry Collector. Written by otel-alignment calibration to-collector; write it anew instead of editing it.
${about.join('\n')}
#   otelcol-contrib --config alignment.yaml --config <this file>
# In a configuration of your own: put transform/profiles into the pipelines of traces and logs, before what reads alignment.risk.score.
# After its last day, and without a grade, a profile is not used: the range of its scale is, with the status "declared".

processors:
  transform/profiles:
    error_mode: ignore
    trace_statements:
${groups('spanevent')}${groups('span')}    log_statements:
${groups('log')}`;
}

function groupsOf(context: Context, profile: Profile, place: NativePlace): string {
  const { signal, native_scale: scale, profile_id: id, map, expires } = profile;
  const at = `${context}.attributes`;
  const key = (name: string): string => `${at}[${text(`alignment.${signal}.${name}`)}]`;
  const x = `${context}.cache["x"]`;
  const y = `${context}.cache["y"]`;
  const won = `${context}.cache["won"]`;
  // without a grade it never held
  const last = profile.quality.grade === 'none' ? 0 : Date.parse(`${expires}T00:00:00Z`) / 1000 + 86_400;
  const statements = [
    ...clear(context),
    ...nativeOf(context, profile, place),
    ...positionOf(context, scale),
    `set(${context}.cache["valid"], true) where UnixSeconds(Now()) < ${last}`,
    ...mapped(x, y, map.knots, `${context}.cache["valid"] == true`),
    ...mapped(x, y, rescale(scale), `${context}.cache["valid"] == nil`),
  ];
  const results = (to: (name: string) => string): string[] => [
    `delete_key(${context}.cache, "won")`,
    // what is only rescaled leaves a number alone that is there
    `set(${won}, true) where ${y} != nil and (${context}.cache["valid"] == true or ${to('score')} == nil)`,
    ...(scale.type === 'interval'
      ? [
          `set(${to('native.score')}, ${context}.cache["number"]) where ${context}.cache["number"] != nil and ${y} != nil`,
        ]
      : []),
    `set(${to('native.label')}, ${context}.cache["label"]) where ${context}.cache["label"] != nil and ${y} != nil`,
    `set(${to('native.scale')}, ${text(scale.id)}) where ${y} != nil`,
    `set(${to('calibration.status')}, "declared") where ${y} != nil and ${context}.cache["valid"] == nil and (${won} == true or ${to('calibration.status')} == "none")`,
    `set(${to('calibration.status')}, "profiled") where ${y} != nil and ${context}.cache["valid"] == true`,
    `set(${to('calibration.profile.id')}, ${text(id)}) where ${y} != nil and ${context}.cache["valid"] == true`,
    `set(${to('score')}, ${y}) where ${won} == true`,
  ];
  statements.push(...results(key));
  // an evaluation is an event about its span: the span carries the numbers
  if (context === 'spanevent' && place.evaluation !== undefined) {
    const above = (name: string): string => `span.attributes[${text(`alignment.${signal}.${name}`)}]`;
    const evaluation = `spanevent.name == "gen_ai.evaluation.result"`;
    statements.push(
      ...results(above).map(one =>
        one.includes(' where ')
          ? `${one.replace(' where ', ' where (')}) and ${evaluation}`
          : `${one} where ${evaluation}`,
      ),
    );
  }
  if (context === 'span' && signal === 'risk')
    statements.push(
      `set(${at}["alignment.source.type"], "monitor") where ${won} == true and ${at}["alignment.source.type"] != nil`,
      `delete_key(${at}, "alignment.source.version") where ${won} == true`,
      `set(${at}["alignment.source.name"], ${text(scale.id)}) where ${won} == true and ${at}["alignment.source.name"] != nil`,
    );
  return `      - context: ${context}
        conditions: [${yaml(conditionOf(context, profile, place))}]
        statements:
${statements.map(statement => `          - ${yaml(statement)}\n`).join('')}`;
}

const CACHE = ['native', 'number', 'label', 'x', 'y', 'valid', 'won'];
/** One cache serves all groups of a context. */
const clear = (context: Context): string[] =>
  CACHE.map(name => `delete_key(${context}.cache, ${text(name)})`);

function sources(
  context: Context,
  { signal, native_scale: scale }: Profile,
  place: NativePlace,
): [string, string][] {
  const at = `${context}.attributes`;
  const own = (name: string): string => `${at}[${text(`alignment.${signal}.native.${name}`)}]`;
  const found: [string, string][] = [
    [own(scale.type === 'interval' ? 'score' : 'label'), `${own('scale')} == ${text(scale.id)}`],
  ];
  if (place.attribute !== undefined) found.push([`${at}[${text(place.attribute)}]`, '']);
  if (place.evaluation !== undefined && context !== 'span') {
    const kind = scale.type === 'interval' ? 'value' : 'label';
    const name = context === 'log' ? 'log.event_name' : 'spanevent.name';
    found.push([
      `${at}["gen_ai.evaluation.score.${kind}"]`,
      `${name} == "gen_ai.evaluation.result" and ${at}["gen_ai.evaluation.name"] == ${text(place.evaluation)}`,
    ]);
  }
  return found.map(([path, condition]) => [
    path,
    `${path} != nil${condition === '' ? '' : ` and ${condition}`}`,
  ]);
}

function conditionOf(context: Context, profile: Profile, place: NativePlace): string {
  const any = sources(context, profile, place).map(([, condition]) => `(${condition})`);
  const status = `${context}.attributes[${text(`alignment.${profile.signal}.calibration.status`)}]`;
  const provider = `${context === 'spanevent' ? 'span' : context}.attributes["gen_ai.provider.name"]`;
  return [
    `(${any.join(' or ')})`,
    `(${status} == nil or ${status} != "profiled")`,
    ...(place.provider === undefined ? [] : [`${provider} == ${text(place.provider)}`]),
  ].join(' and ');
}

const nativeOf = (context: Context, profile: Profile, place: NativePlace): string[] =>
  sources(context, profile, place).map(
    ([path, condition]) =>
      `set(${context}.cache["native"], ${path}) where ${context}.cache["native"] == nil and ${condition}`,
  );

function positionOf(context: Context, scale: Scale): string[] {
  const cached = (name: string): string => `${context}.cache[${text(name)}]`;
  const [native, number, label, x] = ['native', 'number', 'label', 'x'].map(cached);
  if (scale.type === 'ordinal')
    return [
      `set(${label}, String(${native}))`,
      ...scale.levels.map(
        (level, index) =>
          `set(${x}, ${literal(index)}) where Trim(ConvertCase(${label}, "lower"), " ") == ${text(level.trim().toLowerCase())}`,
      ),
      `set(${label}, "_OTHER") where not IsMatch(${label}, ${text(WORD)})`,
    ];
  const [low, high] = range(scale);
  return [
    `set(${number}, Double(${native})) where IsInt(${native}) or IsDouble(${native})`,
    `set(${number}, Double(Trim(${native}, " "))) where IsString(${native}) and IsMatch(${native}, ${text(NUMBER)})`,
    `set(${x}, ${number}) where ${number} != nil and ${number} >= ${literal(low)} and ${number} <= ${literal(high)}`,
  ];
}

/** A statement a piece; a value on a knot belongs to the piece that it begins. */
function mapped(x: string, y: string, knots: readonly Knot[], when: string): string[] {
  const guard = `${x} != nil and ${when}`;
  const [first, last] = [knots[0]!, knots.at(-1)!];
  const pieces = knots.slice(1).map(([x1], index) => {
    const [x0, y0] = knots[index]!;
    const rise = interpolate(knots, x1) - y0;
    return `set(${y}, ${literal(y0)} + (${x} - ${literal(x0)}) / ${literal(x1 - x0)} * ${literal(rise)}) where ${guard} and ${x} >= ${literal(x0)} and ${x} < ${literal(x1)}`;
  });
  return [
    `set(${y}, ${literal(first[1])}) where ${guard} and ${x} < ${literal(first[0])}`,
    ...pieces,
    `set(${y}, ${literal(last[1])}) where ${guard} and ${x} >= ${literal(last[0])}`,
  ];
}
