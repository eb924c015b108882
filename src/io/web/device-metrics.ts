import { Battery } from '../../model/battery';
import type { Device } from '../../model/device';
import { cellForm, probeForm, quantities } from '../../model/quantities';
import type { QuantityForm } from '../../model/quantity-form';
import type { Kind } from '../../model/reading';
import type { Metric, MetricSample } from '../../protocol/prometheus';

/** The end of a metric's name, by unit, and what a value is to be multiplied by. Ratios are of 1, as Prometheus has them. */
const units: Readonly<Record<string, readonly [ending: string, factor: number]>> = {
  V: ['volts', 1],
  A: ['amperes', 1],
  W: ['watts', 1],
  Ah: ['ampere_hours', 1],
  Wh: ['watt_hours', 1],
  '%': ['ratio', 0.01],
  '°C': ['celsius', 1],
  s: ['seconds', 1],
  h: ['seconds', 3600],
  d: ['days', 1],
};

/**
 * What is known of the devices now, as the table of quantities has it. What is not known, or not fresh, has no sample. A
 * battery's samples have the label `battery`; another device's, and every device's where there are several, have `device`.
 *
 * @param now monotonic ms
 */
export function deviceMetrics(devices: readonly Device[], now: number): Metric[] {
  const labelled = devices.map((device) => ({ device, labels: labelsOf(device, devices.length > 1) }));
  const numbers = (Object.keys(quantities) as Kind[]).flatMap((kind) => {
    const ofKind = labelled.filter(({ device }) => device.kind === kind);
    return metricForms(kind).map(({ metric, quantity, form }): Metric => {
      const samples = ofKind.flatMap(({ device, labels }) =>
        valueSamples(device, quantity, form, labels, now),
      );
      return { ...metric, type: 'gauge', samples };
    });
  });
  const lists = (samples: (device: Device, labels: Labels, now: number) => MetricSample[]): MetricSample[] =>
    labelled.flatMap(({ device, labels }) => samples(device, labels, now));
  return [
    ...numbers,
    {
      name: 'packdial_cell_voltage_volts',
      help: 'Voltage of each cell, numbered from 1.',
      type: 'gauge',
      samples: lists(cellSamples),
    },
    {
      name: 'packdial_temperature_celsius',
      help: 'Temperature of each probe, numbered from 1.',
      type: 'gauge',
      samples: lists(probeSamples),
    },
    {
      name: 'packdial_message_age_seconds',
      help: 'Time since each message of the controller was heard.',
      type: 'gauge',
      samples: lists(ageSamples),
    },
  ];
}

type Labels = Readonly<Record<string, string>>;

function labelsOf({ kind, name }: Device, several: boolean): Labels {
  if (kind !== 'battery') return { device: name };
  return several ? { battery: name, device: name } : { battery: name };
}

interface NamedForm {
  readonly quantity: string;
  readonly form: QuantityForm;
  readonly metric: { readonly name: string; readonly help: string };
}

/** The metrics of a kind: those with a place of their own first. */
function metricForms(kind: Kind): readonly NamedForm[] {
  const forms = Object.entries(quantities[kind]).filter(([, { metric }]) => metric !== 'none');
  const place = ({ metric }: QuantityForm): number => (typeof metric === 'object' ? metric.place : Infinity);
  const byPlace = (a: number, b: number): number => (a === b ? 0 : a - b);
  return forms
    .sort(([, a], [, b]) => byPlace(place(a), place(b)))
    .map(([quantity, form]) => ({ quantity, form, metric: nameOf(kind, quantity, form) }));
}

function nameOf(kind: Kind, quantity: string, form: QuantityForm): NamedForm['metric'] {
  if (typeof form.metric === 'object')
    return { name: `packdial_${form.metric.name}`, help: form.metric.help };
  const ofKind = kind === 'battery' ? [] : [kind.replaceAll('-', '_')];
  const words = quantity.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const ending = units[form.unit]?.[0];
  const name = ['packdial', ...ofKind, words, ...(ending === undefined ? [] : [ending])].join('_');
  return { name, help: `${form.label}.` };
}

function valueSamples(
  device: Device,
  quantity: string,
  form: QuantityForm,
  labels: Labels,
  now: number,
): MetricSample[] {
  const { value, freshness } = device.quantity(quantity, now);
  if (value === undefined || freshness !== 'fresh') return [];
  const { kept } = form;
  if (typeof kept === 'object')
    return kept.flags.map((flag, bit) => ({
      labels: { ...labels, ...(kept.byCell === true ? { cell: String(bit + 1) } : { flag }) },
      value: (value >>> bit) & 1,
    }));
  const factor = units[form.unit]?.[1] ?? 1;
  return [{ labels, value: Number((value * factor).toPrecision(9)) }];
}

function cellSamples(device: Device, labels: Labels, now: number): MetricSample[] {
  if (!(device instanceof Battery)) return [];
  return listSamples(device.cells.freshVoltages(now).voltages, cellForm, (cell) => ({ ...labels, cell }));
}

function probeSamples(device: Device, labels: Labels, now: number): MetricSample[] {
  return listSamples(device.temperatures(now), probeForm, (probe) => ({ ...labels, probe }));
}

function listSamples(
  values: readonly (number | undefined)[],
  { decimals }: QuantityForm,
  labelled: (number: string) => Labels,
): MetricSample[] {
  // What was never told is a hole in the list, which `flatMap` would leave out of its count.
  return Array.from(values).flatMap((value, index) =>
    value !== undefined && Number.isFinite(value)
      ? [{ labels: labelled(String(index + 1)), value: Number(value.toFixed(decimals)) }]
      : [],
  );
}

function ageSamples(device: Device, labels: Labels, now: number): MetricSample[] {
  return Object.entries(device.messageAges(now))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([message, age]) => ({ labels: { ...labels, message }, value: Math.round(age / 100) / 10 }));
}
