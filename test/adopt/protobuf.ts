/** A field of a message: its name in OTLP/JSON, and what it holds. */
type Field =
  | {
      readonly name: string;
      readonly type: 'string' | 'hex' | 'varint' | 'bool' | 'fixed64' | 'double' | 'bytes';
    }
  | { readonly name: string; readonly type: keyof typeof MESSAGES; readonly many?: true };

/** The messages of an OTLP trace request, as far as they are compared; by field number, after opentelemetry-proto 1.x. */
// biome-ignore format: tables, one row a field
const MESSAGES = {
  request: { 1: { name: 'resourceSpans', type: 'resourceSpans', many: true } },
  resourceSpans: { 1: { name: 'resource', type: 'resource' }, 2: { name: 'scopeSpans', type: 'scopeSpans', many: true } },
  resource: { 1: { name: 'attributes', type: 'keyValue', many: true } },
  scopeSpans: { 1: { name: 'scope', type: 'scope' }, 2: { name: 'spans', type: 'span', many: true } },
  scope: { 1: { name: 'name', type: 'string' }, 2: { name: 'version', type: 'string' } },
  span: {
    1: { name: 'traceId', type: 'hex' },
    2: { name: 'spanId', type: 'hex' },
    4: { name: 'parentSpanId', type: 'hex' },
    5: { name: 'name', type: 'string' },
    6: { name: 'kind', type: 'varint' },
    9: { name: 'attributes', type: 'keyValue', many: true },
    11: { name: 'events', type: 'event', many: true },
    13: { name: 'links', type: 'link', many: true },
    15: { name: 'status', type: 'status' },
  },
  event: { 2: { name: 'name', type: 'string' }, 3: { name: 'attributes', type: 'keyValue', many: true } },
  link: { 1: { name: 'traceId', type: 'hex' }, 2: { name: 'spanId', type: 'hex' } },
  status: { 2: { name: 'message', type: 'string' }, 3: { name: 'code', type: 'varint' } },
  keyValue: { 1: { name: 'key', type: 'string' }, 2: { name: 'value', type: 'anyValue' } },
  anyValue: {
    1: { name: 'stringValue', type: 'string' },
    2: { name: 'boolValue', type: 'bool' },
    3: { name: 'intValue', type: 'varint' },
    4: { name: 'doubleValue', type: 'double' },
    5: { name: 'arrayValue', type: 'arrayValue' },
    6: { name: 'kvlistValue', type: 'kvlistValue' },
    7: { name: 'bytesValue', type: 'bytes' },
  },
  arrayValue: { 1: { name: 'values', type: 'anyValue', many: true } },
  kvlistValue: { 1: { name: 'values', type: 'keyValue', many: true } },
} as const satisfies Record<string, Readonly<Record<number, { name: string; type: string; many?: true }>>>;

type Message = Record<string, unknown>;

/** An OTLP trace request in protobuf, as OTLP/JSON would write it. */
export const decodeTraces = (bytes: Buffer): Message => read(bytes, 'request');

function read(bytes: Buffer, type: keyof typeof MESSAGES): Message {
  const fields = MESSAGES[type] as Readonly<Record<number, Field>>;
  const message: Message = {};
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('the request ends in the middle of a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const field = fields[tag >> 3];
    const wire = tag & 7;
    const raw = wire === 0 ? varint() : wire === 1 ? take(8) : wire === 5 ? take(4) : take(Number(varint()));
    if (field === undefined) continue;
    const value = fieldValue(raw, field.type);
    if ('many' in field) message[field.name] = [...((message[field.name] as unknown[]) ?? []), value];
    else message[field.name] = value;
  }
  return message;
}

function fieldValue(raw: bigint | Buffer, type: Field['type']): unknown {
  if (typeof raw === 'bigint') return type === 'bool' ? raw !== 0n : Number(BigInt.asIntN(64, raw));
  if (type === 'string') return raw.toString('utf8');
  if (type === 'hex') return raw.toString('hex');
  if (type === 'bytes') return raw.toString('base64');
  if (type === 'double') return raw.readDoubleLE();
  if (type === 'fixed64') return String(raw.readBigUInt64LE());
  return read(raw, type as keyof typeof MESSAGES);
}
