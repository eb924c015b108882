import { readFileSync, statSync, writeFileSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { configure } from '../../src/commands/configure';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { isSecret, settingsFileMode, shownSetting, withoutSecrets } from '../../src/settings/setting-secrets';
import { settings, type SettingName } from '../../src/settings/settings';
import { createSettingsEditor } from '../../src/desk/settings-editor';
import { settingPages } from '../../src/desk/settings-fields';
import { lastGoodFile } from '../../src/settings/settings-file';
import { saveSettings } from '../../src/settings/settings-store';
import { vncWanted } from '../../src/settings/remote-settings';
import { packdial } from '../commands/packdial';
import { temporaryFolder } from '../temporary-folder';

const folder = temporaryFolder();

const rightsOf = (file: string): number => statSync(file).mode & 0o777;
const secrets = ['remotePassword', 'remoteViewPassword'] as const;

test('S0.127: there is no default password, and without one VNC is off', () => {
  const defaults = resolveSettings([]);
  expect(secrets.map((name) => [defaults[name], isSecret(name)])).toEqual([
    ['', true],
    ['', true],
  ]);
  expect(vncWanted(defaults)).toBe(false);
  expect(vncWanted({ ...defaults, remoteViewPassword: 'justlook' })).toBe(true);
  expect(vncWanted({ ...defaults, remotePassword: 'opensesame', vnc: false })).toBe(false);
});

test.each(['12345', 'x'.repeat(65), ' opensesame', 'opensesame ', 'öffne dich', 'open\nsesame'])(
  '%j is no password, and the message does not repeat it',
  (password) => {
    const resolve = () =>
      resolveSettings([{ values: { remotePassword: password }, describe: () => '--remote-password' }]);
    expect(resolve).toThrow('--remote-password is (hidden), but must be 6 to 64 characters');
  },
);

test('a settings file with a password is for its owner and group, from its first byte on, and so is its copy', async () => {
  const file = join(folder, 'settings.json');
  const told: string[] = [];
  configure({ file, changes: { port: '6501' }, unset: [] }, (text) => told.push(text));
  expect(rightsOf(file)).toBe(0o644);
  configure({ file, changes: { remotePassword: 'opensesame' }, unset: [] }, (text) => told.push(text));
  expect(rightsOf(file)).toBe(0o640);
  configure({ file, changes: {}, unset: [] }, (text) => told.push(text));
  expect(told.join('')).not.toContain('opensesame');
  expect(told.join('')).toContain('"remotePassword": "(hidden)"');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ port: 6501, remotePassword: 'opensesame' });
  writeFileSync(lastGoodFile(file), '{}');
  chmodSync(lastGoodFile(file), 0o644);
  await saveSettings(file, { remoteViewPassword: 'justlook' });
  expect([rightsOf(file), rightsOf(lastGoodFile(file))]).toEqual([0o640, 0o640]);
});

test('what the screens save is logged without passwords', async () => {
  const logged: string[] = [];
  const editor = createSettingsEditor({
    settings: resolveSettings([]),
    origin: { file: 'settings.json', inFile: {}, elsewhere: new Map(), notice: undefined },
    restarts: 'by hand',
    useful: () => true,
    apply: () => undefined,
    restart: () => undefined,
    changed: () => undefined,
    log: { info: (text) => logged.push(text), warn: (text) => logged.push(text) },
    store: { read: () => Promise.resolve({}), write: () => Promise.resolve() },
  });
  editor.save({ remotePassword: 'opensesame', remoteViewPassword: '' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(logged).toEqual(['Settings saved: remotePassword is (hidden), remoteViewPassword is ""']);
});

test('the screens hide what is typed, and the help has no value', async () => {
  const fields = settingPages({ fixed: () => '', useful: () => true }).flatMap((page) => page.fields);
  for (const name of secrets)
    expect(fields.find((field) => field.name === name)).toMatchObject({ secret: true });
  const names = Object.keys(settings) as SettingName[];
  expect(names.filter(isSecret)).toEqual(expect.arrayContaining([...secrets]));
  const { stdout } = await packdial(['help', 'run'], { PACKDIAL_REMOTE_PASSWORD: 'opensesame' });
  expect(stdout).toContain('--remote-password <password>');
  expect(stdout).not.toContain('opensesame');
});

test('passwords of devices are hidden, and keep the file from everybody', () => {
  const devices = [
    { type: 'jbd-ble', name: 'house', password: 'opensesame', passkey: '' },
    'jbd-ble,address=A4:C1:37:04:2D:BE,password=opensesame,name=bow',
  ];
  expect(withoutSecrets({ devices, port: 6500 })).toEqual({
    devices: [
      { type: 'jbd-ble', name: 'house', password: '(hidden)', passkey: '' },
      'jbd-ble,address=A4:C1:37:04:2D:BE,password=(hidden),name=bow',
    ],
    port: 6500,
  });
  expect(shownSetting('devices', devices)).not.toContain('opensesame');
  expect(settingsFileMode({ devices }, 0o644)).toBe(0o640);
  expect(settingsFileMode({ devices: ['jbd-serial,port=/dev/ttyUSB0'] }, 0o644)).toBe(0o644);
});

test("a password in the address of a device's broker is hidden too", () => {
  const devices = [
    'mqtt-json,name=house,broker=mqtt://dial:topsecret@host:1883,topic=x',
    { type: 'mqtt-json', broker: 'mqtts://dial:topsecret@host' },
    { type: 'mqtt-json', broker: 'mqtts://host' },
  ];
  expect(shownSetting('devices', devices)).toBe(
    JSON.stringify([
      'mqtt-json,name=house,broker=mqtt://dial:(hidden)@host:1883,topic=x',
      { type: 'mqtt-json', broker: 'mqtts://dial:(hidden)@host' },
      { type: 'mqtt-json', broker: 'mqtts://host' },
    ]),
  );
  expect(settingsFileMode({ devices: devices.slice(0, 2) }, 0o644)).toBe(0o640);
  expect(settingsFileMode({ devices: devices.slice(2) }, 0o644)).toBe(0o644);
});
