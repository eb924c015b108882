import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { batteryTopics } from '../../src/protocol/mqtt/topics';
import { testSender } from '../system/broker-bench';
import { Authority } from '../system/certificates';
import { Mosquitto } from '../system/mosquitto';
import { TemporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { InstalledDisplay } from './installed-display';
import type { VirtualMachine } from './machine/virtual-machine';
import { batteryTwin } from './twin';
import { settingsTitle, Walk } from './walk';

/** Where the guest finds this machine's broker. */
const address = '10.0.2.100';
/** Where the settings ask. */
const question = [90, 130, 710, 350] as const;

/** Puts files on the stick that is plugged in, as a PC would, and plugs it in anew. */
async function bringStick(machine: VirtualMachine, files: Readonly<Record<string, string>>): Promise<void> {
  const write = Object.entries(files).map(
    ([name, text]) => `echo ${Buffer.from(text).toString('base64')} | base64 -d >/mnt/stick/${name}`,
  );
  await machine.run(
    `for i in {1..100}; do [ -e /dev/sd[a-z] ] && break; sleep 0.2; done; udevadm settle
     # packdial looks at it too, and what is mounted to be read can't be mounted to be written.
     for i in {1..100}; do grep -q " /run/packdial-stick/volume " /proc/self/mountinfo || break; sleep 0.2; done
     mkdir -p /mnt/stick; mount /dev/sd[a-z] /mnt/stick && ${write.join(' && ')} && umount /mnt/stick`,
  );
  await machine.pullStick();
  await machine.run('for i in {1..100}; do [ -e /dev/sd[a-z] ] || exit 0; sleep 0.2; done; exit 1');
  // packdial looks every three seconds.
  await machine.run('sleep 4');
  await machine.plugStick();
}

/** Chooses SENDER in the settings and saves that. */
async function chooseSender(display: InstalledDisplay, machine: VirtualMachine): Promise<void> {
  const walk = new Walk(display, machine, batteryTwin({ source: 'udp', bmsId: 'MorganOak' }));
  await walk.touch('settings', settingsTitle);
  for (let page = 0; page < 30 && !walk.twin.has('choose mqtt 2'); page++)
    await walk.touch('right', settingsTitle);
  await walk.touch('choose mqtt 2', settingsTitle);
  await walk.press('save');
  await walk.sees('the question', walk.twin.picture(), question);
  await walk.press('yes');
}

test('S0.114, S0.115, S0.116, S0.117: three files on a stick make a fresh machine a receiver, and SENDER with SAVE a sender', async () => {
  const folder = new TemporaryFolder();
  const authority = new Authority(folder.path, 'authority');
  const client = authority.issue('display');
  const other = authority.issue('other');
  const broker = await Mosquitto.start({
    folder: folder.path,
    tls: authority.issue(address),
    clientCa: authority.cert,
  });
  // Here the broker has another address than for the guest: the test's own sender goes by an open door.
  const door = await Mosquitto.start({
    folder: folder.path,
    lines: [
      'connection guest',
      `address 127.0.0.1:${broker.port}`,
      'topic # out 0',
      `bridge_cafile ${authority.cert}`,
      `bridge_certfile ${client.cert}`,
      `bridge_keyfile ${client.key}`,
      'bridge_insecure true',
    ],
  });
  const sender = testSender({ url: `mqtt://127.0.0.1:${door.port}` }, 'MorganOak', {
    folder: join(folder.path, 'outbox'),
  });
  const text = (path: string): string => readFileSync(path, 'utf8');
  const files = {
    'aws_url': `${address}\r\n`,
    'aws_cert.pem.crt': text(client.cert),
    'aws_privkey.pem.key': text(client.key),
    'aws_ca.pem.crt': text(authority.cert),
  }; // prettier-ignore
  try {
    await InstalledDisplay.with({ brokerPort: broker.port }, async (display, machine) => {
      await display.configure('--mqtt receiver --bms-id MorganOak');
      await display.logs('No broker is set: enter its address, or plug in the stick BATTERY');
      // It has looked at the stick that is in, on which nothing is.
      await machine.run('sleep 8');

      // Files that do not belong together are not taken, and it is said why.
      await bringStick(machine, { ...files, 'aws_privkey.pem.key': text(other.key) });
      await display.logs(
        'aws_privkey.pem.key is not the key of aws_cert.pem.crt: download both anew, together',
      );

      await bringStick(machine, files);
      await display.logs(
        `The broker files were taken from the stick: ${address}, certificate valid until 2099-12-31`,
      );
      await display.logs(`Hearing MorganOak from ${address}`, 120);
      const kept = '/var/lib/packdial/mqtt/broker';
      await display.eventually(
        'they have proved themselves',
        async () => (await machine.run(`ls ${kept}`)) === 'proven.json',
      );
      expect(await machine.run(`stat -c '%a %U' ${kept}/proven.json ${kept}`)).toBe(
        '600 packdial\n700 packdial',
      );
      expect(await machine.run('grep -c " /run/packdial-stick/volume " /proc/self/mountinfo || true')).toBe(
        '0',
      );
      await display.showsOwnPicture();

      // The same where it is in from the start, as at power on; the file system is the manual's.
      expect(await machine.run('blkid -p -s VERSION -o value /dev/sd[a-z]')).toBe('FAT16');
      await machine.run(`systemctl stop packdial; rm -r ${kept}; systemctl start packdial`);
      await display.logs(`The broker files were taken from the stick: ${address}`);
      await display.logs(`Hearing MorganOak from ${address}`, 120);

      // The stick is needed once.
      await machine.pullStick();
      await machine.run('systemctl restart packdial');
      await display.logs(`Hearing MorganOak from ${address}`, 120);
      await machine.run('sleep 3; systemctl stop packdial');
      const heard = /Stopped: (\d+) frames heard, 0 ignored, 0 malformed/.exec(await display.journal())?.[1];
      expect(Number(heard)).toBeGreaterThan(2);

      await sender.stop();
      const sent: string[] = [];
      const listener = await connectAsync(`mqtts://127.0.0.1:${broker.port}`, {
        ...{ ca: text(authority.cert), cert: text(client.cert), key: text(client.key) },
        // Here it has another address than in its certificate.
        rejectUnauthorized: false,
      });
      listener.on('message', (_, payload) => sent.push(payload.toString()));
      await listener.subscribeAsync(batteryTopics('MorganOak').status);
      await display.configure('--source udp --bms-id MorganOak');
      const stop = display.sendDatagrams();
      try {
        await display.logs('Touch by');
        await display.showsOwnPicture();
        expect(sent).toEqual([]);
        await chooseSender(display, machine);
        await until('the broker is told of the battery', () => sent.length > 1, 120);
        expect(JSON.parse(sent[1] ?? '')).toMatchObject({ bmsId: 'MorganOak' });
      } finally {
        stop();
        await listener.endAsync();
      }
    });
  } finally {
    await sender.stop();
    await Promise.all([door.kill(), broker.kill()]);
    folder.remove();
  }
}, 900_000);
