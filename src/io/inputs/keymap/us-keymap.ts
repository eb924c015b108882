import { keyCodes, type KeyCodeName } from '../key-codes';
import { usLayout, type KeyboardLayout } from '../us-layout';
import { modifierBits, type Keymap, type KeySymbol } from './keymap';

const { shift, control, alt } = modifierBits;
const modifiers: Readonly<Record<number, number>> = {
  [keyCodes.KEY_LEFTSHIFT]: shift,
  [keyCodes.KEY_RIGHTSHIFT]: shift,
  [keyCodes.KEY_LEFTCTRL]: control,
  [keyCodes.KEY_RIGHTCTRL]: control,
  [keyCodes.KEY_LEFTALT]: alt,
  [keyCodes.KEY_RIGHTALT]: alt,
};

/** The keymap of a layout that has two characters a key. */
export function plainKeymap(layout: KeyboardLayout): Keymap {
  const keys = new Map<number, readonly [string, string]>(
    Object.entries(layout).map(([name, characters]) => [keyCodes[name as KeyCodeName], characters]),
  );
  return {
    symbol: (code, table): KeySymbol | undefined => {
      const bit = modifiers[code];
      if (bit !== undefined) return { kind: 'modifier', bit, locks: false };
      const [plain, shifted] = keys.get(code) ?? [];
      const character = table === 0 ? plain : shifted;
      if (plain === undefined || character === undefined || table > 1) return undefined;
      return { kind: 'character', character, letter: plain !== shifted && plain.toUpperCase() === shifted };
    },
  };
}

/** What a keyboard types where nothing says which layout it has. */
export const usKeymap: Keymap = plainKeymap(usLayout);
