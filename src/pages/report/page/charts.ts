/// <reference lib="dom" />
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomInsideComponent,
  GridComponent,
  LegendPlainComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type ECharts, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { byId } from './dom.ts';

use([
  AriaComponent,
  BarChart,
  CanvasRenderer,
  CustomChart,
  DataZoomInsideComponent,
  GridComponent,
  LegendPlainComponent,
  LineChart,
  MarkAreaComponent,
  MarkLineComponent,
  ScatterChart,
  TooltipComponent,
]);

/** What charts are drawn with, as the style sheet has it for the present scheme. */
export interface Palette {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly surface: string;
  readonly alarm: string;
  readonly alarmSoft: string;
  readonly person: string;
  readonly rule: string;
  readonly step: string;
  readonly ask: string;
  readonly limit: string;
  readonly rise: string;
  readonly sign: string;
  readonly band: readonly [string, string, string, string];
}

export function palette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    quiet: read('quiet'),
    line: read('line'),
    surface: read('surface'),
    alarm: read('alarm'),
    alarmSoft: read('alarm-soft'),
    person: read('person'),
    rule: read('rule'),
    step: read('step'),
    ask: read('ask'),
    limit: read('limit'),
    rise: read('rise'),
    sign: read('sign'),
    band: [read('band-none'), read('band-monitoring'), read('band-approval'), read('band-steering')],
  };
}

type Option = Parameters<ECharts['setOption']>[0];

/** A chart that is drawn when it comes into view or the page is idle, and anew when the colours of the page change: by the system's setting, or for paper. */
export interface Drawing {
  draw(): void;
}

const drawings: (() => void)[] = [];

/**
 * @param options what to draw, made anew with the colours of the moment
 * @param click what a click on an item does
 */
export function draw(
  id: string,
  options: (colours: Palette) => Option,
  click?: (event: ClickEvent) => void,
): Drawing {
  const element = byId(id);
  let chart: ECharts | undefined;
  const again = (): void => {
    if (element.hidden) return;
    if (chart === undefined) {
      chart = init(element, null, { renderer: 'canvas' });
      if (click !== undefined) chart.on('click', event => click(event as ClickEvent));
      new ResizeObserver(() => chart?.resize()).observe(element);
    }
    chart.resize();
    chart.setOption({ ...BASE, ...options(palette()) } as Option, true);
  };
  const near = new IntersectionObserver(
    entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      near.disconnect();
      if (chart === undefined) again();
    },
    { rootMargin: '400px' },
  );
  near.observe(element);
  // a picture of the whole page, or a printer that says nothing before it prints, shows what nobody scrolled to
  whenIdle(() => {
    near.disconnect();
    if (chart === undefined) again();
  });
  drawings.push(again);
  return {
    draw() {
      if (chart !== undefined) again();
    },
  };
}

/** At latest a second from now. One piece of work a call, so that the page answers between two of them. */
const whenIdle = (act: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act, { timeout: 1000 });
  else setTimeout(act, 200);
};

/** What a click on an item of a chart tells. */
export interface ClickEvent {
  readonly seriesId?: string;
  readonly dataIndex: number;
  readonly data?: unknown;
}

const BASE = { animation: false, aria: { enabled: false } };

/** Every chart, in view or not: paper shows them all. */
export function drawAll(): void {
  for (const again of drawings) again();
}

/** A box over the chart, made of elements: a formatter that gives text would be read as HTML. */
export const TOOLTIP = {
  confine: true,
  appendTo: 'body',
  className: 'tip',
  borderWidth: 0,
  padding: 0,
} as const;

export const axisStyle = ({ text, quiet, line }: Palette) => ({
  nameTextStyle: { color: text, fontSize: 13 },
  axisLabel: { color: quiet },
  axisLine: { lineStyle: { color: line } },
  axisTick: { lineStyle: { color: line } },
  splitLine: { lineStyle: { color: line, opacity: 0.5 } },
});
