/** Draws a stitched session: one line a fragment, under the one that it follows, in the colour of who reported it. */

interface Drawn {
  readonly id: string;
  readonly parent: string;
  readonly text: string;
  readonly events: readonly string[];
  readonly contributor: string;
  readonly start: bigint;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON as it comes
type Json = any;
const COLOURS = ['#1a7f5a', '#7a4fb5', '#b5642b', '#2b6cb0'];
const ROW = 26;
const INDENT = 26;
const WIDTH = 760;

function read(session: Json): Drawn[] {
  return session.resourceSpans.flatMap((group: Json) => {
    const named = group.resource.attributes.find((one: Json) => one.key === 'alignment.contributor.id');
    const contributor = named?.value.stringValue ?? 'layer';
    return group.scopeSpans[0].spans.map((span: Json): Drawn => {
      const value = (key: string) => span.attributes.find((one: Json) => one.key === key)?.value;
      const edge = value('alignment.fragment.edge')?.stringValue;
      const risk = value('alignment.fragment.risk_bucket')?.intValue;
      const both = value('alignment.fragment.corroborated')?.boolValue === true ? ', both sides' : '';
      const words = [edge && `${edge}${both}`, risk && `risk ${risk} of 4`].filter(Boolean);
      return {
        id: span.spanId,
        parent: span.parentSpanId ?? '',
        text: span.name + (words.length > 0 ? ` (${words.join('; ')})` : ''),
        events: (span.events ?? []).map((event: Json) => event.name.replace('alignment.', '')),
        contributor,
        start: BigInt(span.startTimeUnixNano),
      };
    });
  });
}

export function picture(session: Json): string {
  const spans = read(session);
  const contributors = [...new Set(spans.map(span => span.contributor))]
    .filter(one => one !== 'layer')
    .sort();
  const rows: { span: Drawn; depth: number }[] = [];
  const place = (parent: string, depth: number): void => {
    const children = spans.filter(span => span.parent === parent).sort((a, b) => Number(a.start - b.start));
    for (const span of children) {
      rows.push({ span, depth });
      place(span.id, depth + 1);
    }
  };
  place('', 0);
  const colour = (name: string) => COLOURS[contributors.indexOf(name)] ?? '#57606a';
  const body = rows.map(({ span, depth }, i) => {
    const [x, y] = [20 + depth * INDENT, 60 + i * ROW];
    const signals =
      span.events.length > 0 ? `<tspan dx="8" fill="#b3261e">${span.events.join(', ')}</tspan>` : '';
    return `<circle cx="${x}" cy="${y - 4}" r="6" fill="${colour(span.contributor)}"/><text x="${x + 14}" y="${y}">${span.text}${signals}</text>`;
  });
  const legend = ['layer', ...contributors].map(
    (name, i) =>
      `<circle cx="${20 + i * 130}" cy="20" r="6" fill="${colour(name)}"/><text x="${34 + i * 130}" y="24">${name}</text>`,
  );
  const height = 60 + rows.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="14" fill="#1f2328">
<title>A session of two providers, as the layer has it</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${[...legend, ...body].join('\n')}
</svg>
`;
}
