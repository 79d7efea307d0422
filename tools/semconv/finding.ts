import { position } from './load.ts';

/** Every rule and what it demands, one sentence each. `npm run semconv:check -- --help` prints this table. */
export const RULES = {
  'yaml-syntax': 'A file is YAML, and no mapping holds a key twice.',
  'file-format':
    'A definition file starts with `file_format: definition/2`; nothing else lies below the registry root.',
  'unknown-key': 'A definition holds only the keys that its kind has.',
  'missing-key': 'A definition holds every key that its kind requires.',
  'wrong-shape': 'A value has the shape that its key requires (text, list, mapping).',
  'inline-attribute':
    'Attributes are defined under `attributes:` of a file; signals and groups only refer to them.',
  'attribute-type': 'The type of an attribute is one that the format has.',
  'any-type': 'No attribute has the type `any`: a value that nobody can describe cannot be checked.',
  'stability-value': 'Stability is development, alpha, beta, release_candidate or stable.',
  'requirement-level':
    'A reference is required, recommended, opt_in, or conditionally_required with a condition.',
  'requirement-text': 'The text of a requirement level is a sentence: capital letter first, period last.',
  'signal-requirement-level': 'A signal states its own requirement level, recommended or opt_in.',
  instrument: 'The instrument of a metric is counter, updowncounter, gauge or histogram.',
  'span-kind': 'The kind of a span is client, server, producer, consumer or internal.',
  'deprecated-shape': 'Deprecation is a mapping with a reason and what the reason needs.',
  'manifest-missing': 'The root of a registry holds one manifest.yaml.',
  'manifest-key': 'The manifest holds only keys that the format has.',
  'schema-url': 'A schema URL is http(s) and ends in a version number.',
  'dependency-schema-url': 'A dependency states its schema URL.',
  'undeclared-dependency': 'A key of another registry needs that registry among the dependencies.',
  'import-unmatched': 'An import matches something.',
  'attribute-name':
    'A key consists of lower-case words joined by single dots or underscores, none starting with a digit first.',
  'attribute-namespace': 'A key has a namespace.',
  'signal-name': 'The name of a signal has the form of a key.',
  'member-id': 'The id of a member has the form of a key.',
  'attribute-prefix': 'No key is the namespace of another key.',
  'metric-prefix': 'No metric name is the namespace of another metric name.',
  'event-prefix': 'No event name is the namespace of another event name.',
  'shared-name': 'An event or metric is not named as an attribute.',
  'constant-collision': 'No two names give the same constant.',
  'own-upstream-key': 'No key or name of an upstream registry is defined again.',
  'duplicate-attribute': 'A key is defined once.',
  'duplicate-signal': 'A signal is defined once.',
  'duplicate-group': 'An attribute group is defined once.',
  'duplicate-refinement': 'The id of a refinement is used once and is not the name of a signal.',
  'duplicate-ref': 'A signal or group refers to a key once.',
  'duplicate-in-groups': 'No two groups of a signal carry the same key.',
  'dangling-ref': 'A reference leads to a key of this registry or of a dependency.',
  'excluded-ref': 'No reference leads to a key that its registry excludes.',
  'dangling-group': 'A group reference leads to a group of this registry.',
  'group-cycle': 'No group contains itself.',
  'dangling-refinement': 'A refinement refines a signal that exists.',
  'unknown-entity': 'An associated entity is defined here or imported.',
  'unused-attribute': 'A signal uses each attribute.',
  'empty-enum': 'An enum has members.',
  'member-stability': 'A member states its stability.',
  'member-type': 'The values of an enum are all strings or all integers.',
  'duplicate-member': 'The ids and the values of the members of an enum are unique.',
  'other-member':
    'The member `{id: other, value: _OTHER}` stands in the enums that are marked `open`, and only there.',
  'example-missing': 'An attribute has examples, unless it is an enum or a boolean.',
  'example-type': 'An example has the type of its attribute; an example of an array is an array.',
  'empty-brief': 'A brief says something.',
  'metric-brief': 'The brief of a metric ends with a period.',
  'score-type': 'A score is a double.',
  'score-range':
    'A double states its range, in its note and as `annotations: {alignment: {range: [MIN, MAX]}}`.',
  'stability-raised': 'Neither a reference nor a refinement raises the stability of what it refers to.',
  'signal-stability': 'A signal is not more stable than the attributes it carries, opt_in ones aside.',
  'renamed-to': 'A renamed attribute leads to one that exists and is not deprecated.',
  'member-producer': 'A member names what produces it: `{by: FILE, test: FILE}` or `{planned: FOLDER}`.',
  'producer-room':
    'A producer is a dialect, a rule or an adapter; what writes any value it is given produces none.',
  'producer-proof': 'The file of a producer and its test exist, and both contain the value or its constant.',
  'removed-attribute': 'No attribute of the baseline is gone.',
  'removed-member': 'No member of the baseline is gone.',
  'removed-signal': 'No event, metric or span of the baseline is gone.',
} as const;

export type RuleId = keyof typeof RULES;

/** One broken rule at one place. */
export interface Finding {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly rule: RuleId;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Notes a finding at an object or array of a loaded file, or at its child under `key`. */
export type Report = (
  rule: RuleId,
  at: object,
  key: string | number | undefined,
  message: string,
  fix: string,
) => void;

/** A `Report` that fills `findings`. */
export const reportInto =
  (findings: Finding[]): Report =>
  (rule, at, key, message, fix) => {
    findings.push({ ...position(at, key), rule, message, fix });
  };

export const formatFinding = ({ file, line, rule, message, fix }: Finding): string =>
  `${file}:${line}: ${rule}: ${message}; ${fix}`;
