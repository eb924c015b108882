import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deviceMetrics } from '../../../src/io/web/device-metrics';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';
import { quantities } from '../../../src/model/quantities';
import type { Kind } from '../../../src/model/reading';
import { prometheusText } from '../../../src/protocol/prometheus';
import { parseExposition } from '../../protocol/exposition';
import { fullBattery } from './full-battery';

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

function told(device: Device, values: Readonly<Record<string, number>>, more = {}): Device {
  device.apply({ device: device.name, at: 0, group: 'basic', period: 1000, values, ...more });
  return device;
}

test('an EVTV battery alone has the same metrics, byte for byte, as ever', () => {
  const text = readFileSync(join(__dirname, '../../fixtures/evtv-metrics.txt'), 'utf8');
  expect(prometheusText(deviceMetrics([fullBattery()], 2000))).toBe(text);
});

test('several devices are told apart by a label that all of them have', () => {
  const charger = told(new Device('roof', 'solar-charger'), {
    pvPower: 412,
    stateOfCharge: 80,
    alarmBits: 4,
  });
  const meter = told(new Device('boat shunt', 'meter'), { current: -1.25, uptime: 60 });
  const text = prometheusText(deviceMetrics([fullBattery('house'), charger, meter], 2000));
  const lines = linesOf(text);
  expect(lines).toContain('packdial_state_of_charge_ratio{battery="house",device="house"} 0.115');
  expect(lines).toContain('packdial_solar_charger_pv_power_watts{device="roof"} 412');
  expect(lines).toContain('packdial_solar_charger_state_of_charge_ratio{device="roof"} 0.8');
  expect(lines).toContain('packdial_solar_charger_alarm_bits{device="roof",flag="bit-2"} 1');
  expect(lines).toContain('packdial_solar_charger_alarm_bits{device="roof",flag="bit-3"} 0');
  expect(lines).toContain('packdial_meter_current_amperes{device="boat shunt"} -1.25');
  expect(lines).toContain('packdial_meter_uptime_seconds{device="boat shunt"} 60');
  expect(lines).toContain('packdial_message_age_seconds{device="roof",message="basic"} 2');
  expect(lines.every((line) => line.includes('device="'))).toBe(true);
  expect(parseExposition(text).size).toBeGreaterThan(15);
});

test('a battery tells capacities, switches, protections and probes under names that follow from the table', () => {
  const battery = told(
    new Battery('house'),
    { remainingCapacity: 81.25, cycles: 12, dischargeSwitch: 1, protection: 1, balancingCells: 2 },
    { temperatures: [undefined, 21.25] },
  );
  const lines = linesOf(prometheusText(deviceMetrics([battery], 100)));
  expect(lines).toContain('packdial_remaining_capacity_ampere_hours{battery="house"} 81.25');
  expect(lines).toContain('packdial_cycles{battery="house"} 12');
  expect(lines).toContain('packdial_discharge_switch{battery="house"} 1');
  expect(lines).toContain('packdial_protection{battery="house",flag="cell-over-voltage"} 1');
  expect(lines).toContain('packdial_protection{battery="house",flag="cell-under-voltage"} 0');
  expect(lines).toContain('packdial_balancing_cells{battery="house",cell="2"} 1');
  expect(lines).toContain('packdial_temperature_celsius{battery="house",probe="2"} 21.3');
});

test('no two metrics have one name, and every name is one that Prometheus takes', () => {
  const everything = (Object.keys(quantities) as Kind[]).map((kind) => {
    const values = Object.fromEntries(Object.keys(quantities[kind]).map((name) => [name, 1]));
    return told(kind === 'battery' ? new Battery(kind) : new Device(kind, kind), values);
  });
  const names = deviceMetrics(everything, 100).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^packdial_[a-z][a-z0-9_]*[a-z0-9]$/);
});
