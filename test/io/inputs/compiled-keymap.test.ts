import { keyCodes, type KeyCodeName } from '../../../src/io/inputs/key-codes';
import { KeyboardDecoder } from '../../../src/io/inputs/keyboard-decoder';
import { compiledKeymap } from '../../../src/io/inputs/keymap/compiled-keymap';

// As ckbcomp prints them: a key of which one table has nothing to say has a line for each of the others.
const finnish = `keymaps 0-127
keycode 42 = Shift Shift
plain keycode 2 = U+0031
shift keycode 2 = U+0021
plain keycode 18 = +U+0065
shift keycode 18 = +U+0045
ctrll keycode 18 = +U+0045
ctrll shift keycode 18 = +U+0065
altgr keycode 18 = U+20ac
keycode 58 = CtrlL_Lock CtrlL_Lock
keycode 100 = AltGr AltGr
`;

/** A key's line: what it types plain and with shift, and both with caps lock. */
const line = (code: number, plain: string, shift: string, caps: string, both: string): string => {
  const words = Array.from({ length: 128 }, () => 'VoidSymbol');
  for (const [table, character] of [plain, shift].entries()) words[table] = word(character);
  for (const [table, character] of [caps, both].entries()) words[64 + table] = word(character);
  return `keycode ${code} = ${words.join(' ')}\n`;
};
const word = (character: string): string =>
  `+U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

function typed(text: string, ...keys: readonly KeyCodeName[]): string {
  const decoder = new KeyboardDecoder(() => undefined, compiledKeymap(text));
  return keys
    .flatMap((key) => decoder.decode({ type: 1, code: keyCodes[key], value: 1 }))
    .map(({ key }) => key)
    .join(' ');
}

test('a key with a line for each table types what the lines say', () => {
  expect(typed(finnish, 'KEY_1', 'KEY_E')).toBe('1 e');
  expect(typed(finnish, 'KEY_LEFTSHIFT', 'KEY_1', 'KEY_E')).toBe('Shift ! E');
  expect(typed(finnish, 'KEY_RIGHTALT', 'KEY_E', 'KEY_1')).toBe('Alt € Unknown');
  expect(typed(finnish, 'KEY_CAPSLOCK', 'KEY_E')).toBe('CapsLock E');
});

test.each([
  ['ß, whose capital is no S', 'ß?S?', 'ß'],
  ['the Turkish i', 'iİIi', 'İ'],
  ['the Turkish i without a dot', 'ıIIı', 'I'],
  ['é above a digit', 'é2É2', 'É'],
  ['à beside ä', 'àäÀÄ', 'À'],
  ['a Cyrillic letter', 'йЙЙй', 'Й'],
])('caps lock: %s', (_, [plain = '', shift = '', caps = '', both = ''], capital) => {
  const text = `keymaps 0-127\nkeycode 58 = ${'CtrlL_Lock '.repeat(128)}\n${line(16, plain, shift, caps, both)}`;
  expect(typed(text, 'KEY_CAPSLOCK', 'KEY_Q')).toBe(`CapsLock ${capital}`);
  expect(typed(text, 'KEY_Q')).toBe(plain);
});

test('lines that name no table that there is type nothing, and harm nothing', () => {
  const text = 'keymaps 0-3\nhyper keycode 2 = U+0032\nplain keycode 3 = U+0033\n';
  expect(typed(text, 'KEY_1', 'KEY_2')).toBe('Unknown 3');
});
