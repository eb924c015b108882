import { evtvReading } from '../../src/devices/evtv/readings';
import type { MonitoredBattery } from '../../src/model/site';
import type { Navigator } from '../../src/screens/navigator';
import type { ScreenName, Surroundings } from '../../src/screens/screen';
import { expectGolden } from '../golden-picture';
import {
  heardAt,
  pictureOf,
  placeOf,
  screens,
  silence,
  surroundings,
  tell,
  tellAlarm,
  touch,
} from './stories';

const details = ['soc-log', 'cells', 'power-log'] as const;
const charging = { modules: 16, current: 124, voltage: 49.4 };
const absurd = {
  modules: 40,
  announced: 42,
  current: -32768,
  voltage: 6553.5,
  stateOfCharge: 127.5,
  temperature: 255,
};
const overcharged = { ...charging, weakest: 4.25 };

function expectPicture(
  name: string,
  screen: ScreenName,
  monitored: MonitoredBattery,
  around: Surroundings,
  size: readonly [number, number] = [800, 480],
  act: (navigator: Navigator) => void = () => undefined,
): void {
  const navigator = screens(monitored, screen, size);
  navigator.update(around);
  act(navigator);
  expectGolden(pictureOf(navigator, around).canvas, name);
}

describe.each(details)('%s looks as it was agreed', (screen) => {
  test.each([
    ['charging', charging, 200],
    ['late', charging, 5000],
    ['lost', charging, 65_000],
    ['absurd', absurd, 200],
  ] as const)('%s', (name, story, age) => {
    const monitored = tell(story);
    monitored.socLog.sample(heardAt, story === absurd ? 127.5 : 77.5);
    monitored.powerLog.add(story === absurd ? -214_745_088 : 6125, heardAt);
    expectPicture(`${screen}-${name}`, screen, monitored, surroundings(age));
    if (name === 'absurd')
      expectPicture(`${screen}-${name}-480x320`, screen, monitored, surroundings(age), [480, 320]);
  });

  test('waiting for a battery', () => {
    const { source, ...around } = surroundings(0);
    const quiet = { ...source, frames: 0, ignored: 12, malformed: 3, sender: undefined };
    expectPicture(`${screen}-waiting`, screen, silence(), { ...around, source: quiet });
  });

  test.each([
    ['1024x600', [1024, 600]],
    ['480x320', [480, 320]],
    ['480x800', [480, 800]],
  ] as const)('%s, fresh and with an alarm', (name, size) => {
    expectPicture(`${screen}-charging-${name}`, screen, tell(charging), surroundings(200), size);
    expectPicture(`${screen}-alarm-${name}`, screen, tellAlarm(overcharged), surroundings(200), size);
  });

  test('alarm', () => {
    expectPicture(`${screen}-alarm`, screen, tellAlarm(overcharged), surroundings(200));
  });

  test('an alarm that has been acknowledged', () => {
    const monitored = tellAlarm(overcharged);
    monitored.alarms.acknowledge();
    expectPicture(`${screen}-alarm-acknowledged`, screen, monitored, surroundings(200));
  });
});

test('S0.37, S0.38: the SOC log on its shortest and on its longest scale', () => {
  const monitored = tell(charging);
  for (let age = 600_000; age >= 0; age -= 1000) {
    const gap = age > 200_000 && age < 260_000;
    monitored.socLog.sample(
      heardAt - age + 1_000_000,
      gap ? undefined : 77.5 - Math.floor(age / 100_000) / 2,
    );
  }
  monitored.battery.apply(evtvReading({ message: '0x650', stateOfCharge: 77.5 }, heardAt + 1_000_000));
  monitored.battery.apply(
    evtvReading({ message: '0x150', packCurrent: 124, packVoltage: 49.4 }, heardAt + 1_000_000),
  );
  const around = { ...surroundings(1_000_000), now: heardAt + 1_000_000 };
  const press = (x: number) => (navigator: Navigator) => {
    for (let times = 0; times < 10; times++) {
      touch(navigator, [x, 440]);
      navigator.update(around);
    }
  };
  expectPicture('soc-log-shortest', 'soc-log', monitored, around, [800, 480], press(700));
  expectPicture('soc-log-longest', 'soc-log', monitored, around, [800, 480], press(100));
});

test('the SOC log and the power log on a machine that cannot know the time', () => {
  const around = surroundings(200, { wall: new Date(1970, 0, 1, 3) });
  expectPicture('soc-log-no-time', 'soc-log', tell(charging), around);
  expectPicture('power-log-no-time', 'power-log', tell(charging), around);
});

test('a finger slides over the SOC log', () => {
  expectPicture('soc-log-read', 'soc-log', tell(charging), surroundings(200), [800, 480], (navigator) => {
    navigator.pointer({ type: 'press', x: 300, y: 200 });
    navigator.pointer({ type: 'move', x: 520, y: 210 });
  });
});

function tapOn(navigator: Navigator, target: string): void {
  const { x, y } = placeOf(navigator.targets, target);
  touch(navigator, [x, y]);
}

test.each([6, 96, 240])('S0.42: %i cells, voltages and deviations', (cells) => {
  const monitored = tell({ ...charging, modules: cells / 6 });
  const deviation = (navigator: Navigator): void => tapOn(navigator, 'deviation');
  expectPicture(`cells-${cells}`, 'cells', monitored, surroundings(200));
  expectPicture(`cells-${cells}-480x320`, 'cells', monitored, surroundings(200), [480, 320]);
  expectPicture(`cells-${cells}-deviation`, 'cells', monitored, surroundings(200), [800, 480], deviation);
  expectPicture(
    `cells-${cells}-deviation-480x320`,
    'cells',
    monitored,
    surroundings(200),
    [480, 320],
    deviation,
  );
});

test('S0.98: modules that are heard no more, or not lately, and a cell that is read', () => {
  const monitored = tell(charging);
  const { battery } = monitored;
  const around = surroundings(12_000);
  for (let index = 0; index < 16; index++) {
    if (index === 5 || index === 6) continue;
    const voltages = battery.cells
      .voltages(heardAt)
      .slice(index * 6, index * 6 + 6)
      .map(Number);
    battery.apply(
      evtvReading(
        { message: '0x68F', module: { index, total: 16, voltages } },
        around.now - (index === 10 ? 4000 : 200),
      ),
    );
  }
  battery.apply(evtvReading({ message: '0x150', packCurrent: 124, packVoltage: 49.4 }, around.now - 200));
  expectPicture('cells-missing', 'cells', monitored, around);
  expectPicture('cells-missing-read', 'cells', monitored, around, [800, 480], (navigator) =>
    touch(navigator, [100, 300], [262, 300]),
  );
});

test('S0.45: a cell that is read, in both views', () => {
  const read = (navigator: Navigator): void => touch(navigator, [400, 300], [165, 250]);
  expectPicture('cells-read', 'cells', tell(charging), surroundings(200), [800, 480], read);
  expectPicture(
    'cells-read-deviation',
    'cells',
    tell(charging),
    surroundings(200),
    [800, 480],
    (navigator) => {
      tapOn(navigator, 'deviation');
      read(navigator);
    },
  );
});

test('the temperatures of a battery that tells two of them', () => {
  expectPicture('cells-temperature', 'cells', tell(charging), surroundings(200), [800, 480], (navigator) =>
    tapOn(navigator, 'temperature'),
  );
});

test('cells without cut-offs stand in a window of their own', () => {
  const monitored = silence();
  const voltages = [3.31, 3.32, 3.31, 3.29, 3.31, 3.32];
  monitored.battery.apply(
    evtvReading({ message: '0x68F', module: { index: 0, total: 1, voltages } }, heardAt),
  );
  monitored.battery.apply(evtvReading({ message: '0x150', packCurrent: 1, packVoltage: 19.9 }, heardAt));
  expectPicture('cells-no-cutoffs', 'cells', monitored, surroundings(200));
});

test('S0.34, S0.49: the power log magnified, over a day, and a moment of it', () => {
  const monitored = tell(charging);
  const act =
    (...places: readonly (readonly [number, number])[]) =>
    (navigator: Navigator) => {
      for (const place of places) {
        touch(navigator, place);
        navigator.update(surroundings(200));
      }
    };
  const zoomed = act([570, 36], [570, 36], [570, 36]);
  expectPicture('power-log-8x', 'power-log', monitored, surroundings(200), [800, 480], zoomed);
  expectPicture('power-log-24h', 'power-log', monitored, surroundings(200), [800, 480], act([750, 36]));
  expectPicture('power-log-read', 'power-log', monitored, surroundings(200), [800, 480], act([500, 200]));
  expectPicture('power-log-read-gap', 'power-log', monitored, surroundings(200), [800, 480], act([460, 200]));
  const small = act([430, 24], [300, 120]);
  expectPicture('power-log-24h-480x320', 'power-log', monitored, surroundings(200), [480, 320], small);
});
