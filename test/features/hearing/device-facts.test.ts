import { demoSettings } from '../../../src/commands/demonstration';
import { parseDevices } from '../../../src/devices/parse-device';
import { deviceFacts } from '../../../src/features/hearing/device-facts';
import { Receptions } from '../../../src/features/hearing/receptions';
import type { Log } from '../../../src/logging/log';
import { Site } from '../../../src/model/site';
import { alarmLimits } from '../../../src/settings/alarm-settings';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { until } from '../../until';

const settings = {
  ...resolveSettings([{ values: {}, describe: (name) => name }]),
  demo: 'boat' as const,
};
const clock = { monotonic: () => performance.now(), wall: () => new Date() };

test("a charger's load is switched through its link and read back; a battery has none", async () => {
  const { devices: raw } = demoSettings({ demo: 'boat' }, false);
  const devices = await parseDevices(raw as Record<string, unknown>[]);
  const site = new Site(alarmLimits(settings), settings.units);
  const lines: string[] = [];
  const log = { info: (text: string) => lines.push(text), warn: () => undefined } as unknown as Log;
  const receptions = new Receptions(
    settings,
    devices,
    { clock, log, listener: { reading: (reading) => site.apply(reading), status: () => undefined } },
    {},
  );
  for (const { name, kind } of receptions.all) site.add(name, kind);
  const facts = deviceFacts({ settings, site, clock, receptions: () => receptions.all });
  expect(await facts.live('charger')?.load?.switch(false)).toBe('not-connected');
  const stop = new AbortController();
  const running = receptions.run(stop.signal);
  await until('the charger is read', () => facts.live('charger')?.load?.on !== undefined);
  await until('the batteries are read', () => facts.live('house')?.freshness === 'fresh');
  expect(facts.live('house')?.load).toBeUndefined();
  expect(facts.live('nobody')).toBeUndefined();
  const before = facts.live('charger')?.load?.on === true;
  for (const on of [!before, before]) {
    expect(await facts.live('charger')?.load?.switch(on)).toBe('done');
    expect(facts.live('charger')?.load?.on).toBe(on);
  }
  expect(lines.filter((line) => line.includes('switching the load'))).toHaveLength(6);
  stop.abort();
  await running;
});

test('a battery among others says which of them it is', () => {
  const site = new Site(alarmLimits(settings), settings.units);
  site.add('stern', 'battery');
  const reception = {
    name: 'stern',
    status: { state: 'up', label: '', report: { code: 'starting', values: {} } },
  };
  const facts = deviceFacts({ settings, site, clock, receptions: () => [reception as never] });
  expect(facts.live('stern')?.facts).toEqual([]);
  expect(facts.live('stern')?.current).toBeUndefined();
  const reading = { device: 'stern', group: 'a', at: clock.monotonic(), period: 5000 };
  site.apply({ ...reading, values: { rank: 2, units: 3, current: -4.2 }, texts: { model: 'NG 108' } });
  expect(facts.live('stern')?.current).toBe(-4.2);
  expect(facts.live('stern')?.facts).toEqual([
    { label: 'Model', text: 'NG 108' },
    { label: 'Unit', text: '2 of 3' },
  ]);
});
