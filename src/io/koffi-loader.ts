import { createRequire } from 'node:module';
import type * as Koffi from 'koffi';

// A `require` at the place of use: loading koffi takes 5 ms, which a start without a device need not pay.
const require = createRequire(__filename);
let koffi: typeof Koffi | undefined;

/** koffi, which calls C functions; loaded at the first call. */
export function loadKoffi(): typeof Koffi {
  koffi ??= require('koffi') as typeof Koffi;
  return koffi;
}
