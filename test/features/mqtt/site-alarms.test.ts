import { SiteAlarms } from '../../../src/features/mqtt/site-alarms';
import { usualAlarmLimits } from '../../../src/model/alarm-limits';
import { Site } from '../../../src/model/site';

const wall = new Date('2026-06-12T10:00:00Z');

function siteOf(...names: readonly string[]) {
  const site = new Site(usualAlarmLimits, 'fahrenheit');
  for (const name of names) site.add(name, 'battery');
  site.join();
  const alarms = new SiteAlarms(site, 'MorganOak');
  /** One second in which each battery tells a temperature, °C. */
  const tell = (second: number, temperatures: readonly number[]) => {
    const at = second * 1000;
    for (const [i, temperatureMax] of temperatures.entries()) {
      const device = names[i] ?? '';
      site.apply({ device, at, group: 'basic', period: 1000, values: { temperatureMax } });
    }
    site.sample(at);
    return alarms.take(at, wall);
  };
  return tell;
}

test('the alarms of one battery are told in the units of the owner, without its name', () => {
  const tell = siteOf('battery');
  expect(tell(1, [63])).toEqual([
    {
      schema: 1,
      bmsId: 'MorganOak',
      id: expect.stringMatching(/^[0-9a-f-]{36}-1$/) as string,
      event: 'raised',
      text: 'Battery at 145 °F, above 140 °F',
      timestamp: '2026-06-12T10:00:00.000Z',
    },
  ]);
});

test('of several batteries every one is told of, by its name and with ids of its own', () => {
  const tell = siteOf('house', 'bow');
  const raised = tell(1, [63, 70]);
  expect(raised.map(({ text }) => text)).toEqual([
    'house: battery at 145 °F, above 140 °F',
    'bow: battery at 158 °F, above 140 °F',
  ]);
  expect(new Set(raised.map(({ id }) => id)).size).toBe(2);
  expect(tell(2, [63, 70])).toEqual([]);
  const cleared = tell(3, [63, 20]);
  expect(cleared.map(({ id, event }) => [id, event])).toEqual([[raised[1]?.id, 'cleared']]);
});
