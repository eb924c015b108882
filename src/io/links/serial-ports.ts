import { readdir } from 'node:fs/promises';

/** Names of serial ports in /dev: adapters at USB, the Raspberry Pi's own. */
const portName = /^(ttyUSB\d+|ttyACM\d+|serial\d+)$/;

/** Paths of the machine's serial ports, sorted. Never rejects. @param folder default: /dev */
export async function serialPorts(folder = '/dev'): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => portName.test(name))
    .map((name) => `${folder}/${name}`)
    .sort(new Intl.Collator('en', { numeric: true }).compare);
}
