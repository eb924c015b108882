import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceType } from '../../../src/devices/device-type';
import { jbdBle } from '../../../src/devices/jbd/jbd-ble';
import { litimeBle } from '../../../src/devices/litime/litime-ble';
import { rowShape } from '../../../src/features/databases/row-shapes';
import { Site } from '../../../src/model/site';
import { aggregatedLines, parseAggregated } from '../../../src/protocol/mean-min-max';
import { VirtualClock } from '../../devices/virtual-clock';

const addresses = new Map([['house', 'A4:C1:37:04:2D:BE']]);

/** The lines for a device that has said this, at 5 s. */
function linesOf(site: Site, type: Pick<DeviceType, 'listen'>, pieces: readonly string[], name = 'house') {
  const nothing = (): void => undefined;
  const sink = { reading: site.apply.bind(site), rejected: nothing, trouble: nothing };
  const listener = type.listen({ name, values: {}, clock: new VirtualClock() }, sink);
  for (const hex of pieces) listener({ at: 1000, bytes: Buffer.from(hex, 'hex') });
  const rows = rowShape('mean_min_max', { site, isMadeUp: false, addresses });
  expect(rows.take(1500, false)).toEqual([]);
  const taken = rows.take(2000, true);
  return aggregatedLines(taken.map(({ text }) => parseAggregated({ at: 5000, text })));
}

/** A JBD battery's answer. */
function answer(register: number, data: Buffer): string {
  const sum = data.reduce((total, byte) => total + byte, data.length);
  const head = Buffer.from([0xdd, register, 0, data.length]).toString('hex');
  return `${head}${data.toString('hex')}${(0x10000 - sum).toString(16)}77`;
}

test('S1.23 S1.24 a JBD battery has the original’s measurements, tags and fields, raw and whole', () => {
  const site = new Site();
  site.battery('house');
  const lines = linesOf(site, jbdBle, [
    'dd03001b0a5dffe416f817700001290700000000',
    '000016620308020ada0adbf98777',
    'dd0400080d660d610d680d59fe3c77',
    answer(5, Buffer.from('JBD-SP04S0')),
  ]);
  const tags = 'category=Battery,bus=ble,device=house,address=A4:C1:37:04:2D:BE';
  const fields =
    'total_voltage_x100=2653i,current_x100=-28i,remain_capacity_x100=5880i,state_of_charge=98i,ntc#00=2778i,ntc#01=2779i,' +
    'cell_voltage#00_x1000=3430i,cell_voltage#01_x1000=3425i,cell_voltage#02_x1000=3432i,cell_voltage#03_x1000=3417i';
  expect(lines.split('\n')).toEqual([
    `mean,${tags} ${fields} 5000`,
    `min,${tags} ${fields} 5000`,
    `max,${tags} ${fields} 5000`,
    `last,${tags} hardware_version="JBD-SP04S0",software_version=22i,production_date=10503i,num_of_ntc=2i,num_of_battery_strings=4i,nominal_capacity_x100=6000i,cycles=1i 5000`,
    `Bor,${tags} equilibrium=0i,equilibrium_high=0i,protection_status=0i,fet_control=3i 5000`,
    '',
  ]);
});

test('S1.24 a LiTime charger too', () => {
  const [{ hex }] = JSON.parse(readFileSync(join(__dirname, '../../fixtures/litime-mppt.json'), 'utf8')) as [
    { readonly hex: readonly string[] },
  ];
  const site = new Site();
  site.add('sun', 'solar-charger');
  const tags = 'category=Charger,device=sun';
  const fields =
    'state_of_charge=100i,battery_voltage_x10=143i,battery_current_x100=1481i,battery_power=211i,controller_temperature_celsius=27i,' +
    'load_voltage_x10=143i,load_current_x100=2i,load_power=0i,pv_voltage_x10=801i,max_charge_power=872i,charge_amount=1210i,discharge_amount=0i';
  expect(linesOf(site, litimeBle, hex, 'sun').split('\n')).toEqual([
    `mean,${tags} ${fields} 5000`,
    `min,${tags} ${fields} 5000`,
    `max,${tags} ${fields} 5000`,
    `last,${tags} load_status=128i,charge_status=4i,total_days=3i,total_charge_amount=6112i,total_discharge_amount=0i 5000`,
    `Bor,${tags} alarm=0i 5000`,
    '',
  ]);
});

test('what is not fresh, and a meter, has no row; what is made up says so', () => {
  const site = new Site();
  site.battery('house');
  site.add('shunt', 'meter');
  site.apply({ device: 'house', at: 0, group: 'a', period: 1000, values: { voltage: 13.2 } });
  site.apply({ device: 'shunt', at: 0, group: 'a', period: 1000, values: { voltage: 13.2 } });
  const rows = rowShape('mean_min_max', { site, isMadeUp: true, addresses });
  expect(rows.take(500, true).map(({ text }) => JSON.parse(text) as unknown)).toMatchObject([
    { tags: { device: 'house (not real)' }, mean: { total_voltage_x100: 1320 } },
  ]);
  expect(rows.take(1e6, true)).toEqual([]);
});
