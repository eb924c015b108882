import { intersects, union } from '../../../src/render/rect';
import { metrics } from '../../../src/render/theme';
import { fingerSide } from '../../../src/screens/finger';
import { boat, devicesStory } from './device-stories';
import { boat as databases, lookingAt } from './databases/database-story';
import { allActions, announced, desk, information, Owner, told } from './config-stories';

/** Pixels, and dots per inch where they are more than usual. */
const sizes = [
  [480, 320, 132],
  [800, 480, 132],
  [1024, 600, 132],
  [1280, 720, 132],
  [1920, 1080, 132],
  [480, 800, 132],
  [600, 1024, 132],
  [480, 320, 165],
  [800, 480, 217],
  [720, 1280, 294],
] as const;

/** Every state in which something else can be touched. */
function* states(width: number, height: number, finger: number): Generator<[string, Owner]> {
  const made = (source = 'udp'): Owner =>
    new Owner(
      {
        controller: announced(),
        editor: desk({ values: { night: '21:00-06:30', source } }).editor,
        information,
        service: allActions(),
      },
      width,
      height,
      'battery',
      finger,
    );
  for (const source of ['udp', 'can', 'slcan', 'simulate']) {
    const pages = made(source);
    for (let page = 0; page < 32; page++) {
      yield [`page ${page} with ${source}`, pages];
      pages.touch('right');
    }
  }
  for (const field of ['edit bmsId', 'edit controller WIFIPASS']) {
    const keyboard = made().find(field).touch(field);
    yield [field, keyboard];
    yield [`${field}, capitals`, keyboard.touch('key shift')];
    yield [`${field}, digits`, keyboard.touch('key digits')];
    yield [`${field}, symbols`, keyboard.touch('key symbols')];
  }
  const link = announced();
  const saving = new Owner({ controller: link, editor: desk().editor }, width, height, 'battery', finger);
  yield ['sending', saving.touch('plus controller HIVOLT').touch('save')];
  const changed = made('slcan').find('choose source 0').touch('choose source 0');
  yield ['restart?', changed.touch('save')];
  yield ['leave?', changed.touch('no').touch('close')];
  for (const asked of ['exit', 'reset-log', 'update']) yield [`${asked}?`, made().find(asked).touch(asked)];
  const limit = made().find('edit alarmPackHigh').touch('edit alarmPackHigh');
  yield ['a number', limit];
  yield ['a number that is none', limit.touch('key 0').touch('key done')];
  const running = { state: 'running', ...told('Copying'), progress: 0.5 } as const;
  const busy = new Owner(
    { service: allActions({ copyLog: running, update: running }) },
    width,
    height,
    'battery',
    finger,
  );
  yield ['busy', busy.find('copy-log')];
  const notice = {
    name: 'log',
    report: {
      code: 'log-not-written',
      values: { code: 'log-failed', values: { trouble: { code: 'disk-full', values: {} }, losing: false } },
    },
    untilRead: false,
  } as const;
  yield [
    'a notice',
    new Owner(
      { editor: desk().editor, notices: { unread: notice, read: () => undefined } },
      width,
      height,
      'battery',
      finger,
    ),
  ];
  const listed = new Owner(
    devicesStory({ values: { devices: boat } }),
    width,
    height,
    'battery',
    finger,
  ).find('device 0');
  yield ['devices', listed];
  yield ['a device', listed.touch('device 0')];
  yield ['its settings', listed.touch('device settings')];
  yield ['its name', listed.touch('back').touch('device rename')];
  yield ['a device to be removed', listed.touch('close').touch('device remove')];
  yield ['no devices', new Owner(devicesStory(), width, height, 'battery', finger).find('device source')];
  const page = { width, height, finger };
  const none = lookingAt([], page).owner;
  yield ['no databases', none];
  yield ['kinds of databases', none.touch('add database')];
  const many = Array.from({ length: 8 }, (_, i) => `postgres://me@host${i}/boat`);
  yield ['many databases', lookingAt(many, page).owner];
  const { owner } = lookingAt(databases, page);
  yield ['databases', owner];
  yield ['a database', owner.touch('database 0')];
  yield ['its form', owner.touch('database change')];
  yield ['a database that is tried', owner.touch('try')];
  yield ['a database to be removed', owner.touch('back').touch('back').touch('database remove')];
  yield ['nothing to set', new Owner({ wired: true }, width, height, 'battery', finger)];
  yield [
    'damaged file',
    new Owner({ editor: desk({ damage: 'Damaged.' }).editor }, width, height, 'battery', finger),
  ];
}

test.each(sizes)(
  'every target of the settings is large enough for a finger, on the screen, and shares no pixel with another: %ix%i at %i',
  (width, height, density) => {
    const finger = fingerSide(width, height, density);
    let seen = 0;
    for (const [state, owner] of states(width, height, finger)) {
      const { targets } = owner.screen;
      // Ten keys stand side by side, whatever the panel.
      const isKeyboard = targets.some(({ name }) => name.startsWith('key '));
      const least = isKeyboard ? metrics.touchTarget : finger;
      const areas = targets.flatMap(({ name, areas: places }) => places.map((area) => ({ name, area })));
      seen += areas.length;
      const wrong = [
        ...targets.filter(({ areas: places }) => {
          const whole = places.reduce(union);
          return whole.width < least || whole.height < least;
        }),
        ...areas.filter(
          ({ area: { x, y, width: w, height: h } }) => x < 0 || y < 0 || x + w > width || y + h > height,
        ),
        ...areas.filter(({ area }) =>
          areas.some((other) => other.area !== area && intersects(area, other.area)),
        ),
      ];
      expect([state, wrong]).toEqual([state, []]);
      expect([state, new Set(targets.map(({ name }) => name)).size]).toEqual([state, targets.length]);
    }
    expect(seen).toBeGreaterThan(300);
  },
);

test('+ and − are 64 pixels at 800x480, the keys of the keyboard 48 and more and without a gap between them', () => {
  const owner = new Owner({ editor: desk().editor }).find('plus brightness');
  const area = (name: string) => owner.screen.targets.find((target) => target.name === name)!.areas[0]!;
  expect([area('plus brightness'), area('minus brightness')]).toMatchObject([
    { width: 64, height: 64 },
    { width: 64, height: 64 },
  ]);
  owner.find('edit bmsId').touch('edit bmsId');
  const keys = owner.screen.targets
    .filter(({ name }) => name.startsWith('key '))
    .map(({ areas }) => areas[0]!);
  const whole = keys.reduce(union);
  expect(whole).toMatchObject({ x: 0, width: 800, y: 480 - whole.height });
  expect(keys.reduce((sum, { width, height }) => sum + width * height, 0)).toBe(whole.width * whole.height);
});

test('every character of ASCII that can be printed is on the keyboard', () => {
  const owner = new Owner({ editor: desk().editor }).touch('edit bmsId');
  const found = new Set<string>();
  const look = (): void => {
    for (const name of owner.names()) if (/^key .$/.test(name)) found.add(name.slice(4));
  };
  look();
  owner.touch('key shift');
  look();
  owner.touch('key digits');
  look();
  owner.touch('key symbols');
  look();
  const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
  expect(printable.filter((character) => !found.has(character))).toEqual([]);
});
