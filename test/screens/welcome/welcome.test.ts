import { evtvReading } from '../../../src/devices/evtv/readings';
import { contains, intersects } from '../../../src/render/rect';
import { metrics } from '../../../src/render/theme';
import { devicesStory } from '../config/device-stories';
import { FakeSetupServices } from '../config/fake-setup-services';
import { heardAt, silence } from '../stories';
import { FirstMinute, silent } from './first-minute';

const shown = ({ navigator }: FirstMinute): string => navigator.screenName;

function hear({ battery }: FirstMinute): void {
  battery.battery.apply(evtvReading({ message: '0x650', stateOfCharge: 77.5 }, silent.now));
}

describe('the welcome stands in place of the dial', () => {
  test('after a while in which nothing was received, and goes by itself with the first battery', () => {
    const display = new FirstMinute(silence(), {}, [800, 480], silent.now + 15_000);
    expect(shown(display)).toBe('main');
    expect(shown(display.look(14_999))).toBe('main');
    expect(shown(display.look(1))).toBe('welcome');
    hear(display);
    expect(shown(display.look(20))).toBe('main');
    // It does not come back when the battery falls silent.
    expect(shown(display.look(3_600_000))).toBe('main');
  });

  test('never where a battery is received before', () => {
    const display = new FirstMinute(silence(), {}, [800, 480], silent.now + 15_000);
    hear(display);
    for (let i = 0; i < 60; i++) expect(shown(display.look(1000))).toBe('main');
  });

  test('not over another screen, and not under a finger', () => {
    const display = new FirstMinute(silence(), {}, [800, 480], silent.now + 15_000);
    display.touch('settings').look(20_000);
    expect(shown(display)).toBe('settings');
    const held = new FirstMinute(silence(), {}, [800, 480], silent.now + 15_000);
    held.navigator.pointer({ type: 'press', x: 770, y: 28 });
    expect(shown(held.look(20_000))).toBe('main');
    held.navigator.pointer({ type: 'release', x: 770, y: 28 });
    expect(shown(held.look(20))).toBe('settings');
  });

  test('until somebody wants to see the dial', () => {
    for (const leave of [
      (display: FirstMinute) => display.touch('dial'),
      ({ navigator }: FirstMinute) => navigator.key({ key: 'Escape', action: 'down', command: false }),
    ]) {
      const display = new FirstMinute();
      expect(shown(display)).toBe('welcome');
      leave(display);
      expect(shown(display.look(60_000))).toBe('main');
    }
  });

  test('again after the settings were closed', () => {
    const display = new FirstMinute(silence(), devicesStory({ values: {} })).touch('can');
    expect(shown(display)).toBe('settings');
    display.touch('close').touch('yes');
    expect(shown(display)).toBe('welcome');
  });

  test('arrow keys lead from it as from the main screen', () => {
    const { navigator } = new FirstMinute();
    navigator.key({ key: 'Right', action: 'down', command: false });
    expect(navigator.screenName).toBe('soc-log');
  });
});

describe('its choices lead through the first set-up', () => {
  test('CAN is chosen already, and SAVE keeps it', async () => {
    const story = devicesStory({ values: {} });
    const display = new FirstMinute(silence(), story).touch('can');
    expect(display.names).toEqual(expect.arrayContaining(['edit interface', 'save']));
    display.touch('save').touch('yes');
    for (let i = 0; i < 20; i++) await Promise.resolve();
    expect(story.written).toEqual([{ source: 'can' }]);
    expect(story.restarts).toBe(1);
  });

  test('wireless shows the port that is listened to, and has nothing to save', () => {
    const story = devicesStory({ values: {} });
    const display = new FirstMinute(silence(), story).touch('wireless');
    expect(display.names).toContain('edit port');
    display.touch('close');
    expect(shown(display)).toBe('welcome');
  });

  test('a choice takes back another one', () => {
    const display = new FirstMinute(silence(), devicesStory({ values: {} })).touch('can');
    display.touch('close').touch('yes').touch('wireless');
    expect(display.names).toContain('edit port');
    expect(display.names).not.toContain('edit interface');
  });

  test('Bluetooth searches at once, and its X leads to the list of devices, whose X leads back', () => {
    const services = new FakeSetupServices();
    const story = devicesStory({ values: {}, facts: { services, now: () => heardAt } });
    const display = new FirstMinute(silence(), story).touch('bluetooth');
    expect(story.devices.setup?.step).toMatchObject({ step: 'search' });
    expect(services.signal?.aborted).toBe(false);
    display.touch('close');
    expect(services.signal?.aborted).toBe(true);
    expect(story.devices.setup?.step).toBeUndefined();
    expect(display.names).toContain('add device');
    display.touch('close');
    expect(shown(display)).toBe('welcome');
  });

  test('where devices are set elsewhere, Bluetooth shows the list, which says so', () => {
    const elsewhere = [['devices', '--device']] as const;
    const display = new FirstMinute(silence(), devicesStory({ values: {}, elsewhere })).touch('bluetooth');
    expect(shown(display)).toBe('settings');
    expect(display.names).not.toContain('add device');
  });

  test('SHOW ME asks for the demonstration', () => {
    expect(new FirstMinute().touch('show-me').demonstrations).toEqual(['battery']);
  });
});

test.each([
  [480, 320],
  [800, 480],
  [1024, 600],
  [1920, 1080],
  [480, 800],
  [720, 1280],
  [1280, 400],
] as const)(
  'every choice is large enough for a finger and shares no pixel with another: %ix%i',
  (...size) => {
    const { navigator } = new FirstMinute(silence(), {}, size);
    expect(navigator.targets.map(({ name }) => name)).toEqual([
      'dial',
      'wireless',
      'can',
      'bluetooth',
      'show-me',
    ]);
    const whole = { x: 0, y: 0, width: size[0], height: size[1] };
    const areas = navigator.targets.flatMap((target) => target.areas);
    for (const area of areas) {
      expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(metrics.touchTarget);
      expect(contains(whole, area.x, area.y)).toBe(true);
      expect(contains(whole, area.x + area.width - 1, area.y + area.height - 1)).toBe(true);
      for (const other of areas) if (other !== area) expect(intersects(area, other)).toBe(false);
    }
  },
);
