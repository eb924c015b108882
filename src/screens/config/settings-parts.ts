/** The parts that the settings have, in the order of the index. */
export const settingsParts = [
  'devices',
  'battery',
  'alarms',
  'screen',
  'night',
  'logs',
  'databases',
  'network',
  'mqtt',
  'remote',
  'information',
  'service',
] as const;

/** One of them. */
export type SettingsPart = (typeof settingsParts)[number];
