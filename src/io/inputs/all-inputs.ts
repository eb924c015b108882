import { dirname } from 'node:path';
import { DeviceFolder } from './device-folder';
import { KeyboardInput, type KeyboardSink } from './keyboard-input';
import { TouchInput, type TouchOptions, type TouchSink } from './touch-input';

/**
 * Hears fingers, mice and keyboards until the signal is aborted. Rejects with a UserError when the device named for touching
 * can't point.
 */
export async function hearInputs(
  options: Omit<TouchOptions, 'folder' | 'probe'>,
  signal: AbortSignal,
  sink: TouchSink & KeyboardSink,
): Promise<void> {
  const folder = new DeviceFolder();
  const { device } = options;
  const elsewhere = device !== undefined && dirname(device) !== folder.path;
  const touchFolder = elsewhere ? new DeviceFolder(dirname(device)) : folder;
  await Promise.all([
    new KeyboardInput({ folder }).run(signal, sink),
    new TouchInput({ ...options, folder: touchFolder }).run(signal, sink),
  ]);
}
