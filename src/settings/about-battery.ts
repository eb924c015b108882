import type { SettingName } from './settings';

/** Settings that say something about the battery: with any of them nobody wants to be shown another one. */
export const aboutBattery = [
  'source',
  'devices',
  'port',
  'interface',
  'serial',
  'bitrate',
  'file',
  'speed',
  'mqtt',
] as const satisfies SettingName[];
