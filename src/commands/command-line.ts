import { Command, CommanderError, Option } from 'commander';
import { demonstration, demoSettings } from './demonstration';
import { createLog, type Log } from '../logging/log';
import { checkEnvironment } from '../settings/environment';
import { environmentName, resolveSettings } from '../settings/resolve-settings';
import {
  settings,
  type RawSettings,
  type Setting,
  type SettingName,
  type Settings,
} from '../settings/settings';
import { usualSettingsFile } from '../settings/settings-file';
import { readGoodSettings, type SettingsOrigin } from '../settings/settings-store';
import { UserError } from '../base/user-error';
import { settingsForCommand } from './settings-for-command';
import { addUpdateCommands } from './update-commands';
import { version } from '../version';

/** What a command gets to work with. */
interface CommandContext {
  readonly settings: Settings;
  readonly origin: SettingsOrigin;
  /** The flags themselves, for those that are no settings. */
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
  readonly log: Log;
}

/** Runs a command; resolves with the exit code. */
type CommandAction = (context: CommandContext) => Promise<number>;

const sourceSettings = [
  'source',
  'devices',
  'port',
  'interface',
  'serial',
  'bitrate',
  'lenient',
  'invertCurrent',
  'invertFineCurrent',
  'signedTemperatures',
  'moduleBms',
  'file',
  'speed',
  'loop',
  'modules',
  'seed',
  'fine',
] as const satisfies SettingName[];

const shownSettings = [
  'alarmPackHigh',
  'alarmPackLow',
  'alarmTemperatureHigh',
  'alarmTemperatureLow',
  'alarmSpread',
  'alarmCharge',
  'alarmSilence',
  'units',
] as const satisfies SettingName[];

const displaySettings = [
  ...sourceSettings,
  'bank',
  'framebuffer',
  'brightness',
  'nightBrightness',
  'night',
  'screenOff',
  'backlight',
  'touch',
  'touchMatrix',
  'calibrateTouch',
  'keyboardLayout',
  'rotate',
  'headless',
  'size',
  'picture',
  'pin',
  'kiosk',
  'powerScale',
  ...shownSettings,
  'bmsId',
  'mqtt',
  'mqttUrl',
  'mqttUser',
  'mqttPassword',
  'mqttCa',
  'mqttCert',
  'mqttKey',
  'mqttKeepalive',
  'homeAssistant',
  'mqttDevices',
  'mqttDataJson',
  'mqttMessagePack',
  'dataDir',
  'history',
  'log',
  'logEvery',
  'logDates',
  'databases',
  'databaseEvery',
  'logToDatabase',
  'updateUrl',
  'remotePassword',
  'remoteViewPassword',
  'vnc',
  'vncPort',
  'vncListen',
  'web',
  'webPort',
  'webName',
  'vncCertificate',
  'logLevel',
] as const satisfies SettingName[];

/**
 * Reads the command line and runs what it asks for. A mistake of the user is one sentence on standard error and exit code 2.
 *
 * @param argv as in process.argv
 */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('packdial')
    .description('The display for a battery: a dial on a bare framebuffer, fed over UDP or CAN.')
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneSentence(text)) })
    .addHelpText(
      'after',
      '\nSettings come from flags, PACKDIAL_* variables and a settings file, in that order.',
    );
  const command = (
    name: string,
    help: string,
    names: readonly SettingName[],
    action: CommandAction,
    extra: readonly Option[] = [],
  ): void => {
    const sub = program.command(name).description(help).exitOverride();
    for (const option of extra) sub.addOption(option);
    for (const setting of names) sub.addOption(optionFor(setting));
    sub.option('--config <file>', `settings file (default: ${usualSettingsFile}, where there is one)`);
    sub.action(async (typed: Record<string, string | boolean | undefined>) => {
      const flags = byName(typed);
      const { resolved, origin } = settle(name, flags);
      code = await action({ settings: resolved, origin, flags, log: createLog(resolved.logLevel) });
    });
  };
  command(
    'run',
    'show the battery on the framebuffer',
    [...displaySettings, 'demo'],
    async ({ settings: s, log, origin }) => (await import('./run-display')).runDisplay(s, log, origin),
  );
  command(
    'simulate',
    'send a solar day of a battery over UDP or CAN, as a controller would',
    [
      'site',
      'devices',
      ...(['via', 'to', 'port', 'interface', 'modules', 'seed', 'speed', 'fine', 'loss', 'garbage'] as const),
      ...(['bmsId', 'controller', 'controllerPort', 'controllerFile', 'dataDir', 'logLevel'] as const),
    ],
    async ({ settings: s, flags, log }) => (await import('./simulate')).simulate(s, flags, log),
  );
  command(
    'record',
    'write what is received into a log: CAN frames in the format of candump -L, or a capture of a device',
    [...sourceSettings, 'logLevel'],
    async ({ settings: s, flags, log }) => (await import('./record')).record(s, flags, log),
    [
      new Option('--out <file>', 'log file to write (default: standard output)'),
      new Option('--with-address', "writes the device's address into the capture of --device"),
    ],
  );
  command(
    'decode',
    'print live values, to check an installation without a screen',
    [...sourceSettings, 'bmsId', 'logLevel'],
    async ({ settings: s, flags, log }) => (await import('./decode')).decode(s, flags, log),
    [new Option('--json', 'one object a line, whenever something changed: CompleteStatus, or a device')],
  );
  command(
    'scan',
    'list the Bluetooth devices that are received, with the text for --device',
    [],
    async ({ flags }) => (await import('./scan')).scan(String(flags['seconds'])),
    [new Option('--seconds <seconds>', 'how long to scan').default('10')],
  );
  command(
    'can-up',
    'bring a CAN interface up with its bit rate; one that already is stays as it is',
    ['interface', 'bitrate', 'restartMs'],
    async ({ settings: s }) => (await import('./can-up')).canUp(s),
  );
  command(
    'copy-log',
    'copy PowerSafe100.log to the USB stick named BATTERY, as COPY LOG does',
    ['source', 'dataDir'],
    async ({ settings: s }) => (await import('./copy-log')).copyLog(s),
  );
  command(
    'reset-log',
    'erase PowerSafe100.log and start the display anew, as RESET LOG does',
    ['source', 'dataDir'],
    async ({ settings: s }) => (await import('./reset-log')).resetLog(s),
  );
  command(
    'snapshot',
    'draw one screen into a PNG file',
    [...sourceSettings, 'bank', 'size', 'powerScale', ...shownSettings, 'logLevel'],
    async ({ settings: s, flags }) => (await import('./snapshot')).snapshot(s, flags),
    [
      new Option('--screen <name>', 'main, soc-log, cells, power-log, alarms, settings or welcome').default(
        'main',
      ),
      new Option('--out <file>', 'PNG file to write').makeOptionMandatory(),
      new Option('--age <seconds>', 'how long ago the last frame was heard, or never').default('0'),
      new Option('--tap <x,y...>', 'touches the picture there first, place by place'),
    ],
  );
  const configuring = program
    .command('configure')
    .description('write settings into the settings file, or print what is in it')
    .exitOverride();
  for (const setting of displaySettings) configuring.addOption(optionFor(setting));
  configuring
    .option('--unset <setting...>', 'take these out of the file, back to their defaults')
    .option('--config <file>', `settings file (default: ${usualSettingsFile})`)
    .option('--check', 'write nothing: only say what is wrong with these settings, if anything is')
    .action(
      async (flags: Record<string, string | boolean | undefined> & { unset?: string[]; check?: boolean }) => {
        const { config, unset = [], check, ...typed } = flags;
        const changes = byName(typed);
        const { checkDevices, checkKeyboardLayout, configure } = await import('./configure');
        const configuration = {
          file: typeof config === 'string' ? config : undefined,
          changes,
          unset,
          ...(check && { check }),
        };
        await checkDevices(configuration);
        if ('keyboardLayout' in changes) await checkKeyboardLayout(configuration);
        code = configure(configuration);
      },
    );
  program
    .command('tell-touches', { hidden: true })
    .description('where a login stands in the place of the display: print a line for each touch or Escape')
    .exitOverride()
    .action(async () => {
      code = await (await import('./tell-touches')).tellTouches();
    });
  addUpdateCommands(program, (ended) => (code = ended));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`packdial: ${error.message}\n`);
    return 2;
  }
  return code;
}

/** Commander's messages in the manner of packdial's own. */
function oneSentence(text: string): string {
  return text.replace(/^error: /, 'packdial: ').replace('\n(Did', ' (did');
}

/** What was typed, by the names of the settings: one flag stands for one of a list. */
function byName<T extends Readonly<Record<string, unknown>>>(typed: T): T {
  const { device, database, ...others } = typed;
  const lists = {
    ...(device !== undefined && { devices: device }),
    ...(database !== undefined && { databases: database }),
  };
  return { ...others, ...lists } as unknown as T;
}

/** Settings of which each flag is one more. */
const lists: readonly SettingName[] = ['devices', 'databases'];

function optionFor(name: SettingName): Option {
  const { flag, placeholder, help, fallback } = settings[name] as Setting;
  const value = placeholder === undefined ? ' [true|false]' : ` <${placeholder}>`;
  const none = ['', false].includes(fallback as string | false) || lists.includes(name);
  const option = new Option(`--${flag}${value}`, help + (none ? '' : ` (default: ${String(fallback)})`));
  return lists.includes(name)
    ? option.argParser((one: string, others: string[] | undefined) => [...(others ?? []), one])
    : option;
}

/** Flags, environment and file put together for a command. */
function settle(
  command: string,
  flags: RawSettings,
): { readonly resolved: Settings; readonly origin: SettingsOrigin } {
  const environment: Record<string, unknown> = {};
  const elsewhere = new Map<SettingName, string>();
  checkEnvironment(process.env);
  for (const name of Object.keys(settings) as SettingName[]) {
    const value = process.env[environmentName(name)];
    if (value !== undefined && value !== '')
      environment[name] = lists.includes(name) ? value.split(';') : value;
    if (flags[name] !== undefined) elsewhere.set(name, `--${settings[name].flag}`);
    else if (environment[name] !== undefined) elsewhere.set(name, environmentName(name));
  }
  const config = flags['config'] ?? process.env['PACKDIAL_CONFIG'];
  const named = typeof config === 'string' && config !== '' ? config : undefined;
  // Whoever runs by itself goes on with the last good settings file; a person can correct a bad one.
  const read =
    command === 'run' || command === 'can-up' ? readGoodSettings(named) : settingsForCommand(command, named);
  const typed = [
    { values: flags, describe: (name: SettingName) => `--${settings[name].flag}` },
    { values: environment, describe: environmentName },
    { values: read.inFile, describe: (name: SettingName) => `${read.file}: "${name}"` },
  ];
  const resolved = resolveSettings(typed);
  if (command !== 'run') return { resolved, origin: { ...read, elsewhere } };
  return settleRun({ typed, resolved, origin: { ...read, elsewhere } });
}

/** The same for `run`, which can show a demonstration. @param demo another one than the settings name */
function settleRun(
  told: {
    readonly typed: readonly {
      readonly values: RawSettings;
      readonly describe: (name: SettingName) => string;
    }[];
    readonly resolved: Settings;
    readonly origin: SettingsOrigin;
  },
  demo = told.resolved.demo,
): { readonly resolved: Settings; readonly origin: SettingsOrigin } {
  const { typed, resolved, origin } = told;
  const isPaced = typed.some(({ values }) => values['speed'] !== undefined);
  const shown = { values: demoSettings({ demo }, isPaced), describe: () => '--demo' };
  const elsewhere = new Map(origin.elsewhere);
  for (const name of Object.keys(shown.values) as SettingName[]) elsewhere.set(name, '--demo');
  const layers = [shown, ...typed];
  const weakest = demonstration(resolved, layers);
  return {
    resolved: resolveSettings([...layers, weakest]),
    origin: {
      ...origin,
      elsewhere,
      chosen: weakest.note,
      demonstrate: (another) => {
        const next = settleRun(told, another);
        return { settings: next.resolved, origin: next.origin };
      },
    },
  };
}
