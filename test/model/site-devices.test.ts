import { powerLogStep } from '../../src/model/power-log';
import { Site } from '../../src/model/site';

test('a battery is added once, however often it is asked for', () => {
  const site = new Site();
  const house = site.battery('house');
  expect(site.battery('house')).toBe(house);
  site.add('house', 'battery');
  expect(site.main).toBe(house);
});

test('a bank finds a name that no device has', () => {
  const site = new Site();
  for (const name of ['BANK', 'bank 2', 'Bow']) site.add(name, 'battery');
  site.join();
  expect(site.main.battery.name).toBe('Bank 3');
});

test('the main battery is shown until another one is chosen', () => {
  const site = new Site();
  for (const name of ['house', 'bow']) site.add(name, 'battery');
  expect(site.shown.battery.name).toBe('house');
  site.show('bow');
  expect(site.shown.battery.name).toBe('bow');
  site.show('nobody');
  expect(site.shown.battery.name).toBe('house');
});

test('a power that is late is nowhere in the power log', () => {
  const site = new Site();
  site.add('house', 'battery');
  const last = powerLogStep - 3000;
  for (let now = 0; now < powerLogStep + 20_000; now += 1000) {
    if (now <= last)
      site.apply({ device: 'house', at: now, group: 'all', period: 1000, values: { power: -500 } });
    site.sample(now);
  }
  expect(site.main.powerLog.series(powerLogStep, 2)).toEqual([-500, undefined]);
});
