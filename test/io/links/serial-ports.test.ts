import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialPorts } from '../../../src/io/links/serial-ports';
import { folderOfEachTest } from '../../temporary-folder';

const folder = folderOfEachTest();

test('serial ports are the adapters at USB and the Raspberry Pi’s own, in the order of their numbers', async () => {
  const names = ['ttyUSB10', 'ttyUSB2', 'ttyACM0', 'serial0', 'ttyS0', 'tty1', 'null', 'serial'];
  for (const name of names) writeFileSync(join(folder(), name), '');
  const found = ['serial0', 'ttyACM0', 'ttyUSB2', 'ttyUSB10'].map((name) => join(folder(), name));
  expect(await serialPorts(folder())).toEqual(found);
});

test('without the folder there are none', async () => {
  expect(await serialPorts(join(folder(), 'nothing'))).toEqual([]);
});
