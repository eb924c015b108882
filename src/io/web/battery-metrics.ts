import type { Battery } from '../../model/battery';
import type { BatteryQuantity } from '../../model/quantities';
import type { Metric, MetricSample } from '../../protocol/prometheus';
import { completeStatus } from '../../protocol/complete-status';

const gauges: readonly (readonly [name: string, help: string, quantity: BatteryQuantity, factor?: number])[] =
  [
    ['state_of_charge_ratio', 'State of charge, 1 is full.', 'stateOfCharge', 0.01],
    ['pack_voltage_volts', 'Voltage of the pack.', 'voltage'],
    ['pack_current_amperes', 'Current, positive into the battery.', 'current'],
    ['pack_power_watts', 'Power, positive into the battery.', 'power'],
    ['charge_ampere_hours', 'Ampere-hours since full, as the controller counts them.', 'ampHours'],
    ['temperature_highest_celsius', 'Highest temperature.', 'temperatureMax'],
    ['temperature_lowest_celsius', 'Lowest temperature.', 'temperatureMin'],
    ['cell_voltage_lowest_volts', 'Voltage of the lowest cell.', 'cellLow'],
    ['cell_voltage_highest_volts', 'Voltage of the highest cell.', 'cellHigh'],
    ['cell_voltage_average_volts', 'Mean voltage of the cells.', 'cellAverage'],
    ['cell_cutoff_high_volts', 'Voltage of a cell at which charging ends.', 'highCutoff'],
    ['cell_cutoff_low_volts', 'Voltage of a cell at which discharging ends.', 'lowCutoff'],
    ['charger_current_amperes', 'Current that the charger is asked for.', 'chargerAmps'],
  ];

/** What is known of the batteries now. What is not known, or not fresh, has no sample. @param now monotonic ms */
export function batteryMetrics(batteries: readonly Battery[], now: number): Metric[] {
  const metrics = gauges.map(([name, help, quantity, factor = 1]): Metric => {
    const samples = batteries.flatMap((battery): MetricSample[] => {
      const { value, freshness } = battery.quantity(quantity, now);
      if (value === undefined || freshness !== 'fresh') return [];
      return [{ labels: { battery: battery.name }, value: Number((value * factor).toPrecision(9)) }];
    });
    return { name: `packdial_${name}`, help, type: 'gauge', samples };
  });
  return [
    ...metrics,
    {
      name: 'packdial_cell_voltage_volts',
      help: 'Voltage of each cell, numbered from 1.',
      type: 'gauge',
      samples: batteries.flatMap((battery) => cellSamples(battery, now)),
    },
    {
      name: 'packdial_message_age_seconds',
      help: 'Time since each message of the controller was heard.',
      type: 'gauge',
      samples: batteries.flatMap((battery) => ageSamples(battery, now)),
    },
  ];
}

function cellSamples({ name, cells }: Battery, now: number): MetricSample[] {
  const { voltages } = cells.freshVoltages(now);
  return Array.from(voltages).flatMap((value: number | undefined, index) =>
    value !== undefined && Number.isFinite(value)
      ? [{ labels: { battery: name, cell: String(index + 1) }, value: Number(value.toFixed(3)) }]
      : [],
  );
}

function ageSamples(battery: Battery, now: number): MetricSample[] {
  const { age } = completeStatus(battery, { bmsId: null, source: '' }, now, new Date(0));
  return Object.entries(age).flatMap(([message, seconds]) =>
    typeof seconds === 'number' ? [{ labels: { battery: battery.name, message }, value: seconds }] : [],
  );
}
