/// <reference lib="dom" />
import type { SessionRow } from '../../../analysis/index.ts';
import { autonomyWords, counted, interventionsWords, moment, score } from '../words.ts';
import { axisStyle, draw, type Palette, TOOLTIP } from './charts.ts';
import { h } from './dom.ts';
import type { Point, State } from './state.ts';

const RISK_BANDS = [0, 0.1, 0.4, 0.7, 0.9, 1];
const AUTONOMY_BANDS = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1];
/** More sessions than that are drawn as one. */
const MANY = 2000;
/** How far points that would cover each other are moved apart. */
const SPREAD = { x: 0.035, y: 0.012 };

export interface Selection {
  readonly session: number;
  /** The step, where one was chosen. */
  readonly spanId?: string;
}

/** Autonomy to the right, risk upward, every session and step. */
export function drawQuadrant(state: State, select: (selection: Selection) => void): void {
  const placed = state.sessions.flatMap((row, session) =>
    row.risk === undefined || row.autonomy === undefined ? [] : [{ row, session }],
  );
  draw(
    'quadrant',
    colours => options(state, placed, colours),
    ({ seriesId, dataIndex }) => {
      if (seriesId === 'sessions' || seriesId === 'worst') {
        const chosen = partOf(placed, seriesId === 'worst')[dataIndex];
        if (chosen !== undefined) select({ session: chosen.session });
      }
      const point = seriesId === 'steps' ? state.points[dataIndex] : undefined;
      if (point !== undefined && point.session >= 0)
        select({ session: point.session, ...(point.spanId === undefined ? {} : { spanId: point.spanId }) });
    },
  );
}

type Placed = readonly { readonly row: SessionRow; readonly session: number }[];
const partOf = (placed: Placed, worst: boolean): Placed =>
  placed.filter(({ row }) => row.upperRight > 0 === worst);

function options(state: State, placed: Placed, colours: Palette) {
  const { thresholds, density } = state.data;
  const style = axisStyle(colours);
  const spread = (risk: number, autonomy: number, key: number): [number, number] => [
    apart(autonomy, key, SPREAD.x, thresholds.autonomy),
    apart(risk, key + 0.5, SPREAD.y, thresholds.risk),
  ];
  const axis = (name: string, bands: readonly number[]) => ({
    ...style,
    type: 'value',
    min: 0,
    max: 1,
    name,
    nameLocation: 'middle',
    nameGap: 34,
    axisTick: { ...style.axisTick, customValues: bands },
    axisLabel: { ...style.axisLabel, customValues: bands },
    splitLine: { show: false },
  });
  const sessionPoints = (worst: boolean) =>
    partOf(placed, worst).map(({ row, session }) => spread(row.risk ?? 0, row.autonomy ?? 0, session));
  return {
    grid: { left: 56, right: 18, top: 40, bottom: 52 },
    legend: {
      top: 0,
      left: 56,
      itemWidth: 14,
      textStyle: { color: colours.text },
      inactiveColor: colours.line,
      selectedMode: 'multiple',
    },
    tooltip: { ...TOOLTIP, trigger: 'item', formatter: (shown: unknown) => tip(state, placed, shown) },
    xAxis: axis('Autonomy: how much the agent decides alone', AUTONOMY_BANDS),
    yAxis: axis('Risk: what could go wrong', RISK_BANDS),
    series: [
      ...(density === undefined ? [] : [grid(density.size, density.counts, colours)]),
      {
        id: 'steps',
        name: density === undefined ? 'Steps' : 'Most severe steps',
        type: 'scatter',
        symbolSize: state.points.length > 1000 ? 5 : 8,
        large: true,
        largeThreshold: 4000,
        itemStyle: { color: colours.step, opacity: 0.45 },
        data: state.points.map((point, i) => spread(point.risk, point.autonomy, i)),
        markArea: {
          silent: true,
          itemStyle: { color: colours.alarmSoft },
          label: { color: colours.alarm, fontWeight: 'bold', position: 'insideTopRight' },
          data: [
            [
              { name: 'High risk × high autonomy', coord: [thresholds.autonomy, thresholds.risk] },
              { coord: [1, 1] },
            ],
          ],
        },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: colours.line, type: 'dashed' },
          data: [{ xAxis: thresholds.autonomy }, { yAxis: thresholds.risk }],
        },
      },
      {
        id: 'sessions',
        name: 'Sessions',
        type: 'scatter',
        symbol: 'circle',
        symbolSize: placed.length > MANY ? 6 : 10,
        large: placed.length > MANY,
        largeThreshold: MANY,
        itemStyle: { color: colours.person, opacity: 0.75, borderColor: colours.surface, borderWidth: 1 },
        data: sessionPoints(false),
      },
      {
        id: 'worst',
        name: 'Sessions in the upper right',
        type: 'scatter',
        symbol: 'diamond',
        symbolSize: 16,
        itemStyle: { color: colours.alarm, opacity: 0.9, borderColor: colours.surface, borderWidth: 1 },
        data: sessionPoints(true),
        z: 5,
      },
    ],
  };
}

/** The same place for the same point every time, never on the other side of a threshold, never outside. */
function apart(value: number, key: number, width: number, threshold: number): number {
  const fraction = (Math.sin((key + 1) * 12.9898) * 43_758.5453) % 1;
  const moved = Math.min(1, Math.max(0, value + fraction * width));
  if (value >= threshold) return Math.max(moved, threshold + 0.005);
  return Math.min(moved, threshold - 0.005);
}

function grid(size: number, counts: readonly number[], colours: Palette) {
  const most = Math.max(1, ...counts);
  const cells = counts.flatMap((count, at) =>
    count === 0 ? [] : [[(at % size) / size, Math.floor(at / size) / size, count]],
  );
  return {
    id: 'density',
    name: 'All steps, by number',
    type: 'custom',
    silent: false,
    itemStyle: { color: colours.step },
    data: cells,
    encode: { x: 0, y: 1 },
    renderItem: (_: unknown, api: { value(i: number): number; coord(at: number[]): [number, number] }) => {
      const [x, y] = [api.value(0), api.value(1)];
      const [left, bottom] = api.coord([x, y]);
      const [right, top] = api.coord([x + 1 / size, y + 1 / size]);
      return {
        type: 'rect',
        shape: { x: left, y: top, width: right - left - 1, height: bottom - top - 1 },
        style: { fill: colours.step, opacity: 0.12 + 0.6 * (Math.log1p(api.value(2)) / Math.log1p(most)) },
      };
    },
  };
}

function tip(state: State, placed: Placed, shown: unknown): HTMLElement | string {
  const { seriesId, dataIndex, data } = shown as { seriesId?: string; dataIndex: number; data?: number[] };
  if (seriesId === 'density') return h('div', { class: 'tip-text' }, counted(data?.[2] ?? 0, 'step'));
  if (seriesId === 'steps') return stepTip(state, state.points[dataIndex]);
  const row = partOf(placed, seriesId === 'worst')[dataIndex]?.row;
  if (row === undefined) return '';
  return h(
    'div',
    { class: 'tip-text' },
    h('strong', {}, row.agent),
    h('div', {}, row.session),
    h('div', {}, `${moment(row.start)} UTC, ${counted(row.steps, 'step')}`),
    h(
      'div',
      {},
      `riskiest step: risk ${score(row.risk ?? 0)}, autonomy ${score(row.autonomy ?? 0)} (${autonomyWords(row.autonomy ?? 0)})`,
    ),
    h('div', {}, `Stopped or refused: ${interventionsWords(row)}`),
  );
}

function stepTip(state: State, point: Point | undefined): HTMLElement | string {
  if (point === undefined) return '';
  return h(
    'div',
    { class: 'tip-text' },
    h('strong', {}, point.tool ?? 'step'),
    h(
      'div',
      {},
      `risk ${score(point.risk)}, autonomy ${score(point.autonomy)} (${autonomyWords(point.autonomy)})`,
    ),
    h('div', {}, `${state.sessions[point.session]?.agent ?? ''} · ${moment(point.time)} UTC`),
  );
}
