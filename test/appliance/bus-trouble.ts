/**
 * A CAN interface of the kernel's driver `slcan` whose adapter does what it is told, for the tests of the installed display:
 * brings the interface up, writes its name to /run/bus-name, then says every line that is put into /run/bus-says.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SlcanLine } from './slcan-line';

const orders = '/run/bus-says';
const line = new SlcanLine();
// Not waited for in place: the driver's commands have to be taken meanwhile.
execFile('ip', ['link', 'set', line.name, 'up', 'type', 'can', 'bitrate', '500000'], (error) => {
  if (error !== null) throw new Error(`${line.name} does not come up: ${error.message}`);
  writeFileSync('/run/bus-name', line.name);
});
setInterval(() => {
  if (!existsSync(orders)) return;
  for (const text of readFileSync(orders, 'utf8').trim().split('\n')) line.say(text);
  rmSync(orders);
}, 100);
