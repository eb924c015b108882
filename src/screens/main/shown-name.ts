import type { ReadoutProps } from '../../render/widgets/readout';
import type { DeviceView } from '../screen';

/** The name of the battery or bank on the dial; of a bank with members missing or switched off, how many those are too. */
export function shownName(devices: readonly DeviceView[]): ReadoutProps {
  const device = devices.find(({ shown }) => shown);
  if (device === undefined) return { text: '', tone: 'fresh' };
  const { name, presence, switchedOff } = device;
  const { discharge, charge } = switchedOff ?? { discharge: none, charge: none };
  const off = discharge.off > 0 ? countOf(discharge, 'off') : undefined;
  const notes = [presence, off].filter((note) => note !== undefined);
  if (notes.length > 0) return { text: `${name} · ${notes.join(', ')}`, tone: 'noted' };
  // A full battery does not let itself be charged: that is no trouble.
  return { text: charge.off > 0 ? `${name} · ${countOf(charge, 'not charging')}` : name, tone: 'fresh' };
}

const none = { off: 0, of: 0 };

function countOf({ off, of }: { readonly off: number; readonly of: number }, word: string): string {
  return of > 1 ? `${off} of ${of} ${word}` : word;
}
