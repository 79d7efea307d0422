/// <reference lib="dom" />
import type { TimelineItem } from '../../../analysis/index.ts';
import { axisTime, clockAt, clockPlaces } from '../axis.ts';
import { autonomyWords, decisionWords, involvementWords, itemWords, preciseMoment, score } from '../words.ts';
import { axisStyle, type Drawing, draw, type Palette, TOOLTIP } from './charts.ts';
import { h } from './dom.ts';

/** Items at even distances, or where the clock has them. */
export type Spacing = 'order' | 'time';

/** Lanes under the steps, from the bottom up. */
const LANES = [
  { name: 'Signs of misalignment', kind: 'misalignment_indicator', colour: 'sign', symbol: 'triangle' },
  { name: 'Risk rises', kind: 'risk_escalation', colour: 'rise', symbol: 'pin' },
  { name: 'Limits crossed', kind: 'autonomy_boundary', colour: 'limit', symbol: 'rect' },
  { name: 'Questions', kind: 'clarification_request', colour: 'ask', symbol: 'roundRect' },
  { name: 'Interventions', kind: 'intervention', colour: 'person', symbol: 'diamond' },
] as const;

let drawing: Drawing | undefined;
let current: {
  items: readonly TimelineItem[];
  start: number;
  spacing: Spacing;
  choose: (at: number) => void;
};

/** Steps with risk and autonomy, the lanes of signals below, and how people were involved as a band behind. */
export function drawTimeline(
  items: readonly TimelineItem[],
  start: number,
  spacing: Spacing,
  choose: (at: number) => void,
): void {
  current = { items, start, spacing, choose };
  if (drawing !== undefined) {
    drawing.draw();
    return;
  }
  drawing = draw(
    'timeline',
    colours => options(current.items, current.start, current.spacing, colours),
    ({ data }) => {
      const { at } = (data ?? {}) as { at?: number };
      if (at !== undefined) current.choose(at);
    },
  );
}

function options(items: readonly TimelineItem[], start: number, spacing: Spacing, colours: Palette) {
  const x = (at: number): number =>
    spacing === 'order' ? at : Math.max(0, (items[at]?.time ?? start) - start);
  const end = spacing === 'order' ? items.length : Math.max(1, x(items.length - 1)) * 1.02;
  const style = axisStyle(colours);
  const xAxis = (gridIndex: number, labels: boolean) => ({
    ...style,
    gridIndex,
    type: 'value',
    min: spacing === 'order' ? -0.5 : -0.01 * end,
    max: end,
    splitLine: { show: false },
    axisLabel: {
      ...style.axisLabel,
      show: labels,
      hideOverlap: true,
      formatter: (value: number) => (spacing === 'order' ? clockAt(items, value) : axisTime(value, end)),
      // the ends of the axis of time are no round numbers
      ...(spacing === 'order' ? { customValues: places } : { showMinLabel: false, showMaxLabel: false }),
    },
    ...(spacing === 'order' ? { axisTick: { ...style.axisTick, customValues: places } } : {}),
  });
  const places = spacing === 'order' ? clockPlaces(items) : [];
  const steps = items.flatMap((item, at) =>
    item.kind === 'step' ? [{ value: [x(at), item.risk ?? 0], at, ...look(item, colours) }] : [],
  );
  const autonomy = items.flatMap((item, at) => (item.autonomy === undefined ? [] : [[x(at), item.autonomy]]));
  const last = autonomy.at(-1);
  // what was said last holds to the end
  if (last !== undefined) autonomy.push([end, last[1] ?? 0]);
  return {
    grid: [
      { left: 150, right: 18, top: 40, height: 150 },
      { left: 150, right: 18, top: 200, height: 120 },
    ],
    legend: {
      top: 0,
      left: 150,
      textStyle: { color: colours.text },
      inactiveColor: colours.line,
      data: ['Risk of a step', 'Autonomy'],
    },
    tooltip: { ...TOOLTIP, trigger: 'item', formatter: (shown: unknown) => tip(items, shown) },
    dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true }],
    xAxis: [xAxis(0, false), xAxis(1, true)],
    yAxis: [
      {
        ...style,
        gridIndex: 0,
        type: 'value',
        min: 0,
        max: 1.2,
        axisTick: ticks(style.axisTick),
        axisLabel: ticks(style.axisLabel),
        splitLine: { show: false },
      },
      {
        ...style,
        gridIndex: 1,
        type: 'category',
        data: LANES.map(({ name }) => name),
        axisLabel: { ...style.axisLabel, color: colours.text },
        splitLine: { ...style.splitLine, show: true },
      },
    ],
    series: [
      {
        name: 'Risk of a step',
        type: 'scatter',
        symbolSize: items.length > 150 ? 7 : 12,
        itemStyle: { color: colours.step },
        data: steps,
        markArea: { silent: true, data: bands(items, x, end, colours) },
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          lineStyle: { color: colours.alarm, type: 'dashed', opacity: 0.6 },
          data: [{ yAxis: 0.7 }],
        },
      },
      {
        name: 'Autonomy',
        type: 'line',
        step: 'end',
        symbol: 'none',
        silent: true,
        lineStyle: { color: colours.limit, width: 2 },
        itemStyle: { color: colours.limit },
        data: autonomy,
      },
      ...LANES.map((lane, index) => ({
        name: lane.name,
        type: 'scatter',
        xAxisIndex: 1,
        yAxisIndex: 1,
        symbol: lane.symbol,
        symbolSize: 13,
        itemStyle: { color: colours[lane.colour] },
        data: items.flatMap((item, at) =>
          item.kind === lane.kind ? [{ value: [x(at), index], at, ...look(item, colours) }] : [],
        ),
      })),
    ],
  };
}

/** What stands out: a step in the upper right, a stop or refusal; what a rule decided is pale. */
function look({ kind, risk = 0, autonomy = 0, by, type }: TimelineItem, colours: Palette): object {
  if (kind === 'step' && risk >= 0.7 && autonomy >= 0.5)
    return { itemStyle: { color: colours.alarm }, symbolSize: 16 };
  if (kind !== 'intervention') return {};
  const size = type === 'stop' || type === 'takeover' ? 20 : 13;
  return { itemStyle: { color: by === 'human' ? colours.person : colours.rule }, symbolSize: size };
}

/** Room above 1 is for the words of the band. */
const ticks = <T extends object>(of: T) => ({ ...of, customValues: [0, 0.5, 1] });

const INVOLVEMENTS = ['none', 'monitoring', 'approval_required', 'active_steering'];

/** Stretches in which people were involved in one way. */
function bands(
  items: readonly TimelineItem[],
  x: (at: number) => number,
  end: number,
  { band, quiet }: Palette,
): object[] {
  const areas: object[] = [];
  let from = 0;
  let now: string | undefined;
  const close = (to: number): void => {
    const colour = band[INVOLVEMENTS.indexOf(now ?? '')];
    if (now !== undefined && colour !== undefined && to > from) {
      const label = { show: to - from > end / 8, position: 'insideTop', color: quiet, fontSize: 11 };
      areas.push([
        { name: involvementWords(now), xAxis: from, itemStyle: { color: colour }, label },
        { xAxis: to },
      ]);
    }
    from = to;
  };
  for (const [at, { involvement }] of items.entries()) {
    if (involvement === undefined || involvement === now) continue;
    close(now === undefined ? 0 : x(at) - (x(1) - x(0) === 1 ? 0.5 : 0));
    now = involvement;
  }
  close(end);
  return areas;
}

function tip(items: readonly TimelineItem[], shown: unknown): HTMLElement | string {
  const at = (shown as { data?: { at?: number } }).data?.at;
  const item = at === undefined ? undefined : items[at];
  if (item === undefined) return '';
  const facts = [
    item.risk === undefined ? '' : `risk ${score(item.risk)}`,
    item.autonomy === undefined ? '' : `autonomy ${score(item.autonomy)} (${autonomyWords(item.autonomy)})`,
    item.severity === undefined ? '' : `severity ${score(item.severity)}`,
    item.kind === 'step' ? decisionWords(item) : '',
  ].filter(fact => fact !== '');
  return h(
    'div',
    { class: 'tip-text' },
    h('strong', {}, itemWords(item)),
    h('div', {}, preciseMoment(item.time)),
    ...facts.map(fact => h('div', {}, fact)),
  );
}
