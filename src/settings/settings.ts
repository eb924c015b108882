import * as v from 'valibot';
import { alarmSettings } from './alarm-settings';
import { controllerSettings } from './controller-settings';
import { databaseSettings } from './database-settings';
import { demoSettings } from './demo-settings';
import { every, type SettingForm } from './setting-form';
import { choice, numberBetween, numeric, text, toggle, wholeNumber } from './setting-schemas';
import { deviceSettings } from './device-settings';
import { keepingSettings } from './keeping-settings';
import { lockSettings } from './lock-settings';
import { mqttSettings } from './mqtt-settings';
import { remoteSettings } from './remote-settings';
import { webSettings } from './web-settings';

/** One setting: what it is called in each place it can come from, what it accepts, and what it is without being set. */
export interface Setting<S extends v.GenericSchema = v.GenericSchema> {
  /** The flag without its dashes, such as `data-dir`; file and environment names follow from it. */
  readonly flag: string;
  /** How a value is written in the help, such as `number`; a switch has none. */
  readonly placeholder?: string;
  readonly schema: S;
  readonly fallback: v.InferOutput<S>;
  /** What is accepted, for messages: `a whole number from 1 to 65535`. */
  readonly accepts: string;
  readonly help: string;
  /** How the settings screens offer it; a setting without is only for flags, environment and file. */
  readonly form?: SettingForm;
  /** Never shown, logged or readable by everybody. */
  readonly secret?: boolean;
}

function setting<S extends v.GenericSchema>(definition: Setting<S>): Setting<S> {
  return definition;
}

/** Width and height in pixels of a size as it is set, such as `800x480`. */
export function parseSize(size: string): { readonly width: number; readonly height: number } {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
}

/** The ways in for frames. */
export const sourceNames = ['udp', 'can', 'slcan', 'simulate', 'replay'] as const;

/** As the screens call them; replay is for developers. */
const sourceLabels = { udp: 'Wireless', can: 'CAN', slcan: 'Serial', simulate: 'Simulated' };
const minutes = [0, 1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 120, 240, 480, 1440];
const kilowatts = [1, 2, 3, 5, 8, 10, 12, 15, 20, 30, 40, 50, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000];

/** bit/s that CAN buses have: those that serial-line adapters have a command for. */
const bitRates = [10_000, 20_000, 50_000, 100_000, 125_000, 250_000, 500_000, 800_000, 1_000_000] as const;

/** Every setting of packdial, once. Flags, environment variables and the settings file all come from here. */
export const settings = {
  source: setting({
    flag: 'source',
    placeholder: 'name',
    schema: choice(sourceNames),
    fallback: 'udp',
    accepts: `one of ${sourceNames.join(', ')}`,
    help: 'where frames come from: udp, can, slcan, simulate or replay',
    form: { page: 'source', label: 'Battery source', effect: 'restart', names: sourceLabels },
  }),
  ...deviceSettings,
  ...demoSettings,
  port: setting({
    flag: 'port',
    placeholder: 'number',
    schema: wholeNumber(1, 65535),
    fallback: 6500,
    accepts: 'a whole number from 1 to 65535',
    help: 'UDP port that the controller sends to',
    form: { page: 'source', label: 'UDP port', effect: 'restart', only: ['udp'] },
  }),
  interface: setting({
    flag: 'interface',
    placeholder: 'name',
    schema: v.pipe(v.string(), v.regex(/^[^\s/]{1,15}$/)),
    fallback: 'can0',
    accepts: 'a network interface name of 1 to 15 characters without spaces or slashes, such as can0',
    help: 'CAN interface of --source can and can-up',
    form: { page: 'source', label: 'CAN interface', effect: 'restart', only: ['can'], note: 'such as can0' },
  }),
  serial: setting({
    flag: 'serial',
    placeholder: 'path',
    schema: v.pipe(v.string(), v.regex(/^\/\S{1,4095}$/)),
    fallback: '/dev/ttyACM0',
    accepts: 'the path of a serial port, such as /dev/ttyACM0',
    help: 'serial port of the adapter of --source slcan',
    form: {
      page: 'source',
      label: 'Serial port',
      effect: 'restart',
      only: ['slcan'],
      note: 'such as /dev/ttyACM0',
    },
  }),
  bitrate: setting({
    flag: 'bitrate',
    placeholder: 'bit/s',
    schema: v.pipe(numeric(), v.picklist(bitRates)),
    fallback: 500_000,
    accepts: `one of ${bitRates.join(', ')}`,
    help: 'bit rate of the CAN bus: can-up and --source slcan set it',
    form: {
      page: 'source',
      label: 'Bit rate',
      effect: 'restart',
      unit: 'kbit/s',
      factor: 1e-3,
      only: ['can', 'slcan'],
    },
  }),
  restartMs: setting({
    flag: 'restart-ms',
    placeholder: 'ms',
    schema: wholeNumber(0, 60_000),
    fallback: 100,
    accepts: 'a whole number from 0 to 60000',
    help: 'how long after going off the bus can-up lets the CAN controller restart; 0: not by itself',
  }),
  framebuffer: setting({
    flag: 'framebuffer',
    placeholder: 'path',
    schema: text(),
    fallback: '/dev/fb0',
    accepts: 'the path of a framebuffer device or of a file',
    help: 'framebuffer to draw on',
  }),
  brightness: setting({
    flag: 'brightness',
    placeholder: 'percent',
    schema: numberBetween(5, 100),
    fallback: 100,
    accepts: 'a number of percent from 5 to 100',
    help: 'how bright the screen is: 5 to 100 percent',
    form: { page: 'screen', label: 'Brightness', effect: 'now', unit: '%', stops: every(5, 5, 100) },
  }),
  night: setting({
    flag: 'night',
    placeholder: 'hours',
    schema: v.pipe(
      v.string(),
      v.regex(/^(off|([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)$/),
      v.check((hours) => hours === 'off' || hours.slice(0, 5) !== hours.slice(6)),
    ),
    fallback: 'off',
    accepts: 'off, or two different times of day such as 21:00-06:30',
    help: 'when it is night by local time, such as 21:00-06:30, or off',
    form: { page: 'night', label: 'Dimmer at night', effect: 'now' },
  }),
  nightBrightness: setting({
    flag: 'night-brightness',
    placeholder: 'percent',
    schema: numberBetween(5, 100),
    fallback: 30,
    accepts: 'a number of percent from 5 to 100',
    help: 'how bright it is at night, if that is less: 5 to 100 percent',
    form: { page: 'night', label: 'Brightness', effect: 'now', unit: '%', stops: every(5, 5, 100) },
  }),
  screenOff: setting({
    flag: 'screen-off',
    placeholder: 'minutes',
    schema: numberBetween(0, 1440),
    fallback: 0,
    accepts: 'a number of minutes from 0 to 1440',
    help: 'minutes without a touch after which the screen goes dark; 0 is never',
    form: { page: 'screen', label: 'Dark after', effect: 'now', unit: 'min', zero: 'Never', stops: minutes },
  }),
  backlight: setting({
    flag: 'backlight',
    placeholder: 'path',
    schema: v.pipe(v.string(), v.regex(/^(\/\S{1,4095})?$/)),
    fallback: '',
    accepts: 'the path of a folder such as /sys/class/backlight/10-0045',
    help: 'folder of the backlight (default: the first in /sys/class/backlight)',
  }),
  ...alarmSettings,
  touch: setting({
    flag: 'touch',
    placeholder: 'path',
    schema: text(),
    fallback: '',
    accepts: 'the path of an input device, such as /dev/input/event0',
    help: 'touch panel, tablet or mouse (default: all that are found)',
  }),
  rotate: setting({
    flag: 'rotate',
    placeholder: 'degrees',
    schema: v.pipe(
      v.union([v.pipe(v.number(), v.transform(String)), v.string()]),
      v.picklist(['0', '90', '180', '270']),
      v.transform((degrees) => Number(degrees) as 0 | 90 | 180 | 270),
    ),
    fallback: 0,
    accepts: 'one of 0, 90, 180, 270',
    help: 'turns the picture clockwise, and touch with it: 0, 90, 180 or 270',
    form: { page: 'screen', label: 'Picture turned', effect: 'restart', unit: '°' },
  }),
  headless: setting({
    flag: 'headless',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'shows the display in a browser and keeps it in a PNG file, without a framebuffer',
  }),
  size: setting({
    flag: 'size',
    placeholder: 'WxH',
    schema: v.pipe(
      v.string(),
      v.regex(/^\d{3,4}x\d{3,4}$/),
      v.check((size) => {
        const { width, height } = parseSize(size);
        return (
          Math.min(width, height) >= 320 && Math.max(width, height) >= 480 && Math.max(width, height) <= 1920
        );
      }),
    ),
    fallback: '800x480',
    accepts: 'a size from 480x320 to 1920x1080, such as 800x480',
    help: 'size of the picture without a framebuffer device',
  }),
  dataDir: setting({
    flag: 'data-dir',
    placeholder: 'path',
    schema: text(),
    fallback: '',
    accepts: 'the path of a folder',
    help: 'folder for what packdial writes (default: /var/lib/packdial, or data here without that)',
  }),
  ...keepingSettings,
  ...databaseSettings,
  ...controllerSettings,
  ...remoteSettings,
  ...webSettings,
  logLevel: setting({
    flag: 'log-level',
    placeholder: 'level',
    schema: choice(['error', 'warn', 'info', 'debug']),
    fallback: 'info',
    accepts: 'one of error, warn, info, debug',
    help: 'how much is logged: error, warn, info or debug',
  }),
  file: setting({
    flag: 'file',
    placeholder: 'path',
    schema: text(),
    fallback: '',
    accepts: 'the path of a log file as candump -L writes it',
    help: 'log file of --source replay',
  }),
  speed: setting({
    flag: 'speed',
    placeholder: 'factor',
    schema: numberBetween(0, 100000),
    fallback: 1,
    accepts: 'a number from 0 to 100000',
    help: 'how fast simulate and replay run: 1 as it was, 60 an hour a minute, 0 as fast as possible (replay)',
  }),
  loop: setting({
    flag: 'loop',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'starts a replay again at its end',
  }),
  modules: setting({
    flag: 'modules',
    placeholder: 'number',
    schema: wholeNumber(1, 40),
    fallback: 16,
    accepts: 'a whole number from 1 to 40',
    help: 'six-cell modules of the simulated pack',
  }),
  seed: setting({
    flag: 'seed',
    placeholder: 'number',
    schema: wholeNumber(0, 2_147_483_647),
    fallback: 1,
    accepts: 'a whole number from 0 to 2147483647',
    help: 'another simulated day for another number',
  }),
  via: setting({
    flag: 'via',
    placeholder: 'way',
    schema: choice(['auto', 'udp', 'can']),
    fallback: 'auto',
    accepts: 'one of auto, udp, can',
    help: 'how simulate sends: udp, can, or auto (can when --interface is given, else udp)',
  }),
  to: setting({
    flag: 'to',
    placeholder: 'address',
    schema: v.pipe(v.string(), v.regex(/^[^\s/]{1,253}$/)),
    fallback: '127.0.0.1',
    accepts: 'an IPv4 address or a host name',
    help: 'where simulate sends over UDP; a broadcast address such as 192.168.1.255 reaches all displays',
  }),
  loss: setting({
    flag: 'loss',
    placeholder: 'fraction',
    schema: numberBetween(0, 1),
    fallback: 0,
    accepts: 'a number from 0 to 1',
    help: 'part of the simulated frames that gets lost',
  }),
  garbage: setting({
    flag: 'garbage',
    placeholder: 'fraction',
    schema: numberBetween(0, 1),
    fallback: 0,
    accepts: 'a number from 0 to 1',
    help: 'pieces of nonsense that simulate sends for each frame',
  }),
  invertCurrent: setting({
    flag: 'invert-current',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'for controllers that send + for discharging: turns current and ampere-hours of 0x150',
    form: { page: 'battery', label: 'Invert current', note: '+ is discharging', effect: 'restart' },
  }),
  invertFineCurrent: setting({
    flag: 'invert-fine-current',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'the same for current and power of 0x151',
    form: { page: 'battery', label: 'Invert fine current', note: 'of 0x151', effect: 'restart' },
  }),
  signedTemperatures: setting({
    flag: 'signed-temperatures',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'for controllers that send temperatures below zero',
    form: { page: 'battery', label: 'Signed temperatures', note: 'below zero °C', effect: 'restart' },
  }),
  lenient: setting({
    flag: 'lenient',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'takes datagrams of 12 to 24 bytes, not only of 24',
  }),
  powerScale: setting({
    flag: 'power-scale',
    placeholder: 'kW',
    schema: numberBetween(1, 5000),
    fallback: 10,
    accepts: 'a number from 1 to 5000',
    help: "the dial's full scale in kW; it grows when the power exceeds it",
    form: { page: 'battery', label: 'Dial reaches', effect: 'now', unit: 'kW', stops: kilowatts },
  }),
  picture: setting({
    flag: 'picture',
    placeholder: 'file',
    schema: text(),
    fallback: '',
    accepts: 'the path of a PNG file',
    help: 'keeps a PNG of the picture fresh (default with --headless: screen.png in the data folder)',
  }),
  fine: setting({
    flag: 'fine',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'the simulated controller also sends 0x151, current and power in hundredths',
  }),
  ...lockSettings,
  ...mqttSettings,
  units: setting({
    flag: 'units',
    placeholder: 'unit',
    schema: choice(['celsius', 'fahrenheit']),
    fallback: 'celsius',
    accepts: 'one of celsius, fahrenheit',
    help: 'what temperatures are shown in: celsius or fahrenheit',
    form: {
      page: 'screen',
      label: 'Temperatures',
      effect: 'now',
      names: { celsius: '°C', fahrenheit: '°F' },
    },
  }),
} as const;

/** The name of a setting in the file, such as `dataDir`. */
export type SettingName = keyof typeof settings;
/** All settings with their values. */
export type Settings = { [K in SettingName]: v.InferOutput<(typeof settings)[K]['schema']> };

/** Settings as they come in, by name, not looked at yet. */
export type RawSettings = Readonly<Record<string, unknown>>;
