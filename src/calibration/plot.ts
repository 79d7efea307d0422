import { declare } from './apply.ts';
import type { Fitted } from './fit.ts';
import { interpolate } from './piecewise.ts';
import type { Profile } from './profile.ts';
import { range, type Scale } from './scale.ts';
import type { Sample } from './select.ts';

const WIDTH = 720;
const HEIGHT = 540;
const LEFT = 70;
const TOP = 88;
const PLOT = { width: WIDTH - LEFT - 30, height: HEIGHT - TOP - 84 };
const STEPS = 100;

/** A picture of the profile as an SVG document: the map, its interval, and the ratings that it was made and verified with. */
export function plotProfile({ profile, samples }: Fitted): string {
  const { native_scale: scale, map, quality, reference, signal } = profile;
  const [low, high] = range(scale);
  const grid = Array.from({ length: STEPS + 1 }, (_, step) => low + ((high - low) * step) / STEPS);
  const x = (at: number): string => (LEFT + (PLOT.width * (at - low)) / (high - low)).toFixed(1);
  const y = (value: number): string => (TOP + PLOT.height * (1 - clamp(value))).toFixed(1);
  const line = (points: readonly (readonly [number, number])[]): string =>
    points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ');
  const mapped = (at: number): number => interpolate(map.knots, at);
  const half = (at: number): number => interpolate(map.interval90, at);
  const upper = grid.map(at => [at, mapped(at) + half(at)] as const);
  const lower = grid.map(at => [at, mapped(at) - half(at)] as const).reverse();
  const declared =
    scale.type === 'ordinal'
      ? []
      : ([low, high] as const).map(at => [at, declare(scale, at).score!] as const);
  const title = `${profile.profile_id}: grade ${quality.grade}`;
  const made = `${map.method}, ${reference.n_anchors} anchors and ${reference.n_verification} verification scenarios of ${reference.set} (${reference.status})`;
  const found = `difference to the panel: mean ${quality.delta_mean.toFixed(3)}, 95 % below ${quality.delta_p95.toFixed(3)}; 90 % interval ± ${quality.interval90_halfwidth.toFixed(3)} on average`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title about" font-family="system-ui, sans-serif" font-size="13" fill="#222">
<title id="title">${text(title)}</title>
<desc id="about">${text(`${made}; ${found}`)}</desc>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="28" font-size="17" font-weight="600">${text(title)}</text>
<text x="${LEFT}" y="47" font-size="12" fill="#555">${text(made)}</text>
<text x="${LEFT}" y="63" font-size="12" fill="#555">${text(found)}</text>
${axes(scale, signal, x, y)}
<polygon points="${line([...upper, ...lower])}" fill="#0072b2" fill-opacity="0.14"/>
${declared.length === 0 ? '' : `<polyline points="${line(declared)}" fill="none" stroke="#777" stroke-dasharray="5 4"/>\n`}<polyline points="${line(grid.map(at => [at, mapped(at)] as const))}" fill="none" stroke="#0072b2" stroke-width="2.5"/>
${samples.anchors.map(sample => dot(sample, x, y)).join('\n')}
${samples.verification.map(sample => diamond(sample, x, y)).join('\n')}
${legend(profile, declared.length > 0)}
</svg>
`;
}

type Coordinate = (value: number) => string;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const text = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const dot = (sample: Sample, x: Coordinate, y: Coordinate): string =>
  `<circle cx="${x(sample.x)}" cy="${y(sample.y)}" r="3.5" fill="#222" fill-opacity="0.55"/>`;

function diamond(sample: Sample, x: Coordinate, y: Coordinate): string {
  const [cx, cy] = [Number(x(sample.x)), Number(y(sample.y))];
  const points = `${cx},${cy - 5.5} ${cx + 5.5},${cy} ${cx},${cy + 5.5} ${cx - 5.5},${cy}`;
  return `<polygon points="${points}" fill="#fff" stroke="#d55e00" stroke-width="1.6"/>`;
}

function axes(scale: Scale, signal: string, x: Coordinate, y: Coordinate): string {
  const rows = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    value =>
      `<line x1="${LEFT}" x2="${LEFT + PLOT.width}" y1="${y(value)}" y2="${y(value)}" stroke="#e4e4e4"/><text x="${LEFT - 8}" y="${Number(y(value)) + 4}" text-anchor="end">${value}</text>`,
  );
  const bottom = TOP + PLOT.height;
  const columns = ticks(scale).map(
    ([at, label]) => `<text x="${x(at)}" y="${bottom + 18}" text-anchor="middle">${text(label)}</text>`,
  );
  return `${rows.join('\n')}
${columns.join('\n')}
<text x="${LEFT + PLOT.width / 2}" y="${bottom + 40}" text-anchor="middle">native score (${text(scale.id)})</text>
<text transform="translate(20 ${TOP + PLOT.height / 2}) rotate(-90)" text-anchor="middle">${signal} on the reference scale</text>`;
}

function ticks(scale: Scale): (readonly [number, string])[] {
  if (scale.type === 'ordinal') {
    const every = Math.ceil(scale.levels.length / 8);
    return scale.levels.flatMap((level, at) => (at % every === 0 ? [[at, level.slice(0, 14)] as const] : []));
  }
  const { min, max } = scale;
  return [0, 0.25, 0.5, 0.75, 1].map(share => {
    const at = min + (max - min) * share;
    return [at, String(Number(at.toPrecision(4)))] as const;
  });
}

function legend({ reference }: Profile, declared: boolean): string {
  const at = HEIGHT - 16;
  const held = reference.n_verification > 0;
  return [
    `<line x1="${LEFT}" x2="${LEFT + 24}" y1="${at - 4}" y2="${at - 4}" stroke="#0072b2" stroke-width="2.5"/><text x="${LEFT + 30}" y="${at}">map, 90 % interval</text>`,
    declared
      ? `<line x1="${LEFT + 170}" x2="${LEFT + 194}" y1="${at - 4}" y2="${at - 4}" stroke="#777" stroke-dasharray="5 4"/><text x="${LEFT + 200}" y="${at}">declared range</text>`
      : '',
    `<circle cx="${LEFT + 322}" cy="${at - 4}" r="3.5" fill="#222" fill-opacity="0.55"/><text x="${LEFT + 332}" y="${at}">anchor</text>`,
    held
      ? `<polygon points="${LEFT + 405},${at - 9.5} ${LEFT + 410.5},${at - 4} ${LEFT + 405},${at + 1.5} ${LEFT + 399.5},${at - 4}" fill="#fff" stroke="#d55e00" stroke-width="1.6"/><text x="${LEFT + 417}" y="${at}">verification</text>`
      : '',
  ].join('');
}
