import { dirname } from 'node:path';
import { DeviceFolder } from './device-folder';
import { SystemKeymap } from './keymap/system-keymap';
import { KeyboardInput, type KeyboardSink } from './keyboard-input';
import { TouchInput, type TouchOptions, type TouchSink } from './touch-input';

/**
 * Hears fingers, mice and keyboards until the signal is aborted. Rejects with a UserError when the device named for touching
 * can't point, or the keyboard's layout is none.
 */
export async function hearInputs(
  options: Omit<TouchOptions, 'folder' | 'probe'> & {
    /** What keyboards type: `de` or `de(nodeadkeys)`; empty for what the system says. */
    readonly keyboardLayout: string;
  },
  signal: AbortSignal,
  sink: TouchSink & KeyboardSink,
): Promise<void> {
  const folder = new DeviceFolder();
  const { device } = options;
  const elsewhere = device !== undefined && dirname(device) !== folder.path;
  const touchFolder = elsewhere ? new DeviceFolder(dirname(device)) : folder;
  const keymap = new SystemKeymap({ layout: options.keyboardLayout, warn: (text) => sink.status(text) });
  const running = Promise.all([
    keymap.find(),
    new KeyboardInput({ folder, keymap }).run(signal, sink),
    new TouchInput({ ...options, folder: touchFolder }).run(signal, sink),
  ]);
  try {
    await running;
  } finally {
    keymap.close();
  }
}
