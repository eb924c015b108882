import { evtvReading } from '../../src/devices/evtv/readings';
import { Battery } from '../../src/model/battery';
import { deviceMetrics } from '../../src/io/web/device-metrics';
import { displayMetrics } from '../../src/io/web/display-metrics';
import { prometheusText, prometheusType } from '../../src/protocol/prometheus';
import { parseExposition } from './exposition';

test('what is said of a battery parses, with units in names, and signs and units of the house', () => {
  const battery = new Battery('battery');
  battery.apply(
    evtvReading(
      { message: '0x150', packCurrent: -34, packVoltage: 41.1, ampHours: -139.7, temperatureMax: 36 },
      900,
    ),
  );
  battery.apply(evtvReading({ message: '0x650', stateOfCharge: 11.5 }, 900));
  battery.apply(
    evtvReading(
      { message: '0x68F', module: { index: 0, total: 1, voltages: [3.4, 3.41, 3.42, 3.43, 3.44, 3.45] } },
      900,
    ),
  );
  const text = prometheusText(deviceMetrics([battery], 1000));
  const metrics = parseExposition(text);
  const value = (name: string, labels = {}) =>
    metrics
      .get(name)
      ?.samples.find((s) => JSON.stringify(s.labels) === JSON.stringify({ battery: 'battery', ...labels }))
      ?.value;
  expect(value('packdial_state_of_charge_ratio')).toBe(0.115);
  expect(value('packdial_pack_current_amperes')).toBe(-34);
  expect(value('packdial_pack_power_watts')).toBeCloseTo(-1397.4, 6);
  expect(value('packdial_cell_voltage_volts', { cell: '6' })).toBe(3.45);
  expect(value('packdial_message_age_seconds', { message: '0x150' })).toBe(0.1);
  // What is not known has no number: never a zero.
  expect(text).not.toContain('temperature_lowest');
  expect(text).not.toContain('NaN');
});

test('what is not fresh is not told', () => {
  const battery = new Battery('battery');
  battery.apply(evtvReading({ message: '0x150', packCurrent: -34, packVoltage: 41.1 }, 0));
  const metrics = parseExposition(prometheusText(deviceMetrics([battery], 3_600_000)));
  expect(Array.from(metrics.keys())).toEqual(['packdial_message_age_seconds']);
});

test('what is said of packdial itself parses', () => {
  const metrics = parseExposition(
    prometheusText(
      displayMetrics({
        version: '1.2.3',
        counters: { frames: 5, ignored: 2, malformed: 1, causes: {}, sender: undefined },
        alarms: [{ acknowledged: false }],
        history: {
          state: 'up',
          report: { code: 'history-written', values: { file: 'history.sqlite', behind: false } },
          waiting: 3,
          dropped: 0,
        },
      }),
    ),
  );
  expect(metrics.get('packdial_frames_total')).toMatchObject({ type: 'counter' });
  expect(metrics.get('packdial_history_up')?.samples[0]?.value).toBe(1);
  expect(metrics.get('process_resident_memory_bytes')?.samples[0]?.value).toBeGreaterThan(1e6);
});

test('names and texts of others can’t break the format', () => {
  const value = 'a "battery" \\ of\nmine';
  const text = prometheusText([
    {
      name: 'x_volts',
      help: 'One\nline \\',
      type: 'gauge',
      samples: [{ labels: { battery: value }, value: -0.5 }],
    },
    { name: 'empty_volts', help: 'None.', type: 'gauge', samples: [] },
    {
      name: 'y_total',
      help: 'Odd.',
      type: 'counter',
      samples: [{ value: Infinity }, { labels: { a: 'b' }, value: 1e21 }],
    },
  ]);
  const metrics = parseExposition(text);
  expect(metrics.get('x_volts')?.samples).toEqual([{ labels: { battery: value }, value: -0.5 }]);
  expect(metrics.has('empty_volts')).toBe(false);
  expect(metrics.get('y_total')?.samples.map((s) => s.value)).toEqual([Infinity, 1e21]);
  expect(prometheusType).toBe('text/plain; version=0.0.4; charset=utf-8');
});
