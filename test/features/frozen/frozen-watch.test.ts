import { FrozenWatch } from '../../../src/features/frozen/frozen-watch';
import { Battery } from '../../../src/model/battery';
import { Device } from '../../../src/model/device';

function watching() {
  const devices = [new Battery('house'), new Device('roof', 'solar-charger')];
  const clock = { now: 0, monotonic: () => clock.now };
  const logged: string[] = [];
  const watch = new FrozenWatch({
    devices,
    clock,
    log: { debug: (text) => void logged.push(text) },
  });
  /** A poll of both, whose voltages are these; the last cell of the battery is another each time where that is asked for. */
  const poll = (house: number, roof: number, cell = 3.3): void => {
    clock.now += 5000;
    const [battery, charger] = devices;
    const at = clock.now;
    battery?.apply({ device: 'house', at, group: 'basic', period: 5000, values: { voltage: house } });
    const cells = { first: 0, total: 2, volts: [3.3, cell] };
    battery?.apply({ device: 'house', at, group: 'cells', period: 5000, values: {}, cells });
    charger?.apply({ device: 'roof', at, group: 'status', period: 5000, values: { batteryVoltage: roof } });
    watch.everySecond();
  };
  return { poll, logged, clock, watch, texts: () => watch.lines().map(({ label, text }) => [label, text]) };
}

test('a device that says the same ten times while another changes is noted, once in the log', () => {
  const { poll, texts, logged } = watching();
  for (let i = 0; i < 10; i++) poll(13 + i / 100, 13.3);
  expect(texts()).toEqual([]);
  for (let i = 10; i < 30; i++) poll(13 + i / 100, 13.3);
  expect(texts()).toEqual([['roof', 'same values for 2 min while other devices change']]);
  expect(logged).toEqual([expect.stringMatching(/^roof: same values for 50 s while other devices change$/)]);
  poll(14, 13.4);
  expect(texts()).toEqual([]);
});

test('nothing is noted where all stand still, or where one cell changes', () => {
  const still = watching();
  for (let i = 0; i < 30; i++) still.poll(13, 13.3);
  expect(still.texts()).toEqual([]);
  const { poll, texts } = watching();
  for (let i = 0; i < 30; i++) poll(13, 13.3 + i / 10, 3.3 + (i % 2) / 1000);
  expect(texts()).toEqual([]);
});

test('a device that is lost is not frozen', () => {
  const { poll, texts, clock, watch } = watching();
  for (let i = 0; i < 20; i++) poll(13 + i / 100, 13.3);
  expect(texts()).toHaveLength(1);
  clock.now += 60_000;
  watch.everySecond();
  expect(texts()).toEqual([]);
});
