import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ioctl } from '../../../src/io/ioctl';
import { EV_LED, keyCodes, LED_CAPSL, type KeyCodeName } from '../../../src/io/inputs/key-codes';
import { KeyboardDecoder } from '../../../src/io/inputs/keyboard-decoder';
import { composed } from '../../../src/io/inputs/keymap/accents';
import { compiledKeymap } from '../../../src/io/inputs/keymap/compiled-keymap';
import { ConsoleKeymap, type KeymapSystem } from '../../../src/io/inputs/keymap/console-keymap';
import { kernelSymbol } from '../../../src/io/inputs/keymap/kernel-symbol';
import type { Keymap } from '../../../src/io/inputs/keymap/keymap';
import { key } from './evdev-bytes';

const fixture = (name: string): string =>
  readFileSync(join(__dirname, '../../fixtures/keymaps', name), 'utf8');
const kernelTables = JSON.parse(fixture('kernel.json')) as Record<'de' | 'ru', Record<string, string>>;

const K_UNICODE = 3;
const K_OFF = 4;

/** A console whose kernel has such tables, and answers as drivers/tty/vt/keyboard.c does. */
function kernel(layout: 'de' | 'ru', mode = K_OFF, mayChange = true) {
  const told = { mode, opened: 0, closed: 0, hungUp: false };
  const fail = (code: string): never => {
    throw Object.assign(new Error(code), { code });
  };
  const ioctl: Ioctl = {
    withBuffer: (_fd, request, data) => {
      if (told.hungUp) fail('EIO');
      if (request === 0x4b44) return data.writeUInt32LE(told.mode);
      const [table = 0, code = 0] = data;
      const raw = kernelTables[layout][table]?.split(' ')[code] ?? 'f200';
      const entry = parseInt(raw, 16) ^ 0xf000;
      const hidden = told.mode !== K_UNICODE && entry >> 8 >= 15;
      return data.writeUInt16LE(hidden ? 0x200 : entry, 2);
    },
    withNumber: (_fd, _request, value) => {
      if (!mayChange) fail('EPERM');
      return (told.mode = value);
    },
  };
  const system: KeymapSystem = {
    open: (path) => (path === '/dev/tty' ? fail('ENXIO') : ((told.hungUp = false), ++told.opened)),
    close: () => ++told.closed,
    ioctl: () => ioctl,
  };
  return { told, keymap: new ConsoleKeymap(system) };
}

const tap = (name: KeyCodeName) => [key(keyCodes[name], 1), key(keyCodes[name], 0)];
const withKey = (held: KeyCodeName, ...names: KeyCodeName[]) => [
  key(keyCodes[held], 1),
  ...names.flatMap(tap),
  key(keyCodes[held], 0),
];
/** What is typed, without the names of keys. */
function typed(keymap: Keymap, ...records: ReturnType<typeof key>[]): string {
  const decoder = new KeyboardDecoder(() => undefined, keymap);
  return records
    .flatMap((record) => decoder.decode(record))
    .filter((event) => !event.command && Array.from(event.key).length === 1)
    .map((event) => event.key)
    .join('');
}

const german = { kernel: kernel('de').keymap, compiled: compiledKeymap(fixture('de.kmap'))! };

describe.each(Object.entries(german))('a German keyboard by the %s keymap', (_, keymap) => {
  test('types what is printed on it', () => {
    expect(typed(keymap, ...tap('KEY_Y'), ...tap('KEY_Z'), ...tap('KEY_MINUS'), ...tap('KEY_LEFTBRACE'))).toBe('zyßü'); // prettier-ignore
    expect(typed(keymap, ...withKey('KEY_LEFTSHIFT', 'KEY_Y', 'KEY_2', 'KEY_LEFTBRACE', 'KEY_MINUS'))).toBe('Z"Ü?'); // prettier-ignore
    expect(typed(keymap, ...tap('KEY_SPACE'), ...tap('KEY_102ND'))).toBe(' <');
  });

  test('types @, backslash and bar with AltGr, which is no command', () => {
    expect(typed(keymap, ...withKey('KEY_RIGHTALT', 'KEY_Q', 'KEY_MINUS', 'KEY_102ND'), ...tap('KEY_Q'))).toBe('@\\|q'); // prettier-ignore
  });

  test('with Ctrl or Alt it is a command, by the name of what it types without', () => {
    for (const held of ['KEY_LEFTCTRL', 'KEY_LEFTALT', 'KEY_LEFTMETA'] as const) {
      const decoder = new KeyboardDecoder(() => undefined, keymap);
      decoder.decode(key(keyCodes[held], 1));
      expect(decoder.decode(key(keyCodes.KEY_Y, 1))).toEqual([{ key: 'z', action: 'down', command: true }]);
      decoder.decode(key(keyCodes[held], 0));
      expect(decoder.decode(key(keyCodes.KEY_Y, 1))[0]?.command).toBe(false);
    }
  });

  test('dead keys give the next character its accent, and stand alone before a space', () => {
    expect(typed(keymap, ...tap('KEY_EQUAL'), ...tap('KEY_E'))).toBe('é');
    expect(typed(keymap, ...withKey('KEY_LEFTSHIFT', 'KEY_EQUAL'), ...tap('KEY_A'))).toBe('à');
    expect(typed(keymap, ...tap('KEY_GRAVE'), ...withKey('KEY_LEFTSHIFT', 'KEY_A'))).toBe('Â');
    expect(typed(keymap, ...tap('KEY_GRAVE'), ...tap('KEY_SPACE'), ...tap('KEY_A'))).toBe('^a');
    // Nobody puts a circumflex on a q; what was typed must not be lost.
    expect(typed(keymap, ...tap('KEY_GRAVE'), ...tap('KEY_Q'))).toBe('^q');
    expect(typed(keymap, ...tap('KEY_GRAVE'), ...tap('KEY_GRAVE'), ...tap('KEY_A'))).toBe('^a');
    expect(typed(keymap, ...tap('KEY_GRAVE'), ...tap('KEY_ENTER'), ...tap('KEY_A'))).toBe('a');
  });

  test('caps lock makes capitals of letters only', () => {
    expect(typed(keymap, ...tap('KEY_CAPSLOCK'), ...tap('KEY_Y'), ...tap('KEY_LEFTBRACE'), ...tap('KEY_2'))).toBe('ZÜ2'); // prettier-ignore
    expect(typed(keymap, ...tap('KEY_CAPSLOCK'), ...tap('KEY_CAPSLOCK'), ...tap('KEY_Y'))).toBe('z');
  });

  test('a lamp of caps lock that is lit already does not turn it round', () => {
    const lit = { type: EV_LED, code: LED_CAPSL, value: 1 };
    expect(typed(keymap, lit, ...tap('KEY_Y'))).toBe('Z');
    expect(typed(keymap, ...tap('KEY_CAPSLOCK'), lit, ...tap('KEY_Y'))).toBe('Z');
    expect(typed(keymap, lit, { ...lit, value: 0 }, ...tap('KEY_Y'))).toBe('z');
  });

  test('numbers of the number pad keep the point that fields of packdial have', () => {
    expect(typed(keymap, ...tap('KEY_KP1'), ...tap('KEY_KPDOT'), ...tap('KEY_KP5'))).toBe('1.5');
  });
});

test('a French keyboard has its digits above', () => {
  const french = compiledKeymap(fixture('fr-compact.kmap'))!;
  expect(typed(french, ...tap('KEY_Q'), ...tap('KEY_1'), ...tap('KEY_2'), ...withKey('KEY_LEFTSHIFT', 'KEY_1'))).toBe('a&é1'); // prettier-ignore
  // The 2 above é is no capital of it.
  expect(typed(french, ...tap('KEY_CAPSLOCK'), ...tap('KEY_Q'), ...tap('KEY_SEMICOLON'), ...tap('KEY_2'))).toBe('AMé'); // prettier-ignore
  expect(typed(french, ...withKey('KEY_RIGHTALT', 'KEY_0'))).toBe('@');
});

test('of two layouts, alt and shift together choose, in either order', () => {
  const both = compiledKeymap(fixture('us-ru.kmap'))!;
  const altShift = [key(keyCodes.KEY_LEFTALT, 1), ...tap('KEY_LEFTSHIFT'), key(keyCodes.KEY_LEFTALT, 0)];
  const shiftAlt = [key(keyCodes.KEY_LEFTSHIFT, 1), ...tap('KEY_LEFTALT'), key(keyCodes.KEY_LEFTSHIFT, 0)];
  for (const change of [altShift, shiftAlt]) {
    expect(typed(both, ...tap('KEY_Q'), ...change, ...tap('KEY_Q'), ...withKey('KEY_LEFTSHIFT', 'KEY_Q'))).toBe('qйЙ'); // prettier-ignore
    expect(typed(both, ...change, ...change, ...tap('KEY_Q'))).toBe('q');
  }
});

test('characters of Unicode, which the kernel hides from a terminal that gets no keys, are read and the mode is left', () => {
  const { keymap, told } = kernel('ru');
  const first = typed(keymap, ...tap('KEY_Q'), ...withKey('KEY_LEFTSHIFT', 'KEY_Q'));
  expect([first, told.mode]).toEqual(['йЙ', K_OFF]);
  const open = kernel('ru', K_UNICODE);
  expect([typed(open.keymap, ...tap('KEY_Q')), open.told.mode]).toEqual(['й', K_UNICODE]);
  // One who may not change the mode gets what the kernel gives.
  expect(typed(kernel('ru', K_OFF, false).keymap, ...tap('KEY_Q'), ...tap('KEY_1'))).toBe('1');
});

test('a terminal that was hung up is opened again, and none types as a US keyboard', () => {
  const { keymap, told } = kernel('de');
  expect(typed(keymap, ...tap('KEY_Y'))).toBe('z');
  told.hungUp = true;
  expect(typed(keymap, ...tap('KEY_Y'))).toBe('z');
  expect(told).toMatchObject({ opened: 2, closed: 1 });
  keymap.close();
  expect(told.closed).toBe(2);
  const none: KeymapSystem = {
    open: () => {
      throw new Error('EACCES');
    },
    close: () => undefined,
    ioctl: () => ({ withBuffer: () => 0, withNumber: () => 0 }),
  };
  const without = new ConsoleKeymap(none);
  expect([typed(without, ...tap('KEY_Y')), without.isThere]).toEqual(['y', false]);
});

test('whatever is in a keymap, a key is one character or a name, and nothing throws', () => {
  const word = fc.oneof(
    fc.constantFrom('Shift', 'AltGr', 'ShiftL_Lock', 'CtrlL_Lock', 'dead_acute', 'dead_greek', 'dead_x', 'VoidSymbol', 'toString_Lock', '+U+0061', 'U+d800', 'U+0007'), // prettier-ignore
    fc.integer({ min: 0, max: 0x11ffff }).map((code) => `U+${code.toString(16).padStart(4, '0')}`),
    fc.string({ maxLength: 8 }),
  );
  const line = fc
    .tuple(fc.integer({ min: 0, max: 130 }), fc.array(word, { maxLength: 6 }))
    .map(([code, words]) => `keycode ${code} = ${words.join(' ')}`);
  const head = fc.constantFrom('keymaps 0-3', 'keymaps 0-4,16,64', 'keymaps 3-1', 'keymaps x', '');
  const records = fc.array(fc.tuple(fc.integer({ min: 0, max: 260 }), fc.integer({ min: 0, max: 2 })), {
    maxLength: 60,
  });
  const check = (keymap: Keymap, pressed: readonly (readonly [number, number])[]): void => {
    const decoder = new KeyboardDecoder(() => undefined, keymap);
    for (const [code, value] of pressed) {
      for (const event of decoder.decode(key(code, value)))
        expect(event.key).toMatch(/^(?:[^\p{Cc}\p{Cs}]|[A-Z][A-Za-z0-9]+)$/u);
    }
  };
  fc.assert(
    fc.property(head, fc.array(line, { maxLength: 40 }), records, (first, lines, pressed) => {
      check(compiledKeymap([first, ...lines].join('\n')) ?? { symbol: () => undefined }, pressed);
    }),
  );
  const entry = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 300 }), records, (entries, pressed) => {
      check(
        { symbol: (code, table) => kernelSymbol(entries[(code + 7 * table) % entries.length]!) },
        pressed,
      );
    }),
  );
});

test('every accent on every letter is a character or both, and nothing is lost', () => {
  for (let entry = 0x400; entry < 0x41b; entry++) {
    const symbol = kernelSymbol(entry);
    if (symbol?.kind !== 'dead') throw new Error(`no accent ${entry}`);
    for (const letter of 'aeioucnszAEIOUCNSZq1') {
      const result = composed(symbol.accent, letter);
      if (result.length === 1) expect(result[0]!.normalize('NFD')[0]).toBe(letter);
      else expect(result).toEqual([symbol.accent.alone, letter]);
    }
  }
});
