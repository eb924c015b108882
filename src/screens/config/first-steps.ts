import type { FirstStep } from '../screen';
import type { DevicesPages } from './devices/devices-pages';
import type { Draft } from './draft';
import type { SettingsEditor } from './editable';
import type { ConfigPage } from './pages';

/** Id of the page on which the one source of frames is set; `undefined` without one. */
export function sourcePage(pages: readonly ConfigPage[]): string | undefined {
  return pages.find(({ kind, id }) => kind === 'fields' && id.startsWith('own'))?.id;
}

/**
 * Begins the first set-up with a way to the battery: that source is chosen on its page and waits for SAVE, or the search for
 * Bluetooth devices runs. For a wireless battery a network comes first. Returns the id of the page to show; `undefined` for the usual one.
 */
export function beginSetUp(
  step: FirstStep,
  parts: {
    readonly editor: SettingsEditor | undefined;
    readonly draft: Draft;
    readonly devices: DevicesPages | undefined;
    /** There is no network yet, but Wi-Fi can be set up. */
    readonly isOffline: boolean;
  },
  pages: () => readonly ConfigPage[],
): string | undefined {
  const { editor, draft, devices, isOffline } = parts;
  if (step === 'bluetooth') {
    devices?.addOver('bluetooth');
    return 'devices';
  }
  const source = editor?.pages.flatMap(({ fields }) => fields).find(({ name }) => name === 'source');
  if (source?.fixed === '') draft.set(source, step === 'can' ? 'can' : 'udp');
  return step === 'wireless' && isOffline ? 'wifi' : sourcePage(pages());
}
