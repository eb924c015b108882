import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoSettings } from '../../src/commands/demonstration';
import { simulateSite } from '../../src/commands/simulate-site';
import { parseDevices } from '../../src/devices/parse-device';
import { Radio } from '../../src/io/bluetooth/radio';
import { createLog } from '../../src/logging/log';
import type { DeviceJson } from '../../src/protocol/device-json';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { FakeBluez } from '../io/bluetooth/fake-bluez';
import { FakeBus } from '../io/system-bus/fake-bus';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { freeTcpPort, Packdial, packdial } from './packdial';

const folder = temporaryFolder();
const boat = ['house', 'bow', 'charger', 'solar', 'load'];

describe('run --demo', () => {
  test('boat shows two batteries, their bank, a charger and two meters, whatever is set up', async () => {
    const config = join(folder, 'settings.json');
    const owned = [{ type: 'jbd-serial', name: 'real', port: '/dev/ttyUSB0' }];
    writeFileSync(config, JSON.stringify({ devices: owned, bank: 'off', mqtt: 'receiver', bmsId: 'Oak' }));
    const port = await freeTcpPort();
    const page = ['--headless', '--config', config, '--web', 'localhost', '--web-port', String(port)];
    const shown = new Packdial(['run', '--demo', 'boat', '--log', 'true', ...page]);
    await shown.says('Open in your browser');
    const ask = async (path: string): Promise<unknown> =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).json();
    let devices: readonly DeviceJson[] = [];
    await until('all are read', async () => {
      ({ devices } = (await ask('/api/devices')) as { devices: DeviceJson[] });
      return devices.length === 6 && devices.every(({ freshness }) => freshness === 'fresh');
    });
    shown.kill();
    expect(await shown.end()).toMatchObject({ code: 0 });
    expect(devices.map(({ device, kind }) => [device, kind])).toEqual([
      ['Bank', 'battery'],
      ['house', 'battery'],
      ['bow', 'battery'],
      ['charger', 'solar-charger'],
      ['solar', 'meter'],
      ['load', 'meter'],
    ]);
    expect(shown.stderr).toContain('PowerSafe100-simulated.log');
  });

  test.each(['battery', 'boat'])(
    '%s begins with a past of its own, and leaves what its owner has kept as it is',
    async (demo) => {
      const data = join(folder, `data-${demo}`);
      mkdirSync(data);
      const kept = ['history.sqlite', 'energy.json', 'alarms.json', 'energy-simulate.json'];
      for (const name of kept) writeFileSync(join(data, name), 'its owner’s');
      const port = await freeTcpPort();
      const page = ['--headless', '--web', 'localhost', '--web-port', String(port)];
      const shown = new Packdial(['run', '--demo', demo, '--data-dir', data, ...page]);
      await shown.says('Open in your browser');
      const ask = async (path: string): Promise<string> =>
        (await fetch(`http://127.0.0.1:${port}${path}`)).text();
      await until('a month is there', async () => {
        const { devices } = JSON.parse(await ask('/api/energy')) as {
          devices: { days: { energyIn: number | null }[] }[];
        };
        return devices.every(({ days }) => days.length >= 31);
      });
      const { mean } = JSON.parse(await ask('/api/history?value=power&from=now-30d&points=100')) as {
        mean: number[];
      };
      expect(mean.length).toBeGreaterThan(95);
      shown.kill();
      expect(await shown.end()).toMatchObject({ code: 0 });
      for (const name of kept) expect(readFileSync(join(data, name), 'utf8')).toBe('its owner’s');
      const made = readdirSync(data).filter((name) => !kept.includes(name));
      expect(made.filter((name) => /history|energy|alarms/.test(name))).toEqual([]);
    },
  );

  test('goes over to the other demonstration and back while it runs, for who may touch the display', async () => {
    const port = await freeTcpPort();
    const page = ['--headless', '--web', 'localhost', '--web-port', String(port)];
    const shown = new Packdial(['run', '--demo', 'battery', '--power-scale', '40', ...page]);
    await shown.says('Open in your browser');
    const address = `http://127.0.0.1:${port}`;
    const [, key = ''] = /open\?key=([\w-]+)/.exec(shown.stderr) ?? [];
    const opened = await fetch(`${address}/open?key=${key}`, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const show = async (demo: string, headers: Record<string, string>): Promise<number> => {
      const own = { 'content-type': 'application/json', origin: address, ...headers };
      const body = JSON.stringify({ show: demo });
      return (await fetch(`${address}/api/demo`, { method: 'POST', headers: own, body })).status;
    };
    const names = async (): Promise<string[]> => {
      const answer = await fetch(`${address}/api/devices`).catch(() => undefined);
      const content = (await answer?.json()) as { devices: { device: string }[] } | undefined;
      return content?.devices.map(({ device }) => device) ?? [];
    };
    expect(await names()).toEqual(['battery']);
    // Whoever has not the key may only look.
    expect(await show('boat', {})).toBe(403);
    expect(await show('zeppelin', { cookie })).toBe(400);
    expect(await show('boat', { cookie })).toBe(200);
    await until('the boat is shown', async () => (await names()).length === 6);
    expect(await show('battery', { cookie })).toBe(200);
    await until('the battery is shown again', async () => (await names()).join() === 'battery');
    shown.kill();
    expect(await shown.end()).toMatchObject({ code: 0 });
  });

  test('takes the place of devices, bank and broker, and of the speed only where none is set', async () => {
    const settings = demoSettings({ demo: 'boat' }, false);
    expect(settings).toMatchObject({ source: 'simulate', bank: 'all', mqtt: 'off', speed: 60 });
    const devices = await parseDevices(settings['devices'] as Record<string, unknown>[]);
    expect(devices.map(({ name }) => name)).toEqual(boat);
    expect(demoSettings({ demo: 'battery' }, true)).toEqual({
      demo: 'battery',
      source: 'simulate',
      devices: [],
      bank: 'all',
      mqtt: 'off',
    });
    expect(demoSettings({ demo: 'off' }, false)).toEqual({});
  });
});

describe('simulate --site boat', () => {
  const settings = resolveSettings([{ values: { site: 'boat' }, describe: (name) => name }]);
  const radioOf = (bluez: FakeBluez): Radio => new Radio({ open: () => new FakeBus(bluez) });
  const log = createLog('error');

  test('without links needs an adapter for each device, and says what else can be done', async () => {
    const bluez = new FakeBluez();
    await expect(simulateSite(settings, undefined, log, radioOf(bluez))).rejects.toThrow(
      'The boat needs 6 Bluetooth adapters, one for each device and one to read them with, and there is 1; name the devices to play with --device, or see the boat without adapters with packdial run --demo boat.',
    );
    bluez.unplug();
    await expect(simulateSite(settings, undefined, log, radioOf(bluez))).rejects.toThrow('there are 0;');
    bluez.stop();
    await expect(simulateSite(settings, undefined, log, radioOf(bluez))).rejects.toThrow(
      /Bluetooth service.*; without Bluetooth, name the devices to play with --device, or see the boat with packdial run --demo boat\.$/,
    );
  });

  test.each<[string, readonly string[], RegExp]>([
    [
      'no battery',
      ['litime-ble,address=00:1A:7D:DA:71:13'],
      /The boat has no battery; name one with --device/,
    ],
    [
      'a battery of other cells',
      ['jbd-serial,name=house,port=/dev/ttyS9,cells=16'],
      /"house" has cells=16, but the boat's batteries have 4; leave cells out\./,
    ],
    ['a device that can’t be played', ['bluenova,name=stern'], /bluenova can't be played by simulate\./],
  ])('%s is a mistake', async (_name, devices, sentence) => {
    await expect(simulateSite(settings, devices, log, radioOf(new FakeBluez()))).rejects.toThrow(sentence);
  });

  test('an unknown site or demonstration is one sentence and exit code 2', async () => {
    for (const [args, sentence] of [
      [['simulate', '--site', 'ship'], '--site is "ship", but must be one of battery, boat.'],
      [['run', '--headless', '--demo', 'ship'], '--demo is "ship", but must be one of off, battery, boat.'],
    ] as const)
      expect(await packdial(args)).toMatchObject({ code: 2, stderr: `packdial: ${sentence}\n` });
  });
});
