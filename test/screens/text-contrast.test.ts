import type { CanvasRenderingContext2D } from 'canvas';
import { TextStyle } from '../../src/render/text';
import { dayPalette } from '../../src/render/theme';
import { screenNames } from '../../src/screens/screen';
import { contrast } from '../render/luminance';
import { boat, devicesStory } from './config/device-stories';
import { FakeSetupServices } from './config/fake-setup-services';
import { action, allActions, announced, desk, information, Owner, told } from './config/config-stories';
import { FirstMinute, silent } from './welcome/first-minute';
import { mainPicture, pictureOf, screens, silence, surroundings, tell, tellAlarm, touch } from './stories';

/** One text as it was written: its colour, and how little it stands out from what lay beneath. */
interface Written {
  readonly text: string;
  /** Pixels at 800x480. */
  readonly size: number;
  readonly colour: string;
  readonly ground: string;
  readonly contrast: number;
}

/** Pixels from which on a text is large. */
const largeText = 24;

const hex = (channels: readonly number[]): `#${string}` =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** Colours that take a tenth or more of a rectangle. What is nearly the same colour counts as one. */
function grounds(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): `#${string}`[] {
  if (width < 1 || height < 1 || x < 0 || y < 0) return [];
  const { data } = context.getImageData(Math.round(x), Math.round(y), Math.ceil(width), Math.ceil(height));
  const counts = new Map<string, { count: number; channels: number[] }>();
  for (let i = 0; i < data.length; i += 4) {
    // Beyond the picture's edge there is nothing.
    if (data[i + 3] === 0) continue;
    const channels = [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0];
    const key = channels.map((channel) => channel >> 4).join();
    const entry = counts.get(key) ?? { count: 0, channels };
    entry.count++;
    counts.set(key, entry);
  }
  return [...counts.values()]
    .filter(({ count }) => count * 4 * 10 >= data.length)
    .map(({ channels }) => hex(channels));
}

const written = new Map<string, Written>();

function note(
  style: TextStyle,
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  align: string,
): void {
  if (text.trim() === '') return;
  const width = style.measure(text);
  const left = align === 'right' ? x - width : align === 'center' ? x - width / 2 : x;
  for (const ground of grounds(context, left, y - style.size * 0.7, width, style.size * 0.7)) {
    const key = `${style.colour} on ${ground}, ${style.size >= largeText ? 'large' : 'small'}`;
    if (!written.has(key)) {
      written.set(key, {
        text,
        size: style.size,
        colour: style.colour,
        ground,
        contrast: contrast(style.colour, ground),
      });
    }
  }
}

beforeAll(() => {
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { draw, write } = TextStyle.prototype;
  jest.spyOn(TextStyle.prototype, 'draw').mockImplementation(function (
    this: TextStyle,
    context,
    text,
    x,
    y,
    align,
    damage,
  ) {
    note(this, context, text, x, y, align ?? 'left');
    draw.call(this, context, text, x, y, align, damage);
  });
  jest.spyOn(TextStyle.prototype, 'write').mockImplementation(function (
    this: TextStyle,
    context,
    text,
    x,
    y,
    align,
  ) {
    note(this, context, text, x, y, align ?? 'left');
    write.call(this, context, text, x, y, align);
  });
});

const charging = { modules: 16, current: 124, voltage: 49.4 };

function drawEverything(): void {
  pictureOf(new FirstMinute().navigator, silent);
  const absurd = {
    modules: 40,
    announced: 42,
    current: -32768,
    voltage: 6553.5,
    stateOfCharge: 127.5,
    temperature: 255,
  };
  const low = { ...charging, current: -80, stateOfCharge: 4 };
  for (const story of [charging, low, absurd]) {
    for (const screen of screenNames) {
      for (const age of [200, 5000, 65_000]) pictureOf(screens(tell(story), screen), surroundings(age));
      const alarmed = tellAlarm({ ...story, weakest: 4.25 });
      pictureOf(screens(alarmed, screen), surroundings(200));
      alarmed.alarms.acknowledge();
      pictureOf(screens(alarmed, screen), surroundings(200));
      const navigator = screens(tell(story), screen);
      navigator.update(surroundings(200));
      touch(navigator, [400, 200], [500, 220]);
      pictureOf(navigator, surroundings(200));
    }
  }
  for (const screen of screenNames) pictureOf(screens(silence(), screen), surroundings(0, { now: 1000 }));
  mainPicture(tell(charging), surroundings(200, { notice: 'Not logging: the disk is full' }));
  const gone = { ...surroundings(0).source, up: false, text: 'No CAN interface can0', note: 'no interface' };
  mainPicture(silence(), surroundings(0, { source: gone }));
  drawSettings();
}

function drawDevices(): void {
  const facts = { services: new FakeSetupServices() };
  const owner = new Owner(devicesStory({ values: { devices: boat }, facts })).find('device 0');
  owner.picture();
  owner.touch('right').picture();
  owner.touch('device 4').picture();
  owner.touch('back').touch('add device').picture();
  owner.touch('add bluetooth').picture();
  owner.touch('back').touch('add bluenova').picture();
}

function drawSettings(): void {
  drawDevices();
  const failed = { state: 'failed', ...told('The stick is full.'), progress: undefined } as const;
  const running = { state: 'running', ...told('Copying'), progress: 0.4 } as const;
  const parts = () => ({
    controller: announced(),
    editor: desk({ values: { night: '21:00-06:30' }, elsewhere: [['port', '--port']] }).editor,
    information,
    service: {
      ...allActions({ resetLog: failed, copyLog: running }),
      update: action({ ...failed, state: 'done' }),
    },
  });
  const pages = new Owner(parts());
  for (let page = 0; page < 17; page++) pages.touch('right').picture();
  const changed = new Owner(parts())
    .find('minus brightness')
    .touch('minus brightness')
    .touch('choose units 1');
  changed.picture();
  changed.touch('close').picture();
  for (const [field, text] of [
    ['edit bmsId', 'a b'],
    ['edit controller WIFIPASS', 'x'],
  ] as const) {
    const keyboard = new Owner(parts()).find(field).touch(field).type(text);
    for (const key of ['key shift', 'key digits', 'key symbols', 'key done']) {
      keyboard.picture();
      if (keyboard.names().includes(key)) keyboard.touch(key);
    }
    keyboard.picture();
  }
  const exit = new Owner(parts()).find('exit').touch('exit');
  exit.picture();
  new Owner().picture();
}

/** Of a button that can do nothing at the moment, whose words nobody has to read (WCAG 2.2, 1.4.3, inactive). */
const idle = ['SAVE', 'BUSY'];

test('every text on every screen stands out from what lies beneath it: 4.5 to 1, large ones 3 to 1', () => {
  drawEverything();
  const all = [...written.values()];
  // The texts were really seen: in all of these colours, on grounds of many kinds.
  const { text, secondary, tertiary, late, warning, alarm, powerIn, powerOut } = dayPalette;
  expect(all.map(({ colour }) => colour)).toEqual(
    expect.arrayContaining([text, secondary, tertiary, late, warning, alarm, powerIn, powerOut]),
  );
  expect(new Set(all.map(({ ground }) => ground)).size).toBeGreaterThan(10);
  const poor = all.filter((one) => one.contrast < (one.size >= largeText ? 3 : 4.5));
  expect(poor.filter((one) => !idle.includes(one.text) || one.colour !== dayPalette.lateFill)).toEqual([]);
});
