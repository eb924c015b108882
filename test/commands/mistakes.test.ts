import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkEnvironment } from '../../src/settings/environment';
import { temporaryFolder } from '../temporary-folder';
import { packdial, Packdial } from './packdial';

const folder = temporaryFolder();

function settingsFile(content: string): string {
  const path = join(folder, `settings-${content.length}.json`);
  writeFileSync(path, content);
  return path;
}

const panel = join(folder, 'panel.raw');
writeFileSync(panel, '');
truncateSync(panel, 800 * 480 * 2);

const twoBuses = join(folder, 'two-buses.log');
writeFileSync(twoBuses, '(1620458408.000000) can0 650#C8\n(1620458408.100000) can1 650#28\n');

/** A mistake gets one sentence that names it, exit code 2, and no stack trace. */
test.each([
  [
    'a port out of range',
    ['run', '--headless', '--port', '70000'],
    /--port is "70000", but must be .* from 1 to 65535/,
  ],
  [
    'an unknown type of device',
    ['run', '--headless', '--device', 'jbd-radio,name=house'],
    /"jbd-radio" is no type of device; the types are evtv-udp, /,
  ],
  [
    'two devices on one serial port',
    ['run', '--device', 'jbd-serial,name=a,port=/dev/ttyS7', '--device', 'jbd-serial,name=b,port=/dev/ttyS7'],
    /"a" and "b" are both at serial port \/dev\/ttyS7; only one device can be/,
  ],
  [
    'a device without its port, to be written into the settings',
    ['configure', '--config', join(folder, 'devices.json'), '--device', 'jbd-serial,name=house'],
    /jbd-serial needs port=, the path of a serial port/,
  ],
  [
    'a bank of what is no battery',
    ['run', '--headless', '--device', 'evtv-udp,name=boat', '--bank', 'boat,house'],
    /bank names "house", but no battery has this name; they are "boat"\./,
  ],
  [
    'a bank of one, to be written into the settings',
    [
      'configure',
      '--config',
      join(folder, 'bank.json'),
      '--device',
      'evtv-udp,name=boat',
      '--device',
      'evtv-udp,name=shed,port=6501',
      '--bank',
      'shed',
    ],
    /bank names "shed" alone, but takes two or more; name another, or set it to off\./,
  ],
  [
    'a bank of batteries without a name',
    ['run', '--headless', '--bank', 'boat,,shed'],
    /--bank is "boat,,shed", but must be all, off, or names of batteries such as house,bow\./,
  ],
  [
    'a receiver that has devices too',
    ['run', '--headless', '--mqtt', 'receiver', '--bms-id', 'MorganOak', '--device', 'evtv-udp,name=boat'],
    /mqtt is receiver, whose one battery comes from the broker, but 1 device is set up as well; take the devices out/,
  ],
  [
    'an unknown source',
    ['run', '--headless', '--source', 'ble'],
    /--source is "ble", but must be one of udp, can/,
  ],
  [
    'a bit rate that adapters have no command for',
    ['decode', '--source', 'slcan', '--bitrate', '300000'],
    /--bitrate is "300000", but must be one of 10000, 20000, 50000, 100000, 125000, 250000, 500000, 800000, 1000000/,
  ],
  [
    'a serial port without a path',
    ['record', '--source', 'slcan', '--serial', 'ttyACM0'],
    /--serial is "ttyACM0", but must be the path/,
  ],
  ['a missing framebuffer', ['run', '--framebuffer', '/dev/fb99'], /no framebuffer \/dev\/fb99/],
  ['a folder as framebuffer', ['run', '--framebuffer', '/tmp'], /\/tmp/],
  [
    'an impossible rotation',
    ['run', '--headless', '--rotate', '45'],
    /--rotate is "45", but must be one of 0, 90/,
  ],
  ['a size too small', ['run', '--headless', '--size', '100x100'], /--size is "100x100"/],
  ['an unknown flag', ['run', '--prot', '6500'], /unknown option '--prot'/],
  ['an unknown command', ['show'], /unknown command 'show'/],
  ['a settings file that is not there', ['run', '--config', '/nope.json'], /no settings file \/nope\.json/],
  [
    'a log that is not there',
    ['run', '--headless', '--source', 'replay', '--file', '/nope.log'],
    /\/nope\.log/,
  ],
  [
    'a log that is none',
    ['run', '--headless', '--source', 'replay', '--file', 'README.md'],
    /README\.md is not a log of a CAN bus: name one that candump -L/,
  ],
  [
    'a log of another interface',
    ['snapshot', '--source', 'replay', '--file', twoBuses, '--interface', 'can3', '--out', '/tmp/x.png'],
    /has no frames of can3, only of can0, can1: name one of them with --interface/,
  ],
  ['a replay of nothing', ['run', '--headless', '--source', 'replay'], /name one with --file/],
  ['a simulation at no speed', ['run', '--headless', '--source', 'simulate', '--speed', '0'], /--speed is 0/],
  ['too many modules', ['simulate', '--modules', '41'], /--modules is "41", but must be .* from 1 to 40/],
  ['more than all frames lost', ['simulate', '--loss', '1.5'], /--loss is "1.5"/],
  ['a CAN interface that is not there to send on', ['simulate', '--interface', 'nocan7'], /nocan7/],
  [
    'a touch of no place',
    ['snapshot', '--tap', 'here', '--out', '/tmp/x.png'],
    /--tap is "here", but must be a place in pixels such as 750,36/,
  ],
  [
    'an unknown screen',
    ['snapshot', '--screen', 'moon', '--out', '/tmp/x.png'],
    /--screen is "moon", but must be one of main/,
  ],
  [
    'a picture that cannot be written',
    ['snapshot', '--source', 'simulate', '--out', '/nope/x.png'],
    /\/nope\/x\.png/,
  ],
  [
    'a data folder that cannot be made',
    ['run', '--headless', '--data-dir', '/proc/packdial'],
    /data folder \/proc\/packdial/,
  ],
  ...['/etc/hostname', '/etc/hostname/data', '/dev/null', '/proc', '/sys'].map(
    (path) =>
      [
        `the data folder ${path}`,
        ['run', '--headless', '--data-dir', path],
        new RegExp(`The data folder ${path} can't be written: [a-z ]+; name another with --data-dir`),
      ] as const,
  ),
  [
    'a data folder that is none, with a panel',
    ['run', '--framebuffer', panel, '--data-dir', '/etc/hostname'],
    /data folder \/etc\/hostname can't be written: a part of the path is a file and no folder/,
  ],
  [
    'a folder as settings file',
    ['run', '--config', '/tmp'],
    /settings file \/tmp can't be read: it is a folder/,
  ],
  [
    'settings in a folder that is not there',
    ['configure', '--config', '/nope/settings.json', '--port', '7'],
    /can't be written: .*missing.*; make it with mkdir \/nope, or name another with --config/,
  ],
  [
    'a folder as recording',
    ['record', '--source', 'simulate', '--out', '/tmp'],
    /\/tmp can't be written: it is a folder/,
  ],
] as const)('%s gets one sentence and exit code 2', async (_, args, sentence) => {
  const { code, stderr } = await packdial(args);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(2);
});

test.each([
  ['a wrong key', '{"prot": 6500}', /"prot" is not a setting; did you mean "port"\?/],
  ['a wrong value', '{"port": "x"}', /"port" is "x", but must be a whole number/],
  ['something that is not JSON', 'port = 6500', /is not JSON/],
  ['a list', '[]', /must hold one JSON object/],
  [
    'a key of an object’s own',
    '{"__proto__": 1, "constructor": 2}',
    /"(__proto__|constructor)" is not a setting/,
  ],
])(
  'a settings file with %s gets one sentence that names the file, and exit code 2',
  async (_, content, sentence) => {
    const file = settingsFile(content);
    const { code, stderr } = await packdial(['run', '--headless', '--config', file]);
    expect(stderr).toContain(file);
    expect(stderr).toMatch(sentence);
    expect(code).toBe(2);
  },
);

test('a file too small to be a framebuffer is told its size', async () => {
  const { code, stderr } = await packdial(['run', '--framebuffer', settingsFile('too small')]);
  expect(stderr).toMatch(/holds 9 bytes, but 800x480 pixels of 2 bytes \(16 bits\) need 768000/);
  expect(code).toBe(2);
});

test('a byte order mark is taken, and a text that is not JSON is not quoted', async () => {
  const marked = await packdial(['decode', '--config', settingsFile('\uFEFF{"port": "x"}')]);
  expect(marked.stderr).toContain('"port" is "x"');
  const wrong = await packdial([
    'decode',
    '--config',
    settingsFile('{"port": 1,\n"mqttPassword": "hush" x}'),
  ]);
  expect(wrong.stderr).toMatch(/is not JSON: line 2 is wrong at column 24\.\n$/);
  const wide = join(folder, 'utf16.json');
  writeFileSync(wide, '\uFEFF{"port": 1}', 'utf16le');
  expect((await packdial(['decode', '--config', wide])).stderr).toMatch(/save it as UTF-8/);
});

test.each([
  [{ PACKDIAL_PROT: '6500' }, 'PACKDIAL_PROT is not a setting; did you mean PACKDIAL_PORT?'],
  [{ PACKDIAL_MOON: 'full' }, 'PACKDIAL_MOON is not a setting; run packdial help run for the list'],
])('the variable %j gets one sentence and exit code 2', async (environment, sentence) => {
  const { code, stderr } = await packdial(['run', '--headless'], environment);
  expect([code, stderr]).toEqual([2, `packdial: ${sentence}\n`]);
});

test('variables that are none of packdial’s settings but its own, or empty, are taken', () => {
  checkEnvironment({ PACKDIAL_CONFIG: '/x', PACKDIAL_WATCH_SECONDS: '12', PACKDIAL_PROT: '', PORT: '7' });
});

test('a time zone that nobody knows is told, and the display goes on in UTC', async () => {
  const run = new Packdial(['run', '--headless', '--source', 'simulate'], { TZ: 'Nowhere/Land' });
  await run.says('warn: TZ is "Nowhere/Land", which is not a time zone, so times are shown in UTC');
  run.kill();
  expect((await run.end()).code).toBe(0);
});

test('a flag beats the environment, which beats the file', async () => {
  const file = settingsFile('{"port": 3, "modules": 99}');
  const named = await packdial(['simulate', '--config', file], { PACKDIAL_MODULES: '98' });
  expect(named.stderr).toContain('PACKDIAL_MODULES is "98"');
  const flagged = await packdial(['simulate', '--config', file, '--modules', '97'], {
    PACKDIAL_MODULES: '98',
  });
  expect(flagged.stderr).toContain('--modules is "97"');
  const filed = await packdial(['simulate', '--config', file]);
  expect(filed.stderr).toContain('"modules" is 99');
});

test('help and version end with 0', async () => {
  const help = await packdial(['help', 'run']);
  expect([help.code, help.stdout.includes('--rotate')]).toEqual([0, true]);
  const version = await packdial(['--version']);
  expect([version.code, /^\d+\.\d+\.\d+\n$/.test(version.stdout)]).toEqual([0, true]);
});

describe('two displays with one data folder', () => {
  const args = ['run', '--headless', '--source', 'simulate'];

  test('the second says so in one sentence, and the first goes on', async () => {
    const data = join(folder, 'shared');
    const first = new Packdial([...args, '--data-dir', data]);
    await first.says('Simulated pack');
    const link = join(folder, 'link');
    symlinkSync(data, link);
    for (const path of [data, link]) {
      const { code, stderr } = await packdial([...args, '--data-dir', path]);
      expect([code, stderr]).toEqual([
        2,
        `packdial: Another packdial uses the data folder ${path}; end that one, or name another folder with --data-dir.\n`,
      ]);
    }
    first.kill();
    expect((await first.end()).code).toBe(0);
  });

  test('one that was killed blocks nobody', async () => {
    const data = join(folder, 'killed');
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const run = new Packdial([...args, '--data-dir', data]);
      await run.says('Simulated pack');
      run.kill(signal);
      await run.end();
    }
  });

  test('the service goes on beside another, and says so', async () => {
    const data = join(folder, 'served');
    const first = new Packdial([...args, '--data-dir', data]);
    await first.says('Simulated pack');
    const service = new Packdial([...args, '--data-dir', data], { NOTIFY_SOCKET: join(folder, 'nobody') });
    await service.says(/warn: Another packdial uses the data folder/);
    await service.says('Simulated pack');
    for (const one of [first, service]) one.kill();
    for (const one of [first, service]) expect((await one.end()).code).toBe(0);
  });
});
