/// <reference lib="dom" />
import type { Stretch } from '../../../analysis/index.ts';
import { stretchLabel } from '../axis.ts';
import { counted, lasting, moment } from '../words.ts';
import { axisStyle, draw, type Palette, TOOLTIP } from './charts.ts';
import { byId, h, replace } from './dom.ts';
import { headRow } from './session-view.ts';
import type { State } from './state.ts';

const PARTS = [
  ['Approved automatically', 'autoApprovals', 'rule'],
  ['Approved by a person', 'humanApprovals', 'person'],
  ['Approved, by whom is not recorded', 'otherApprovals', 'step'],
  ['Refused by a person', 'humanRefusals', 'ask'],
  ['Refused by rule, monitor or unknown', 'otherRefusals', 'limit'],
  ['Stopped', 'stops', 'alarm'],
  ['Other interventions', 'otherInterventions', 'sign'],
] as const;

/** The share of known approvals that no person gave; `undefined` where there were none. */
const rate = ({ autoApprovals, humanApprovals }: Stretch): number | undefined =>
  autoApprovals + humanApprovals === 0 ? undefined : autoApprovals / (autoApprovals + humanApprovals);
const percent = (value: number | undefined): string =>
  value === undefined ? '–' : `${Math.round(value * 100)} %`;

export function showOverTime(state: State): void {
  const { stretches, length } = state.data.overTime;
  const used = PARTS.filter(([, key]) => stretches.some(one => one[key] > 0));
  const all = stretches.reduce((sum, one) => sum + one.autoApprovals + one.humanApprovals, 0);
  const auto = stretches.reduce((sum, one) => sum + one.autoApprovals, 0);
  byId('over-time').hidden = used.length === 0;
  replace(
    'over-time-about',
    used.length === 0
      ? 'No interventions were recorded.'
      : `Each bar is ${lasting(length)}, from ${moment(stretches[0]?.start ?? 0)} UTC on. ${all === 0 ? 'No approvals were recorded.' : `Of ${counted(all, 'approval')} ${percent(auto / all)} were given by a rule or mode, not by a person.`}`,
  );
  replace(
    'over-time-table',
    h(
      'thead',
      {},
      headRow([
        'From (UTC)',
        ...PARTS.map(([name]) => name),
        'Auto-approval rate',
        'Questions',
        'Signs of misalignment',
      ]),
    ),
    h(
      'tbody',
      {},
      ...stretches.map(one =>
        h(
          'tr',
          {},
          ...[
            stretchLabel(one.start, length),
            ...PARTS.map(([, key]) => String(one[key])),
            percent(rate(one)),
            String(one.clarifications),
            String(one.indicators),
          ].map(cell => h('td', {}, cell)),
        ),
      ),
    ),
  );
  if (used.length > 0) draw('over-time', colours => options(stretches, length, used, colours));
}

function options(
  stretches: readonly Stretch[],
  length: number,
  used: readonly (typeof PARTS)[number][],
  colours: Palette,
) {
  const style = axisStyle(colours);
  return {
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 50, right: 56, top: 56, bottom: 30 },
    legend: { top: 0, textStyle: { color: colours.text }, inactiveColor: colours.line },
    tooltip: {
      ...TOOLTIP,
      trigger: 'axis',
      formatter: (shown: unknown) =>
        tip(stretches[(shown as { dataIndex: number }[])[0]?.dataIndex ?? -1], used),
    },
    xAxis: { ...style, type: 'category', data: stretches.map(({ start }) => stretchLabel(start, length)) },
    yAxis: [
      { ...style, type: 'value', name: 'interventions', minInterval: 1 },
      {
        ...style,
        type: 'value',
        name: 'auto-approved',
        min: 0,
        max: 1,
        splitLine: { show: false },
        axisLabel: { ...style.axisLabel, formatter: (value: number) => percent(value) },
      },
    ],
    series: [
      ...used.map(([name, key, colour]) => ({
        name,
        type: 'bar',
        stack: 'all',
        barMaxWidth: 48,
        itemStyle: { color: colours[colour] },
        data: stretches.map(one => one[key]),
      })),
      {
        name: 'Auto-approval rate',
        type: 'line',
        yAxisIndex: 1,
        connectNulls: true,
        symbolSize: 7,
        lineStyle: { color: colours.text, width: 2 },
        itemStyle: { color: colours.text },
        data: stretches.map(one => rate(one) ?? null),
      },
    ],
  };
}

function tip(one: Stretch | undefined, used: readonly (typeof PARTS)[number][]): HTMLElement | string {
  if (one === undefined) return '';
  return h(
    'div',
    { class: 'tip-text' },
    h('strong', {}, `from ${moment(one.start)}`),
    ...used.map(([name, key]) => h('div', {}, `${name}: ${one[key]}`)),
    h('div', {}, `Auto-approval rate: ${percent(rate(one))}`),
  );
}
