import type { KeyCodeName } from './key-codes';

/** Keys that type nothing, by what they are called here; both shift keys are one, as are both keys of Enter. */
export const namedKeys = {
  KEY_ESC: 'Escape',
  KEY_BACKSPACE: 'Backspace',
  KEY_TAB: 'Tab',
  KEY_ENTER: 'Enter',
  KEY_KPENTER: 'Enter',
  KEY_HOME: 'Home',
  KEY_UP: 'Up',
  KEY_PAGEUP: 'PageUp',
  KEY_LEFT: 'Left',
  KEY_RIGHT: 'Right',
  KEY_END: 'End',
  KEY_DOWN: 'Down',
  KEY_PAGEDOWN: 'PageDown',
  KEY_INSERT: 'Insert',
  KEY_DELETE: 'Delete',
  KEY_LEFTSHIFT: 'Shift',
  KEY_RIGHTSHIFT: 'Shift',
  KEY_LEFTCTRL: 'Control',
  KEY_RIGHTCTRL: 'Control',
  KEY_LEFTALT: 'Alt',
  KEY_RIGHTALT: 'Alt',
  KEY_LEFTMETA: 'Meta',
  KEY_RIGHTMETA: 'Meta',
  KEY_CAPSLOCK: 'CapsLock',
  KEY_NUMLOCK: 'NumLock',
  KEY_F1: 'F1',
  KEY_F2: 'F2',
  KEY_F3: 'F3',
  KEY_F4: 'F4',
  KEY_F5: 'F5',
  KEY_F6: 'F6',
  KEY_F7: 'F7',
  KEY_F8: 'F8',
  KEY_F9: 'F9',
  KEY_F10: 'F10',
  KEY_F11: 'F11',
  KEY_F12: 'F12',
} as const satisfies Partial<Record<KeyCodeName, string>>;

/** Keys of the number pad: what they type with num lock, and what they are without. */
export const padKeys = {
  KEY_KP7: ['7', 'Home'],
  KEY_KP8: ['8', 'Up'],
  KEY_KP9: ['9', 'PageUp'],
  KEY_KP4: ['4', 'Left'],
  KEY_KP5: ['5', 'Begin'],
  KEY_KP6: ['6', 'Right'],
  KEY_KP1: ['1', 'End'],
  KEY_KP2: ['2', 'Down'],
  KEY_KP3: ['3', 'PageDown'],
  KEY_KP0: ['0', 'Insert'],
  KEY_KPDOT: ['.', 'Delete'],
} as const satisfies Partial<Record<KeyCodeName, readonly [string, string]>>;

/** Keys of the number pad that type the same with and without num lock. */
export const padSigns = {
  KEY_KPSLASH: '/',
  KEY_KPASTERISK: '*',
  KEY_KPMINUS: '-',
  KEY_KPPLUS: '+',
  KEY_KPEQUAL: '=',
  // A Brazilian keyboard's point, beside the comma in the place of others' point.
  KEY_KPCOMMA: '.',
} as const satisfies Partial<Record<KeyCodeName, string>>;

/** The name of a key that types nothing; `Dead` for an accent that waits, `Unknown` for those that packdial has no name for. */
export type NamedKey =
  (typeof namedKeys)[keyof typeof namedKeys] | (typeof padKeys)[keyof typeof padKeys][1] | 'Dead' | 'Unknown';
