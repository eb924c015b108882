import { accentLettered, accentNumbered } from './accents';
import { modifierBits, type KeySymbol } from './keymap';

// Types of entries of linux/keyboard.h, as far as they type or choose a table.
const KT_LATIN = 0;
const KT_DEAD = 4;
const KT_SHIFT = 7;
const KT_LOCK = 10;
const KT_LETTER = 11;
const KT_DEAD2 = 13;
/** The number of types: what is above is a character of Unicode, xor 0xf000. */
const NR_TYPES = 15;
/** KG_CAPSSHIFT: a shift that also ends caps lock. */
const KG_CAPSSHIFT = 8;

/** What an entry of a kernel's keymap means, as the ioctl KDGKBENT tells it. */
export function kernelSymbol(entry: number): KeySymbol | undefined {
  const type = entry >> 8;
  const value = entry & 0xff;
  if (type >= NR_TYPES) return character(entry ^ 0xf000, false);
  switch (type) {
    case KT_LATIN:
    case KT_LETTER:
      return character(value, type === KT_LETTER);
    case KT_DEAD:
      return dead(accentNumbered(value));
    case KT_DEAD2:
      return dead(accentLettered(value));
    case KT_SHIFT:
    case KT_LOCK:
      if (value > KG_CAPSSHIFT) return undefined;
      return {
        kind: 'modifier',
        bit: value === KG_CAPSSHIFT ? modifierBits.shift : value,
        locks: type === KT_LOCK,
      };
    default:
      return undefined;
  }
}

/** A key that types this, unless it is a control character: Escape, Tab and Backspace have names. */
export function character(code: number, letter: boolean): KeySymbol | undefined {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code > 0x10ffff) return undefined;
  if (code >= 0xd800 && code < 0xe000) return undefined;
  return { kind: 'character', character: String.fromCodePoint(code), letter };
}

/** A dead key for an accent that is known. */
export function dead(accent: ReturnType<typeof accentNumbered>): KeySymbol | undefined {
  return accent && { kind: 'dead', accent };
}
