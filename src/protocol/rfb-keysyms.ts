/** Keys that type nothing, by X keysyms (X11/keysymdef.h), and what they are called here. */
const named: Readonly<Record<number, string>> = {
  0xff08: 'Backspace',
  0xff09: 'Tab',
  // Shift and Tab, as X has it.
  0xfe20: 'Tab',
  0xff0d: 'Enter',
  0xff1b: 'Escape',
  0xff50: 'Home',
  0xff51: 'Left',
  0xff52: 'Up',
  0xff53: 'Right',
  0xff54: 'Down',
  0xff55: 'PageUp',
  0xff56: 'PageDown',
  0xff57: 'End',
  0xff58: 'Begin',
  0xff63: 'Insert',
  0xff7f: 'NumLock',
  0xff8d: 'Enter',
  0xff95: 'Home',
  0xff96: 'Left',
  0xff97: 'Up',
  0xff98: 'Right',
  0xff99: 'Down',
  0xff9a: 'PageUp',
  0xff9b: 'PageDown',
  0xff9c: 'End',
  0xff9d: 'Begin',
  0xff9e: 'Insert',
  0xff9f: 'Delete',
  0xffe1: 'Shift',
  0xffe2: 'Shift',
  0xffe3: 'Control',
  0xffe4: 'Control',
  0xffe5: 'CapsLock',
  0xffe7: 'Meta',
  0xffe8: 'Meta',
  0xffe9: 'Alt',
  0xffea: 'Alt',
  0xffeb: 'Meta',
  0xffec: 'Meta',
  0xffff: 'Delete',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [0xffbe + i, `F${i + 1}`])),
};

/** Keys of the number pad that type: keysyms from 0xffaa on, and what they type. */
const padFrom = 0xffaa;
const pad = '*+,-./0123456789';
const padEqual = 0xffbd;
const padSpace = 0xff80;

/** Characters that have a keysym of their own from before Unicode, as far as keyboards of Western Europe have them. */
const older: Readonly<Record<number, string>> = {
  0x13bc: 'Œ',
  0x13bd: 'œ',
  0x13be: 'Ÿ',
  0x20ac: '€',
  0x1a6: 'Š',
  0x1b6: 'š',
  0x1ae: 'Ž',
  0x1be: 'ž',
};

/** A key that makes a command of what is typed with it. */
export function isCommandKey(key: string): boolean {
  return key === 'Control' || key === 'Alt' || key === 'Meta';
}

/**
 * What a key is called here: the name of one that types nothing, or the character that it types; shift has been applied by the
 * viewer. `Unknown` for all that packdial has no name for.
 */
export function keyOfKeysym(keysym: number): string {
  const name = named[keysym] ?? older[keysym];
  if (name !== undefined) return name;
  if (isLatin(keysym)) return String.fromCodePoint(keysym);
  if (keysym >= padFrom && keysym < padFrom + pad.length) return pad.charAt(keysym - padFrom);
  if (keysym === padEqual) return '=';
  if (keysym === padSpace) return ' ';
  const point = keysym - 0x0100_0000;
  const surrogate = point >= 0xd800 && point < 0xe000;
  if (isLatin(point) || (point >= 0x100 && point <= 0x10_ffff && !surrogate))
    return String.fromCodePoint(point);
  return 'Unknown';
}

/** Latin-1 without its control characters: there keysym and character are the same number. */
function isLatin(number: number): boolean {
  return (number >= 0x20 && number < 0x7f) || (number >= 0xa0 && number <= 0xff);
}
