import { settings } from '../../../src/settings/settings';
import { UserError } from '../../../src/base/user-error';
import { allActions, announced, desk, information, Owner, told } from './config-stories';

/** All pages from the first on, each by what can be touched on it beside the frame. */
function pagesOf(owner: Owner): string[][] {
  const pages: string[][] = [];
  const seen = new Set<string>();
  for (let page = 0; page < 30; page++) {
    const scene = JSON.stringify([owner.names(), page % 30]);
    if (seen.has(scene)) break;
    seen.add(scene);
    pages.push(owner.names().filter((name) => !['close', 'save', 'left', 'right', 'index'].includes(name)));
    owner.touch('right');
  }
  return pages;
}

test('S0.52: arrows step through a series of screens and around, X escapes to the main screen', () => {
  const owner = new Owner({ editor: desk().editor, information, service: allActions() });
  const first = owner.names();
  const visited = Array.from({ length: 7 }, () => owner.touch('right').names().join());
  expect(new Set(visited).size).toBeGreaterThan(4);
  expect(owner.touch('right').names()).not.toEqual(visited.at(-1));
  for (let page = 0; page < 8; page++) owner.touch('left');
  expect(owner.names()).toEqual(first);
  expect(owner.navigator.screenName).toBe('settings');
  owner.touch('close');
  expect(owner.navigator.screenName).toBe('main');
});

test('S0.52: X asks before it drops changes, and only then', () => {
  const { editor } = desk();
  const owner = new Owner({ editor }).find('minus brightness').touch('minus brightness').touch('close');
  expect(owner.names()).toEqual(['no', 'yes']);
  owner.touch('no').touch('plus brightness').touch('close');
  // Set back to what it was: no change, no question.
  expect(owner.navigator.screenName).toBe('main');
  owner.navigator.open('settings');
  owner.find('minus brightness').touch('minus brightness').touch('close').touch('yes');
  expect(owner.navigator.screenName).toBe('main');
  owner.navigator.open('settings');
  owner.look();
  owner.touch('close');
  expect(owner.navigator.screenName).toBe('main');
});

test('S0.53: the first screen is the controller’s configuration, set with sliders, + and −', () => {
  const link = announced();
  const owner = new Owner({ controller: link, editor: desk().editor });
  expect(owner.names()).toEqual(
    expect.arrayContaining([
      'minus controller HIVOLT',
      'slide controller HIVOLT',
      'plus controller HIVOLT',
      'slide controller HITEMP',
    ]),
  );
  owner.touch('plus controller HIVOLT').drag('slide controller BALVOLT', 0.7, 0).touch('save');
  expect(link.saves).toEqual([{ HIVOLT: 4.3, BALVOLT: 2.5 }]);
});

test('S0.53: without a controller it says so, and there is no dead slider', () => {
  const owner = new Owner();
  expect(owner.names()).toEqual(['close', 'save', 'left', 'right', 'index']);
  owner.touch('save');
  expect(owner.navigator.screenName).toBe('settings');
});

test('S0.54: nothing has effect and nothing is kept until SAVE', async () => {
  const made = desk();
  const owner = new Owner({ editor: made.editor }).find('minus brightness');
  owner
    .touch('minus brightness')
    .touch('minus brightness')
    .drag('slide screenOff', 0, 1)
    .touch('choose units 1');
  await owner.saved();
  expect([made.written, made.applied, made.restarts]).toEqual([[], [], 0]);
  await owner.touch('save').saved();
  expect(made.written).toEqual([{ brightness: 90, screenOff: 1440, units: 'fahrenheit' }]);
  expect(made.applied[0]).toMatchObject({ brightness: 90, screenOff: 1440, units: 'fahrenheit', port: 6500 });
  expect(made.restarts).toBe(0);
  await owner.touch('save').saved();
  expect(made.written).toHaveLength(1);
});

test('S0.54: what needs a restart asks before, and restarts when it is on the disk', async () => {
  const made = desk();
  const owner = new Owner({ editor: made.editor }).touch('choose source 1').touch('save');
  await owner.saved();
  expect([owner.names(), made.written]).toEqual([['no', 'yes'], []]);
  await owner.touch('no').saved();
  expect(made.written).toEqual([]);
  await owner.touch('save').touch('yes').saved();
  expect([made.written, made.restarts]).toEqual([[{ source: 'can' }], 1]);
});

test('S0.57, S0.62: the controller’s CAN speeds, Wi-Fi and time zone are shown and changed from here', () => {
  const link = announced();
  const owner = new Owner({ controller: link, editor: desk().editor }).find('edit controller SSID');
  expect(owner.names()).toEqual(
    expect.arrayContaining([
      'choose controller CAN0SPEED 3',
      'choose controller CAN1SPEED 1',
      'edit controller WIFIPASS',
    ]),
  );
  owner.touch('choose controller CAN1SPEED 2');
  owner.touch('edit controller WIFIPASS').type('too few');
  // Less than a Wi-Fi takes: it is said at once, and does not leave.
  expect(owner.touch('key done').names()).toContain('key done');
  owner.type('!').touch('key done').find('edit controller TIMEZONE').touch('edit controller TIMEZONE');
  owner.key('End').type('!');
  expect(owner.key('Enter').names()).toContain('key done');
  owner.key('Backspace').key('Home').key('Delete').type('E').key('Enter').touch('save');
  expect(link.saves).toEqual([
    { CAN1SPEED: '500K', WIFIPASS: 'too few!', TIMEZONE: 'EST6CDT,M3.2.0/2,M11.1.0' },
  ]);
});

test('S0.58, S0.63: BMS ID and UDP port are typed; any port from 1 to 65535, 6500 at first', async () => {
  expect(settings.port.fallback).toBe(6500);
  const made = desk();
  const owner = new Owner({ editor: made.editor }).touch('edit bmsId').type('MorganOak').touch('key done');
  owner.touch('edit port');
  const retype = (text: string): Owner => {
    for (let i = 0; i < 6; i++) owner.key('Backspace');
    return owner.type(text).touch('key done');
  };
  for (const wrong of ['0', '65536', '', 'abc', '65.5', '-1']) {
    retype(wrong);
    expect([wrong, owner.names().includes('key done')]).toEqual([wrong, true]);
  }
  retype('65451');
  await owner.touch('save').touch('yes').saved();
  expect(made.written).toEqual([{ port: 65451, bmsId: 'MorganOak' }]);
});

test('S0.64: displays and controllers on one hub are paired by the UDP port, which only a wireless battery has', () => {
  const owner = new Owner({ editor: desk().editor });
  expect(owner.names()).toContain('edit port');
  owner.touch('choose source 1');
  expect(owner.names()).not.toContain('edit port');
  expect(owner.names()).toEqual(expect.arrayContaining(['edit interface', 'slide bitrate']));
  owner.touch('choose source 2');
  expect(owner.names()).toEqual(expect.arrayContaining(['edit serial', 'slide bitrate']));
});

test('S0.59, S0.65: EXIT, RESET LOG, COPY LOG and UPDATE SOFTWARE are on one screen; EXIT asks and ends packdial', () => {
  const service = allActions();
  const owner = new Owner({ service }).find('exit');
  expect(owner.names()).toEqual(expect.arrayContaining(['exit', 'reset-log', 'copy-log', 'update']));
  owner.touch('exit').touch('no');
  expect(service.exit).not.toHaveBeenCalled();
  owner.touch('exit').touch('yes');
  expect(service.exit).toHaveBeenCalledTimes(1);
});

test('in a demonstration END DEMO ends it, and what belongs to the own battery is not offered', () => {
  const endDemonstration = jest.fn();
  const owner = new Owner({ service: { ...allActions(), endDemonstration } }).find('end-demonstration');
  expect(owner.names()).not.toEqual(expect.arrayContaining(['reset-log']));
  owner.touch('end-demonstration');
  expect(endDemonstration).toHaveBeenCalledTimes(1);
});

test('S0.140: the pages are in the manual’s order: the controller’s limits, its network, how it is heard, and the buttons last', () => {
  const owner = new Owner({
    controller: announced(),
    editor: desk().editor,
    information,
    service: allActions(),
  });
  const order = [
    'slide controller HIVOLT',
    'edit controller SSID',
    'choose source 0',
    'slide alarmCharge',
    'switch history',
    'exit',
  ];
  const places = order.map((name) => {
    const again = owner.names().join();
    for (let page = 0; ; page++) {
      if (owner.names().includes(name)) return page;
      owner.touch('right');
      if (page > 0 && owner.names().join() === again) throw new Error(`there is no ${name}`);
    }
  });
  // Each lies ahead of the one before, and behind the last come the index and the first again.
  expect(places[0]).toBe(0);
  expect(places.slice(1).every((steps) => steps > 0)).toBe(true);
  owner.touch('right').touch('right');
  expect(owner.names()).toContain('slide controller HIVOLT');
});

test('alarm limits are set by sliding and typing, and hold at once', async () => {
  const made = desk();
  const owner = new Owner({ editor: made.editor }).find('slide alarmCharge');
  owner.touch('minus alarmTemperatureHigh').drag('slide alarmCharge', 0.1, 0);
  owner.find('edit alarmPackHigh').touch('edit alarmPackHigh').type('57.6').key('Enter');
  await owner.touch('save').saved();
  expect(made.written).toEqual([{ alarmTemperatureHigh: 59, alarmCharge: 'off', alarmPackHigh: 57.6 }]);
  expect(made.applied[0]).toMatchObject({
    alarmTemperatureHigh: 59,
    alarmCharge: 'off',
    alarmPackHigh: 57.6,
  });
  expect(made.restarts).toBe(0);
  // Emptied, it is off again.
  owner.touch('edit alarmPackHigh');
  for (let i = 0; i < 4; i++) owner.key('Backspace');
  await owner.key('Enter').touch('save').saved();
  expect(made.written.at(-1)).toMatchObject({ alarmPackHigh: 'off' });
});

test('S0.66: RESET LOG asks first', () => {
  const service = allActions();
  const owner = new Owner({ service }).find('reset-log').touch('reset-log').touch('no');
  expect(service.resetLog.start).not.toHaveBeenCalled();
  owner.touch('reset-log').touch('yes');
  expect(service.resetLog.start).toHaveBeenCalledTimes(1);
});

test('S0.67, S0.68: COPY LOG starts, shows how it goes and can be cancelled', () => {
  const service = allActions();
  const owner = new Owner({ service }).find('copy-log').touch('copy-log');
  expect(service.copyLog.start).toHaveBeenCalledTimes(1);
  const before = owner.picture().canvas.toBuffer('raw');
  service.copyLog.view = { state: 'running', ...told('Copying to BATTERY'), progress: 0.2 };
  expect(owner.look(300)).toBeLessThanOrEqual(250);
  expect(owner.picture().canvas.toBuffer('raw').equals(before)).toBe(false);
  owner.touch('copy-log');
  expect([service.copyLog.start.mock.calls.length, service.copyLog.cancel.mock.calls.length]).toEqual([1, 1]);
});

test('S0.69, S0.70: UPDATE SOFTWARE asks, starts once, and does nothing more while it is under way', () => {
  const service = allActions();
  const owner = new Owner({ service }).find('update').touch('update').touch('yes');
  service.update.view = { state: 'running', ...told('Downloading'), progress: undefined };
  owner.look(300);
  owner.touch('update');
  expect(service.update.start).toHaveBeenCalledTimes(1);
  expect(owner.names()).toContain('update');
});

test('what nobody can do has no button', () => {
  const { copyLog } = allActions();
  const owner = new Owner({ service: { copyLog } }).find('copy-log');
  expect(owner.names().filter((name) => ['exit', 'reset-log', 'update'].includes(name))).toEqual([]);
  const none = new Owner({ service: {} });
  expect(pagesOf(none).flat()).not.toContain('exit');
});

test('S0.82: with a wired battery there is nothing to configure in the controller, and the display’s own pages work', () => {
  const owner = new Owner({ wired: true, editor: desk({ values: { source: 'can' } }).editor });
  expect(owner.names()).toContain('edit interface');
  const wireless = new Owner({});
  const wired = new Owner({ wired: true });
  expect(wired.names()).toEqual(['close', 'save', 'left', 'right', 'index']);
  expect(wired.picture().canvas.toBuffer('raw').equals(wireless.picture().canvas.toBuffer('raw'))).toBe(
    false,
  );
});

test('S0.128: a keyboard types into the field that is open: characters, cursor, Backspace, Delete, Enter, Escape', async () => {
  const made = desk();
  const owner = new Owner({ editor: made.editor }).touch('edit bmsId');
  owner
    .type('MorganOakx')
    .key('Backspace')
    .key('Home')
    .key('Delete')
    .type('m')
    .key('End')
    .key('Left')
    .type('-');
  owner.key('Right').type('%').key('Left').key('Delete');
  owner.type('x').key('c', { command: true }).key('Backspace', { action: 'repeat' });
  owner.key('F1').key('Shift').key('Enter');
  owner.touch('edit bmsId').type('gone').key('Escape');
  await owner.touch('save').touch('yes').saved();
  expect(made.written).toEqual([{ bmsId: 'morganOa-k' }]);
});

test('keys turn pages, leave by Escape and answer questions', () => {
  const owner = new Owner({ editor: desk().editor });
  const first = owner.names();
  owner.key('Right');
  expect(owner.names()).not.toEqual(first);
  owner.key('Right', { action: 'repeat' });
  owner.key('Left');
  expect(owner.names()).toEqual(first);
  owner.touch('choose source 1').key('Escape');
  expect(owner.names()).toEqual(['no', 'yes']);
  owner.key('Escape');
  expect(owner.names()).toContain('edit interface');
  owner.key('Escape').key('Enter');
  expect(owner.navigator.screenName).toBe('main');
});

test('a held backspace repeats, one that is tapped takes one character', () => {
  const owner = new Owner({ editor: desk().editor }).touch('edit bmsId').type('abcdefghijklmnop');
  const length = (): number => {
    owner.touch('key done');
    const field = desk().editor.pages[0]!.fields.find(({ name }) => name === 'bmsId');
    expect(field).toBeDefined();
    owner.touch('edit bmsId');
    return 0;
  };
  length();
  owner.touch('key backspace').hold('key backspace', 1000).key('Enter');
  owner.touch('save');
  const changes = owner.settings['draft'].changes['bmsId'] as string;
  // 16, less 1, less 1 at once, less about (1000 - 450) / 90.
  expect(changes.length).toBeGreaterThanOrEqual(6);
  expect(changes.length).toBeLessThanOrEqual(9);
});

test('a held + goes on by itself and ends at the end', () => {
  const owner = new Owner({ editor: desk().editor }).find('minus brightness').hold('minus brightness', 6000);
  expect(owner.settings['draft'].changes).toEqual({ brightness: 5 });
});

test('a slider follows the finger beyond its ends, and a finger that is cut off takes it back', () => {
  const owner = new Owner({ editor: desk().editor }).find('slide brightness');
  owner.drag('slide brightness', 1, 0.5);
  const half = owner.settings['draft'].changes['brightness'];
  expect(half).toBeGreaterThanOrEqual(45);
  expect(half).toBeLessThanOrEqual(60);
  owner.drag('slide brightness', 0.5, -0.4);
  expect(owner.settings['draft'].changes['brightness']).toBe(5);
  const area = owner.screen.targets.find(({ name }) => name === 'slide brightness')!.areas[0]!;
  owner.navigator.pointer({ type: 'press', x: area.x + area.width - 5, y: area.y + 10 });
  expect(owner.settings['draft'].changes['brightness']).toBeUndefined();
  owner.navigator.open('main');
  expect(owner.settings['draft'].changes['brightness']).toBe(5);
});

test('the hours of the night are sliders, which never make them begin when they end', async () => {
  const made = desk();
  const owner = new Owner({ editor: made.editor }).find('switch night');
  expect(owner.names()).not.toContain('slide nightBrightness');
  owner.touch('switch night');
  expect(owner.names()).toEqual(
    expect.arrayContaining(['slide night begin', 'slide night end', 'slide nightBrightness']),
  );
  owner.drag('slide night end', 0.25, 0);
  for (let i = 0; i < 12; i++) owner.touch('plus night begin');
  await owner.touch('save').saved();
  // 22:00 and twelve quarters is 24:00, which is the end: the slider stops before.
  expect(made.written).toEqual([{ night: '23:45-00:00' }]);
});

test('a file that can’t be written is told in one sentence, and nothing is lost', async () => {
  let refusal: Error | undefined = new UserError('The disk is read-only.');
  const made = desk({ refuses: () => refusal });
  const owner = new Owner({ editor: made.editor }).find('minus brightness').touch('minus brightness');
  await owner.touch('save').saved();
  expect(owner.names()).toEqual(['yes']);
  owner.touch('yes');
  expect(owner.names()).toContain('minus brightness');
  refusal = undefined;
  await owner.touch('save').saved();
  expect(made.written).toEqual([{ brightness: 95 }]);
});

test('a setting that a flag decides can’t be changed here, and says who decides', () => {
  const { editor } = desk({ elsewhere: [['source', '--source']] });
  const owner = new Owner({ editor });
  expect(owner.names()).not.toContain('choose source 1');
  expect(editor.pages[0]?.fields[0]?.fixed).toBe('set by --source');
});

test('a damaged settings file is told of once', () => {
  const { editor } = desk({ damage: 'The settings file is not JSON.' });
  const owner = new Owner({ editor });
  expect(owner.names()).toEqual(['yes']);
  owner.touch('yes');
  expect([owner.names().includes('save'), editor.notice]).toEqual([true, undefined]);
});

test('without a service manager it says that packdial has to be started again', async () => {
  const made = desk({ restarts: 'by hand' });
  const owner = new Owner({ editor: made.editor }).touch('choose source 3').touch('save');
  const alone = new Owner({ editor: desk().editor }).touch('choose source 3').touch('save');
  expect(owner.picture().canvas.toBuffer('raw').equals(alone.picture().canvas.toBuffer('raw'))).toBe(false);
  await owner.touch('yes').saved();
  expect(made.restarts).toBe(1);
});
