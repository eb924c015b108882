import fc from 'fast-check';
import { EV_ABS, EV_KEY, EV_SYN, SYN_DROPPED, BTN_LEFT } from '../../../src/io/inputs/event-codes';
import { EV_LED, keyCodes, LED_CAPSL, LED_NUML, type KeyCodeName } from '../../../src/io/inputs/key-codes';
import { KeyboardDecoder, type KeyboardState } from '../../../src/io/inputs/keyboard-decoder';
import { usLayout } from '../../../src/io/inputs/us-layout';
import { key, report } from './evdev-bytes';

const down = (name: KeyCodeName) => key(keyCodes[name], 1);
const up = (name: KeyCodeName) => key(keyCodes[name], 0);
const repeat = (name: KeyCodeName) => key(keyCodes[name], 2);
const lamp = (code: number, value: number) => ({ type: EV_LED, code, value });
const tap = (name: KeyCodeName) => [down(name), report, up(name), report];

/** What a row of records types, one text a key. */
function typed(
  decoder: KeyboardDecoder,
  ...records: { type: number; code: number; value: number }[]
): string[] {
  return records.flatMap((record) => decoder.decode(record).map((event) => event.key));
}

const state = (
  downKeys: readonly KeyCodeName[],
  lit: Readonly<Record<number, boolean>> = {},
): KeyboardState => ({
  isDown: (code) => downKeys.some((name) => keyCodes[name] === code),
  isLit: (code) => lit[code],
});

test('keys have the names and characters that are printed on them', () => {
  const names = ['KEY_ESC', 'KEY_LEFT', 'KEY_RIGHT', 'KEY_ENTER', 'KEY_KPENTER', 'KEY_SPACE', 'KEY_A', 'KEY_1', 'KEY_F11'] as const; // prettier-ignore
  const records = names.flatMap((name) => tap(name));
  expect(typed(new KeyboardDecoder(), ...records)).toEqual([
    'Escape',
    'Left',
    'Right',
    'Enter',
    'Enter',
    ' ',
    'a',
    '1',
    'F11', // prettier-ignore
  ]);
});

test('either shift gives what stands above, as long as it is held', () => {
  const decoder = new KeyboardDecoder();
  expect(typed(decoder, down('KEY_LEFTSHIFT'), ...tap('KEY_A'), ...tap('KEY_2'), up('KEY_LEFTSHIFT'), ...tap('KEY_A'))).toEqual(['Shift', 'A', '@', 'a']); // prettier-ignore
  expect(typed(decoder, down('KEY_RIGHTSHIFT'), ...tap('KEY_SLASH'), up('KEY_RIGHTSHIFT'))).toEqual(['Shift', '?']); // prettier-ignore
  // Both were held, and one is still.
  expect(typed(decoder, down('KEY_LEFTSHIFT'), down('KEY_RIGHTSHIFT'), up('KEY_LEFTSHIFT'), ...tap('KEY_Z'))).toEqual(['Shift', 'Shift', 'Z']); // prettier-ignore
});

test('caps lock shifts letters only, and shift takes that back', () => {
  const decoder = new KeyboardDecoder();
  const pressed = [...tap('KEY_CAPSLOCK'), ...tap('KEY_Q'), ...tap('KEY_1'), down('KEY_LEFTSHIFT'), ...tap('KEY_Q'), ...tap('KEY_1')]; // prettier-ignore
  expect(typed(decoder, ...pressed)).toEqual(['CapsLock', 'Q', '1', 'Shift', 'q', '!']);
  expect(typed(decoder, up('KEY_LEFTSHIFT'), ...tap('KEY_CAPSLOCK'), ...tap('KEY_Q'))).toEqual([
    'CapsLock',
    'q',
  ]);
});

test('the lamps decide: the console lights them after the key, and on all keyboards', () => {
  const decoder = new KeyboardDecoder();
  expect(typed(decoder, down('KEY_CAPSLOCK'), report, lamp(LED_CAPSL, 1), report, ...tap('KEY_A'))).toEqual(['CapsLock', 'A']); // prettier-ignore
  expect(typed(decoder, lamp(LED_CAPSL, 0), report, ...tap('KEY_A'))).toEqual(['a']);
});

test('the number pad types numbers unless its lamp is dark', () => {
  const pad = [...tap('KEY_KP4'), ...tap('KEY_KPDOT'), ...tap('KEY_KP5'), ...tap('KEY_KPSLASH')];
  expect(typed(new KeyboardDecoder(), ...pad)).toEqual(['4', '.', '5', '/']);
  const dark = new KeyboardDecoder(() => state([], { [LED_NUML]: false }));
  expect(typed(dark, ...pad)).toEqual(['Left', 'Delete', 'Begin', '/']);
  expect(typed(dark, ...tap('KEY_NUMLOCK'), ...tap('KEY_KP4'))).toEqual(['NumLock', '4']);
});

test('a key that is held repeats, one that is let go tells nothing', () => {
  const decoder = new KeyboardDecoder();
  const events = [down('KEY_B'), repeat('KEY_B'), up('KEY_B')].flatMap((record) => decoder.decode(record));
  expect(events).toEqual([
    { key: 'b', action: 'down', command: false },
    { key: 'b', action: 'repeat', command: false },
  ]);
});

test('with Ctrl, Alt or the logo key it is a command', () => {
  for (const name of ['KEY_LEFTCTRL', 'KEY_RIGHTALT', 'KEY_LEFTMETA'] as const) {
    const decoder = new KeyboardDecoder();
    decoder.decode(down(name));
    expect(decoder.decode(down('KEY_C'))).toEqual([{ key: 'c', action: 'down', command: true }]);
    decoder.decode(up(name));
    expect(decoder.decode(repeat('KEY_C'))).toEqual([{ key: 'c', action: 'repeat', command: false }]);
  }
});

test('what was held and lit before it was looked at counts', () => {
  const decoder = new KeyboardDecoder(() => state(['KEY_LEFTSHIFT'], { [LED_CAPSL]: false }));
  expect(typed(decoder, ...tap('KEY_A'))).toEqual(['A']);
  expect(typed(new KeyboardDecoder(() => state([], { [LED_CAPSL]: true })), ...tap('KEY_A'))).toEqual(['A']);
});

test('after a loss the state of the keyboard counts, and nothing up to the next report', () => {
  const states = [state([]), state([], { [LED_CAPSL]: true })];
  const decoder = new KeyboardDecoder(() => states.shift());
  decoder.decode(down('KEY_LEFTCTRL'));
  decoder.decode(down('KEY_LEFTSHIFT'));
  const loss = { type: EV_SYN, code: SYN_DROPPED, value: 0 };
  expect(typed(decoder, loss, down('KEY_A'), report, down('KEY_B'))).toEqual(['B']);
  expect(decoder.decode(down('KEY_C'))[0]?.command).toBe(false);
});

test('keys without a name are told of as such, buttons and axes not at all', () => {
  const decoder = new KeyboardDecoder();
  expect(typed(decoder, key(0x1d0, 1))).toEqual(['Unknown']);
  expect(typed(decoder, key(113, 1))).toEqual(['Unknown']);
  expect(decoder.decode(key(BTN_LEFT, 1))).toEqual([]);
  expect(decoder.decode({ type: EV_ABS, code: 0, value: 5 })).toEqual([]);
});

test('the layout types every printable character of ASCII', () => {
  const characters = new Set(Object.values(usLayout).flat());
  for (let code = 0x20; code < 0x7f; code++) expect(characters).toContain(String.fromCharCode(code));
});

test('whatever a device sends, a key is one character or a name of several letters', () => {
  const record = fc.record({
    type: fc.constantFrom(EV_KEY, EV_KEY, EV_KEY, EV_SYN, EV_LED, EV_ABS),
    code: fc.integer({ min: 0, max: 0x2ff }),
    value: fc.integer({ min: -1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(record, { maxLength: 200 }), (records) => {
      const decoder = new KeyboardDecoder(() => state([]));
      for (const each of typed(decoder, ...records)) expect(each).toMatch(/^(?:[ -~]|[A-Z][A-Za-z0-9]+)$/);
    }),
  );
});

test('Ctrl-Alt with a function key asks for a terminal, and nothing less does', () => {
  const decoder = new KeyboardDecoder();
  const asked = (...records: { type: number; code: number; value: number }[]) =>
    records.flatMap((record) => decoder.decode(record).flatMap(({ terminal }) => terminal ?? []));
  expect(asked(...tap('KEY_F2'), down('KEY_LEFTCTRL'), ...tap('KEY_F2'))).toEqual([]);
  expect(asked(down('KEY_LEFTALT'), ...tap('KEY_F2'), ...tap('KEY_F12'), ...tap('KEY_F'))).toEqual([2, 12]);
  expect(asked(up('KEY_LEFTCTRL'), ...tap('KEY_F3'))).toEqual([]);
});
