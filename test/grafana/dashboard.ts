import {
  DashboardCursorSync,
  FieldColorModeId,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
  type Dashboard,
  type FieldConfigSource,
  type Panel,
  type RowPanel,
  type VariableModel,
} from '@grafana/schema';
import { dayPalette } from '../../src/render/theme';
import { rows, type Kind, type PanelPlan, type RowPlan, type Wanted } from './panels';
import { firstMonday, type StorePlan } from './stores';

/** Of Grafana 10, which newer ones bring up to date themselves. */
const schemaVersion = 39;

/** Ranges as on packdial's History page. */
const ranges: readonly (readonly [string, string, string?])[] = [
  ...[5, 15, 30].map((n) => [`Last ${n} minutes`, `now-${n}m`] as const),
  ['Last 1 hour', 'now-1h'],
  ...[3, 6, 12, 24].map((n) => [`Last ${n} hours`, `now-${n}h`] as const),
  ...[2, 7, 30, 90].map((n) => [`Last ${n} days`, `now-${n}d`] as const),
  ['Last 6 months', 'now-6M'],
  ['Last 1 year', 'now-1y'],
  ...[2, 5].map((n) => [`Last ${n} years`, `now-${n}y`] as const),
  ['Today', 'now/d', 'now/d'],
  ['Yesterday', 'now-1d/d', 'now-1d/d'],
  ['This week', 'now/w', 'now/w'],
  ['This month', 'now/M', 'now/M'],
  ['This year', 'now/y', 'now/y'],
];

/** The dashboard of a store, as Grafana imports it. */
export function dashboardOf(store: StorePlan): Dashboard {
  return {
    ...{
      uid: `packdial-${store.name}`,
      title: `packdial (${store.title})`,
      tags: ['packdial'],
      schemaVersion,
    },
    description: 'Batteries, solar chargers and meters that packdial records.',
    ...{
      editable: true,
      graphTooltip: DashboardCursorSync.Crosshair,
      refresh: '30s',
      timezone: 'browser',
      weekStart: 'monday',
    },
    time: { from: 'now-2d', to: 'now' },
    timepicker: {
      refresh_intervals: ['10s', '30s', '1m', '5m', '15m', '1h'],
      quick_ranges: ranges.map(([display, from, to = 'now']) => ({ display, from, to })),
    },
    templating: { list: [...variables(store)] },
    panels: panelsOf(store),
  };
}

/** The data source, which provisioning gives this name. */
function sourceOf({ name, type }: StorePlan): { readonly type: string; readonly uid: string } {
  return { type, uid: `packdial-${name}` };
}

function* variables(store: StorePlan): Generator<VariableModel> {
  const kinds: readonly (readonly [string, string, Kind])[] = [
    ['battery', 'Battery', 'battery'],
    ['charger', 'Solar charger', 'solar_charger'],
    ['meter', 'Meter', 'meter'],
  ];
  for (const [name, label, table] of kinds)
    yield {
      ...{ name, label, type: 'query', datasource: sourceOf(store), query: store.devices(table) },
      ...{ multi: true, includeAll: true, current: { text: ['All'], value: ['$__all'] } },
      ...{ refresh: VariableRefresh.onTimeRangeChanged, sort: VariableSort.alphabeticalAsc },
    };
  if (!store.zone) return;
  const zones = Array.from({ length: 27 }, (_, i) => i - 12).map((ahead) => ({
    text: ahead === 0 ? 'UTC' : `UTC${ahead < 0 ? '−' : '+'}${Math.abs(ahead)}`,
    value: String(firstMonday - ahead),
  }));
  yield {
    ...{ name: 'zone', label: 'Zone of days', type: 'custom' },
    description: 'Where days and weeks begin and end: the time zone of the devices in winter.',
    query: zones.map(({ text, value }) => `${text} : ${value}`).join(', '),
    options: zones.map((zone) => ({ ...zone, selected: zone.text === 'UTC' })),
    current: { text: 'UTC', value: String(firstMonday) },
  };
}

/** Places the panels row by row, and numbers them. */
function panelsOf(store: StorePlan): (Panel | RowPanel)[] {
  const all: (Panel | RowPanel)[] = [];
  let [id, y] = [0, 0];
  for (const row of rows) {
    const { closed, height } = row;
    const heading: RowPanel = {
      ...{ type: 'row', title: row.title, id: ++id, collapsed: closed, panels: [] },
      gridPos: { x: 0, y: y++, w: 24, h: 1 },
    };
    let x = 0;
    const inside = row.panels
      .flatMap((plan) => panelsFor(plan, row, store))
      .map((panel) => {
        const { width, ...rest } = panel;
        if (x + width > 24) [x, y] = [0, y + height];
        const placed = { ...rest, id: ++id, gridPos: { x, y, w: width, h: height } };
        x += width;
        return placed;
      });
    y += height;
    all.push(closed ? { ...heading, panels: inside } : heading, ...(closed ? [] : inside));
  }
  return all;
}

/** A panel, and one more for a year before where the store can't be asked for both in one. */
function panelsFor(plan: PanelPlan, row: RowPlan, store: StorePlan): (Panel & { width: number })[] {
  const isBefore = (wanted: Wanted): boolean => wanted.ask === 'weeks' && wanted.yearBefore;
  const before = store.shifts ? [] : plan.wanted.filter(isBefore);
  const here = plan.wanted.filter((wanted) => !before.includes(wanted));
  const panels = [panelOf({ ...plan, wanted: here }, row, store)];
  if (before.length > 0) {
    const shifted = { ...plan, title: `${plan.title}, a year before`, wanted: before };
    panels.push({ ...panelOf(shifted, row, store), timeShift: '364d' });
  }
  return panels;
}

function panelOf(plan: PanelPlan, row: RowPlan, store: StorePlan): Panel & { width: number } {
  const { title, description, width, wanted } = plan;
  const datasource = sourceOf(store);
  return {
    ...{
      type: panelTypes[plan.draw],
      title,
      ...(description !== undefined && { description }),
      datasource,
      width,
    },
    interval: row.interval ?? '10s',
    ...(row.last !== undefined && { timeFrom: row.last, hideTimeOverride: row.last === '5m' }),
    fieldConfig: fieldsOf(plan),
    options: optionsOf(plan),
    targets: wanted.map((one, i) => ({
      ...{ refId: String.fromCharCode(65 + i), datasource, ...store.target(one, row.interval) },
    })),
  };
}

const panelTypes = { gauge: 'gauge', stat: 'stat', lines: 'timeseries', bars: 'timeseries' } as const;

/** Colours of series by the end of their names. */
const byEnding = { in: 'powerIn', yield: 'solar', out: 'powerOut', 'this year': 'voltage' } as const;

function fieldsOf({ draw, unit, decimals, range, steps }: PanelPlan): FieldConfigSource {
  const [min, max] = range ?? [];
  const single = draw === 'gauge' || draw === 'stat';
  const coloured = single || steps !== undefined;
  return {
    defaults: {
      unit,
      ...(decimals !== undefined && { decimals }),
      ...(min !== undefined && { min, max: max ?? min }),
      color: { mode: coloured ? FieldColorModeId.Thresholds : FieldColorModeId.PaletteClassic },
      thresholds: {
        mode: ThresholdsMode.Absolute,
        steps: (steps ?? [[null, 'voltage'] as const]).map(([value, colour]) => ({
          value: value as number,
          color: dayPalette[colour],
        })),
      },
      ...(!single && {
        custom: draw === 'bars' ? bars : coloured ? { ...lines, gradientMode: 'scheme' } : lines,
      }),
    },
    overrides:
      draw !== 'bars'
        ? []
        : Object.entries(byEnding).map(([ending, colour]) => ({
            matcher: { id: 'byRegexp', options: `/ ${ending}$/` },
            properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: dayPalette[colour] } }],
          })),
  };
}

const lines = {
  ...{ drawStyle: 'line', lineWidth: 2, fillOpacity: 8, showPoints: 'never', lineInterpolation: 'linear' },
  // ms: what was not received for longer is not drawn.
  spanNulls: 60_000,
};
const bars = { drawStyle: 'bars', lineWidth: 0, fillOpacity: 80, showPoints: 'never', barAlignment: 1 };

function optionsOf({ draw }: PanelPlan): Record<string, unknown> {
  const reduceOptions = { calcs: ['lastNotNull'], fields: '', values: false };
  if (draw === 'gauge') return { reduceOptions, showThresholdMarkers: true, showThresholdLabels: false };
  if (draw === 'stat') return { reduceOptions, colorMode: 'value', graphMode: 'none', textMode: 'auto' };
  return {
    legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
    tooltip: { mode: 'multi', sort: 'desc' },
  };
}
