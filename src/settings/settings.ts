import * as v from 'valibot';
import { alarmSettings } from './alarm-settings';
import { controllerSettings } from './controller-settings';
import { databaseSettings } from './database-settings';
import { demoSettings } from './demo-settings';
import type { SettingForm } from './setting-form';
import { choice, keyboardLayout, matrix, numberBetween, text, toggle } from './setting-schemas';
import { deviceSettings } from './device-settings';
import { keepingSettings } from './keeping-settings';
import { lightSettings } from './light-settings';
import { lockSettings } from './lock-settings';
import { mqttSettings } from './mqtt-settings';
import { remoteSettings } from './remote-settings';
import { simulationSettings } from './simulation-settings';
import { sourceSettings } from './source-settings';
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
const kilowatts = [1, 2, 3, 5, 8, 10, 12, 15, 20, 30, 40, 50, 80, 100, 150, 200, 300, 500, 1000, 2000, 5000];

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
  ...sourceSettings,
  framebuffer: setting({
    flag: 'framebuffer',
    placeholder: 'path',
    schema: text(),
    fallback: '/dev/fb0',
    accepts: 'the path of a framebuffer device or of a file',
    help: 'framebuffer to draw on',
  }),
  ...lightSettings,
  ...alarmSettings,
  touch: setting({
    flag: 'touch',
    placeholder: 'path',
    schema: text(),
    fallback: '',
    accepts: 'the path of an input device, such as /dev/input/event0',
    help: 'touch panel, tablet or mouse (default: all that are found)',
  }),
  touchMatrix: setting({
    flag: 'touch-matrix',
    placeholder: 'numbers',
    schema: matrix(),
    fallback: '',
    accepts: 'six numbers such as 0 1 0 1 0 0',
    help: 'where touches land, as in LIBINPUT_CALIBRATION_MATRIX (default: what udev says of the panel)',
  }),
  calibrateTouch: setting({
    flag: 'calibrate-touch',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'begins with four crosses that set where touches land, once',
  }),
  keyboardLayout: setting({
    flag: 'keyboard-layout',
    placeholder: 'name',
    schema: keyboardLayout(),
    fallback: '',
    accepts: 'the name of a layout as in /etc/default/keyboard, such as de or de(nodeadkeys)',
    help: 'layout of a keyboard, such as de or ch(fr) (default: that of the console)',
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
  ...simulationSettings,
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
  moduleBms: setting({
    flag: 'module-bms',
    schema: toggle(),
    fallback: false,
    accepts: 'true or false',
    help: 'for the BMS of battery modules that GEVCU listens to: its own 0x650 and 0x651',
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
