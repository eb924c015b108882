import { readFileSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Surface } from '../../src/render/surface';
import { dayPalette } from '../../src/render/theme';
import { Display } from '../../src/display';
import { createNavigator } from '../../src/screens/all-screens';
import { checkSource } from '../../src/features/hearing/sources';
import { resolveSettings } from '../../src/settings/resolve-settings';
import { createSettingsScreens, endedByOwner } from '../../src/desk/settings-screens';
import type { RawSettings } from '../../src/settings/settings';
import { lastGoodFile } from '../../src/settings/settings-file';
import { packdial, Packdial, freePort } from '../commands/packdial';
import { heardAt, root, surroundings, tell } from '../screens/stories';
import { actionText } from '../../src/words/en';
import { folderOfEachTest } from '../temporary-folder';
import { until } from '../until';

const folder = folderOfEachTest();

/** The display as app.ts puts it together, with a settings file on the disk and a finger. */
function displayWith(values: RawSettings, supervised = true) {
  const file = join(folder(), 'settings.json');
  writeFileSync(file, JSON.stringify(values));
  const settings = resolveSettings([{ values, describe: (name) => name }]);
  const ends: number[] = [];
  const applied: unknown[] = [];
  const clock = { monotonic: () => heardAt + 100, wall: () => new Date(2026, 5, 12, 12, 41, 7) };
  const screens = createSettingsScreens({
    settings,
    origin: { file, inFile: values, elsewhere: new Map(), notice: undefined },
    log: { info: () => undefined, warn: () => undefined },
    clock,
    supervised,
    check: checkSource,
    apply: (saved) => applied.push(saved),
    changed: () => undefined,
    end: (code) => ends.push(code),
  });
  const navigator = createNavigator(tell({ modules: 16, current: 124, voltage: 49.4 }), {
    width: 800, height: 480, root, palette: dayPalette, powerScale: settings.powerScale, animate: false, config: screens.config,
  }); // prettier-ignore
  const surface = new Surface(800, 480);
  let now = heardAt + 100;
  const display = new Display({
    clock: { monotonic: () => now },
    surface,
    navigator,
    outputs: [],
    surroundings: () => ({
      ...surroundings(0),
      now,
      preferences: screens.preferences(),
      notice: screens.notice(),
    }),
  });
  const tap = (x: number, y: number): void => {
    for (const type of ['press', 'release'] as const) {
      display.pointer({ type, x, y });
      now += 300;
      display.draw();
    }
  };
  /** The middle of a row of the settings' index. */
  const tapPart = (part: string): void => {
    const { x, y, width, height } = navigator.targets.find(({ name }) => name === `part ${part}`)!.areas[0]!;
    tap(x + width / 2, y + height / 2);
  };
  display.draw();
  return { file, ends, applied, navigator, screens, tap, tapPart, surface, draw: () => display.draw() };
}

const contentOf = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

test('a finger opens the settings, makes the screen dimmer and temperatures °F, saves, and the file has it', async () => {
  const { file, tap, tapPart, applied, ends, screens, navigator, surface, draw } = displayWith({
    port: 7000,
  });
  const celsius = surface.canvas.toBuffer('raw');
  tap(770, 28);
  expect(navigator.screenName).toBe('settings');
  // Minus of the first row, °F in the last.
  tapPart('screen');
  tap(328, 108);
  tap(328, 108);
  tap(655, 372);
  expect(contentOf(file)).toEqual({ port: 7000 });
  tap(720, 30);
  await until('it is saved and applied', () => applied.length === 1);
  expect(contentOf(file)).toEqual({ port: 7000, brightness: 90, units: 'fahrenheit' });
  expect(contentOf(lastGoodFile(file))).toEqual({ port: 7000, brightness: 90, units: 'fahrenheit' });
  expect([ends, screens.preferences().units]).toEqual([[], 'fahrenheit']);
  draw();
  tap(40, 30);
  expect(navigator.screenName).toBe('main');
  expect(surface.canvas.toBuffer('raw').equals(celsius)).toBe(false);
});

test('what a newer release has set stays in the file that a finger saves', async () => {
  const { file, tap, tapPart, applied } = displayWith({ port: 7000 });
  // The newer one has found it good.
  for (const path of [file, lastGoodFile(file)]) writeFileSync(path, '{"moon": "full", "port": 7000}');
  tap(770, 28);
  tapPart('screen');
  tap(328, 108);
  tap(720, 30);
  await until('it is saved and applied', () => applied.length === 1);
  expect(contentOf(file)).toEqual({ moon: 'full', port: 7000, brightness: expect.any(Number) as number });
});

test('another source asks, is saved, and then packdial ends in order to be started again', async () => {
  const { file, tap, tapPart, ends } = displayWith({});
  tap(770, 28);
  tapPart('battery');
  tap(475, 108);
  tap(720, 30);
  expect(ends).toEqual([]);
  tap(550, 290);
  await until('packdial ends', () => ends.length === 1);
  expect([ends, contentOf(file)]).toEqual([[0], { source: 'can' }]);
});

test('S0.65, S0.139: EXIT ends with a code for which the service is not started again, and a login comes; without a service it is a usual end', () => {
  for (const supervised of [true, false]) {
    const { screens, ends } = displayWith({}, supervised);
    screens.config.service?.exit?.();
    expect(ends).toEqual([supervised ? endedByOwner : 0]);
  }
  const unit = readFileSync(join(root, 'deploy/packdial.service'), 'utf8');
  expect(/^RestartPreventExitStatus=(.*)$/m.exec(unit)?.[1]?.split(' ')).toContain(String(endedByOwner));
  expect(readFileSync(join(root, 'deploy/tell-reason'), 'utf8')).toContain(`= ${endedByOwner} ]`);
  // Whoever takes the screen over is a login: the machine stays a machine.
  expect(readFileSync(join(root, 'deploy/packdial-fallback.service'), 'utf8')).toContain('getty');
});

test('what somebody else has written into the file meanwhile stays in it', async () => {
  const { file, screens, applied } = displayWith({ port: 7000 });
  writeFileSync(file, '{"port": 7000, "lenient": true}');
  screens.config.editor?.save({ brightness: 50 });
  await until('it is saved and applied', () => applied.length === 1);
  expect(contentOf(file)).toEqual({ port: 7000, brightness: 50, lenient: true });
});

test('a file that is gone or can’t be written is told in one sentence, and what was changed can be saved later', async () => {
  const { file, screens } = displayWith({ port: 7000 });
  rmSync(file);
  mkdirSync(file);
  writeFileSync(join(file, 'x'), '');
  const { editor } = screens.config;
  editor?.save({ brightness: 50 });
  await until('saving has failed', () => editor?.saving.state === 'failed');
  expect(editor && actionText(editor.saving)).toMatch(
    /^The settings file .*settings\.json can't be written: .*\.$/,
  );
  expect(editor?.values['brightness']).toBe(100);
  rmSync(file, { recursive: true });
  editor?.save({ brightness: 50 });
  await until('it is saved', () => editor?.saving.state === 'done');
  expect(contentOf(file)).toEqual({ port: 7000, brightness: 50 });
});

test('what the next start would refuse is not written', async () => {
  const { file, screens } = displayWith({ port: 7000, speed: 0 });
  const { editor } = screens.config;
  editor?.save({ source: 'simulate' });
  await until('saving has failed', () => editor?.saving.state === 'failed');
  expect([editor && actionText(editor.saving), contentOf(file)]).toEqual([
    expect.stringContaining('speed'),
    { port: 7000, speed: 0 },
  ]);
});

test('the information page tells addresses, folder, versions and how long', async () => {
  const { screens } = displayWith({ dataDir: folder() });
  const information = () => screens.config.information?.() ?? [];
  await until('how much room there is', () => / free$/.test(information()[1]?.text ?? ''));
  const lines = information();
  expect(lines.map(({ label }) => label)).toEqual([
    'Address',
    'Data folder',
    'Settings file',
    'packdial',
    'Machine',
  ]);
  expect(lines[1]?.text).toMatch(/packdial.* · [\d.]+ [kMGT]B free$/);
  expect(lines[3]?.text).toMatch(/^\d+\.\d+\.\d+, up \d+ (s|min|h|d)$/);
});

test('S0.54: packdial keeps the last good settings file, and starts with it when the file is damaged', async () => {
  const file = join(folder(), 'settings.json');
  const port = await freePort();
  writeFileSync(file, JSON.stringify({ port, powerScale: 20 }));
  const args = ['run', '--headless', '--data-dir', join(folder(), 'data'), '--config', file];
  const first = new Packdial(args);
  await first.says(`UDP port ${port}`);
  await until('the last good settings', () => {
    try {
      return contentOf(lastGoodFile(file)) !== undefined;
    } catch {
      return false;
    }
  });
  first.kill();
  expect((await first.end()).code).toBe(0);
  writeFileSync(file, '{"port":');
  const second = new Packdial(args);
  await second.says(`UDP port ${port}`);
  expect(
    second.stderr.split('\n').filter((line) => line.includes('the last good settings are in use')),
  ).toHaveLength(1);
  second.kill();
  await second.end();
  // Whoever can correct it is told to.
  const decode = await packdial(['decode', '--config', file]);
  expect([decode.code, decode.stderr]).toEqual([2, expect.stringContaining('is not JSON')]);
});
