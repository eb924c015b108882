/** What the index of the settings calls its parts. */
export const partNames = {
  devices: 'Devices',
  battery: 'Battery',
  alarms: 'Alarms',
  screen: 'Screen',
  night: 'Night',
  logs: 'Logs',
  databases: 'Databases',
  network: 'Network',
  mqtt: 'MQTT',
  remote: 'Remote',
  information: 'Information',
  service: 'Service',
} as const;

/** What else the index says, and how a part is set, in a word or two for its row. */
export const indexWords = {
  title: 'Settings',
  /** The button that leads back to the index. */
  all: 'ALL SETTINGS',
  live: (live: number, of: number) => `${live} of ${of} live`,
  noNetwork: 'no network',
  wifi: 'Wi-Fi',
  service: 'copy, update, exit',
  off: 'off',
  limits: (count: number) => (count === 0 ? 'none set' : `${count} set`),
  brightness: (percent: number) => `${percent} %`,
  hours: (begin: string, end: string) => `${begin} to ${end}`,
  databases: { none: 'none', connected: (up: number, of: number) => `${up} of ${of} connected` },
  logs: { both: 'log and history', log: 'log only', history: 'history only' },
  remote: { both: 'VNC and browser', browser: 'browser', vnc: 'VNC' },
  mqtt: { off: 'off', sender: 'sender', receiver: 'receiver' } as Readonly<Record<string, string>>,
};
