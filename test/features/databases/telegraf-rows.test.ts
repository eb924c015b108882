import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { oldLayout } from '../../../src/devices/thornwave/payload';
import { thornwaveBle } from '../../../src/devices/thornwave/thornwave-ble';
import type { DeviceType } from '../../../src/devices/device-type';
import { rowShape } from '../../../src/features/databases/row-shapes';
import { Site } from '../../../src/model/site';
import { VirtualClock } from '../../devices/virtual-clock';

interface Vector {
  readonly hex: readonly string[];
  readonly expect: { readonly emitted_by_that_program?: readonly string[]; readonly csv?: string };
}
const [four, eight, meter] = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/telegraf-csv.json'), 'utf8'),
) as [Vector, Vector, Vector];

/** The messages for a device that has said this. */
function messagesOf(
  name: string,
  site: Site,
  type: Pick<DeviceType, 'listen'>,
  pieces: readonly string[],
  isMadeUp = false,
) {
  const nothing = (): void => undefined;
  const sink = { reading: site.apply.bind(site), rejected: nothing, trouble: nothing };
  const listener = type.listen({ name, values: {}, clock: new VirtualClock() }, sink);
  for (const hex of pieces)
    listener({ at: 1000, bytes: Buffer.from(hex, 'hex'), characteristic: oldLayout.characteristic });
  const rows = rowShape('telegraf', { site, isMadeUp, addresses: new Map() });
  expect(rows.take(1500, false)).toEqual([]);
  return rows.take(2000, true).flatMap(({ text }) => JSON.parse(text) as string[]);
}

function battery(name: string): Site {
  const site = new Site();
  site.battery(name);
  return site;
}

test('S3.6 S3.8 a battery of four cells is told byte for byte as the original does, and in its later spelling', () => {
  expect(messagesOf('bms', battery('bms'), jbdSerial, four.hex)).toEqual([
    'meter,cells\r\nbms,4',
    four.expect.emitted_by_that_program?.[0],
    'meter,mincell,cellsmin,maxcell,cellsmax,delta\r\nbms,cell4,3417,cell3,3432,15',
    four.expect.emitted_by_that_program?.[1],
  ]);
});

test('S3.6 S3.8 one of eight cells too', () => {
  const cells = 'dd0400100cf40cf50cf60cf70cf80cf90cfa0cfbf79077';
  const sum = Buffer.from(cells.slice(6, -6), 'hex').reduce((total, byte) => total + byte, 0);
  const whole = `${cells.slice(0, -6)}${(0x10000 - sum).toString(16)}77`;
  const messages = messagesOf('bms', battery('bms'), jbdSerial, [...eight.hex, whole]);
  expect(messages.slice(0, 5)).toEqual(eight.expect.emitted_by_that_program);
  expect(messages.slice(5)).toEqual([
    'meter,cell1,cell2,cell3,cell4,cell5,cell6,cell7,cell8\r\nbms,3316,3317,3318,3319,3320,3321,3322,3323',
    'meter,mincell,cellsmin,maxcell,cellsmax,delta\r\nbms,cell1,3316,cell8,3323,7',
    'meter,cellmin,cellmax,delta\r\nbms,3316,3323,7',
  ]);
});

test('S3.6 S3.9 S3.11 a meter too, under its name', () => {
  const site = new Site();
  site.add('solar', 'meter');
  site.add('inverter', 'meter');
  expect(messagesOf('solar', site, thornwaveBle, meter.hex)).toEqual([
    meter.expect.csv,
    'meter,wh\r\nsolar,1014.6360',
  ]);
});

test('what is simulated or replayed says so in its name, and what is not fresh is not told', () => {
  const site = battery('bms');
  const [first] = messagesOf('bms', site, jbdSerial, four.hex, true);
  expect(first).toBe('meter,cells\r\nbms (not real),4');
  expect(rowShape('telegraf', { site, isMadeUp: true, addresses: new Map() }).take(1e6, true)).toEqual([]);
});
