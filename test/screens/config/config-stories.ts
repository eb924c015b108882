import { checkSource } from '../../../src/features/hearing/sources';
import { siteDevices } from '../../../src/features/hearing/site-devices';
import type { SaveReason, SaveStep } from '../../../src/model/controller/save-reports';
import type { ActionView } from '../../../src/model/action-view';
import { idleAction } from '../../../src/model/action-view';
import type {
  ControllerLink,
  ControllerPresence,
  ItemResult,
  ItemResults,
  SaveProgress,
} from '../../../src/model/controller/controller-link';
import type { ControllerItemName, ControllerValues } from '../../../src/model/controller/items';
import { withoutSecrets } from '../../../src/model/controller/values';
import { Surface } from '../../../src/render/surface';
import { TextStyles } from '../../../src/render/text';
import { dayPalette } from '../../../src/render/theme';
import { resolveSettings } from '../../../src/settings/resolve-settings';
import { ConfigScreen } from '../../../src/screens/config/config-screen';
import type { SettingsEditor } from '../../../src/screens/config/editable';
import { LockedSettings } from '../../../src/screens/config/locked-settings';
import type { ConfigParts } from '../../../src/screens/config/pages';
import type { InformationLine, ServiceActions } from '../../../src/screens/config/service';
import { Navigator } from '../../../src/screens/navigator';
import type { KeyEvent, Screen, Surroundings } from '../../../src/screens/screen';
import { createSettingsEditor } from '../../../src/desk/settings-editor';
import type { RawSettings, SettingName, Settings } from '../../../src/settings/settings';
import { firstValues } from '../../../src/simulation/simulated-controller';
import { mainScreen, placeOf, silence, surroundings } from '../stories';

/** A settings file in memory, and all that was asked of the program. */
export interface Desk {
  readonly editor: SettingsEditor;
  /** What was written, in order. */
  readonly written: RawSettings[];
  readonly applied: Settings[];
  restarts: number;
}

export interface DeskOptions {
  readonly values?: RawSettings;
  readonly elsewhere?: readonly (readonly [SettingName, string])[];
  /** What is wrong with the settings file. */
  readonly damage?: string;
  readonly restarts?: SettingsEditor['restarts'];
  /** Why the file can't be written. */
  readonly refuses?: () => Error | undefined;
}

/** An editor of a settings file that is only in memory. */
export function desk({
  values = {},
  elsewhere = [],
  damage,
  restarts = 'by itself',
  refuses,
}: DeskOptions = {}): Desk {
  const written: RawSettings[] = [];
  const applied: Settings[] = [];
  const made: Desk = {
    written,
    applied,
    restarts: 0,
    editor: createSettingsEditor({
      check: async (settings) => {
        checkSource(settings);
        if (settings.devices.length > 0) await siteDevices(settings);
      },
      settings: resolveSettings([{ values, describe: (name) => name }]),
      origin: {
        file: '/etc/packdial/settings.json',
        inFile: values,
        elsewhere: new Map(elsewhere),
        notice: damage === undefined ? undefined : { code: 'settings-damaged', values: { why: damage } },
      },
      restarts,
      useful: () => true,
      apply: (settings) => applied.push(settings),
      restart: () => made.restarts++,
      changed: () => undefined,
      log: { info: () => undefined, warn: () => undefined },
      store: {
        read: () => Promise.resolve(written.at(-1) ?? values),
        write: (_, content) => {
          const refusal = refuses?.();
          if (refusal !== undefined) return Promise.reject(refusal);
          written.push(content);
          return Promise.resolve();
        },
      },
    }),
  };
  return made;
}

/** What is told of an action in these words. */
export function told(words: string): Pick<ActionView, 'report'> {
  return { report: { code: 'update-told', values: { words } } };
}

/** What a controller, or the display that relays, has said of an item. */
export function said(words: string): SaveReason {
  return { code: 'said', values: { words } };
}

/** An action of the service page, in a state of its own. */
export function action(view: ActionView = idleAction): {
  start: jest.Mock;
  cancel: jest.Mock;
  view: ActionView;
} {
  return { start: jest.fn(), cancel: jest.fn(), view };
}

/** All that the service page can offer. */
export function allActions(
  views: { copyLog?: ActionView; update?: ActionView; resetLog?: ActionView } = {},
): {
  exit: jest.Mock;
  resetLog: ReturnType<typeof action>;
  copyLog: ReturnType<typeof action>;
  update: ReturnType<typeof action>;
  calibrateTouch: jest.Mock;
} {
  return {
    exit: jest.fn(),
    resetLog: action(views.resetLog),
    copyLog: action(views.copyLog),
    update: action(views.update),
    calibrateTouch: jest.fn(),
  };
}

export const information = (): readonly InformationLine[] => [
  { label: 'Address', text: '192.168.1.72 (wlan0), 10.0.0.5 (eth0)' },
  { label: 'Data folder', text: '/var/lib/packdial · 12.4 GB free' },
  { label: 'Settings file', text: '/etc/packdial/settings.json' },
  { label: 'packdial', text: '0.1.0, up 3 d' },
  { label: 'Machine', text: 'Linux 6.12.25+rpt-rpi-v8, Node 20.20.2, up 12 d' },
];

/** A controller behind a link that is only in memory: a test says what becomes of a SAVE. */
export class FakeController implements ControllerLink {
  presence: ControllerPresence = {
    state: 'heard',
    announced: {
      values: withoutSecrets({ ...firstValues, BMSID: 'MorganOak', SSID: 'MorganOak' }),
      address: '192.168.1.20:6501',
      heardAt: 0,
    },
  };
  warning: ControllerLink['warning'];
  saving: SaveProgress = { state: 'idle' };
  readonly saves: ControllerValues[] = [];
  readonly confirmed: boolean[] = [];
  private finish: ((results: ItemResults) => void) | undefined;

  save(changes: ControllerValues): Promise<ItemResults> {
    this.saves.push(changes);
    return new Promise((resolve) => (this.finish = resolve));
  }

  confirm(yes: boolean): void {
    this.confirmed.push(yes);
  }

  acknowledge(): void {
    this.saving = { state: 'idle' };
  }

  /** What was announced becomes this. */
  announce(values: ControllerValues): void {
    if (this.presence.state === 'never') return;
    const { announced } = this.presence;
    this.presence = {
      state: 'heard',
      announced: { ...announced, values: { ...announced.values, ...values } },
    };
  }

  /** Nobody is there, or nobody any more. */
  fallSilent(): void {
    if (this.presence.state === 'heard') this.presence = { ...this.presence, state: 'lost' };
  }

  ask(before: string | undefined): void {
    this.saving = { state: 'confirm', address: '192.168.1.20:6501', before, results: this.results({}) };
  }

  run(answers: Readonly<Record<string, ItemResult>>): void {
    const step: SaveStep = { code: 'sending', values: { address: '192.168.1.20:6501' } };
    this.saving = { state: 'running', step, results: this.results(answers) };
  }

  /** The SAVE is over; items that are not named were acknowledged. */
  end(answers: Readonly<Record<string, ItemResult>> = {}): void {
    const results = this.results(answers, { state: 'acknowledged' });
    for (const [name, { state }] of results) {
      const value = this.saves.at(-1)?.[name];
      if (state === 'acknowledged' && value !== undefined) this.announce(withoutSecrets({ [name]: value }));
    }
    this.saving = { state: 'finished', results };
    this.finish?.(results);
  }

  /** The SAVE is over, and nothing came of it. */
  refuse(reason: SaveReason): void {
    const names = Object.keys(this.saves.at(-1) ?? {});
    this.end(Object.fromEntries(names.map((name) => [name, { state: 'refused', reason }])));
  }

  private results(
    answers: Readonly<Record<string, ItemResult>>,
    otherwise: ItemResult = { state: 'waiting' },
  ): ItemResults {
    const names = Object.keys(this.saves.at(-1) ?? {}) as ControllerItemName[];
    return new Map(names.map((name) => [name, answers[name] ?? otherwise]));
  }
}

/** A controller that has announced all that it has, and keeps what it was sent in `saves`. */
export function announced(): FakeController {
  return new FakeController();
}

// Characters are painted once for all owners.
const styles = new TextStyles();

/** A settings screen with somebody in front of it, who has gone from the index to the battery's settings. */
export class Owner {
  readonly screen: Screen;
  /** The settings themselves, behind a lock if there is one. */
  readonly settings: ConfigScreen;
  readonly navigator: Navigator;
  private around: Surroundings = surroundings(0);

  constructor(
    parts: ConfigParts & { readonly service?: ServiceActions } = {},
    readonly width = 800,
    readonly height = 480,
    opened: 'index' | 'battery' = 'battery',
    finger?: number,
  ) {
    const look = { width, height, finger, palette: dayPalette, styles };
    this.settings = new ConfigScreen({ ...look, config: parts });
    this.screen =
      parts.lock === undefined ? this.settings : new LockedSettings(this.settings, parts.lock, look);
    this.navigator = new Navigator(
      (name) => (name === 'settings' ? this.screen : mainScreen(silence(), width, height)),
      'settings',
    );
    this.look();
    if (opened === 'battery' && this.names().includes('part battery')) this.touch('part battery');
  }

  /** Lets time pass. Returns when the screen wants to be drawn again. */
  look(ms = 0): number | undefined {
    this.around = { ...this.around, now: this.around.now + ms };
    return this.navigator.update(this.around);
  }

  names(): string[] {
    return this.screen.targets.map(({ name }) => name);
  }

  touch(name: string): this {
    const place = placeOf(this.screen.targets, name);
    this.navigator.pointer({ type: 'press', ...place });
    this.navigator.pointer({ type: 'release', ...place });
    this.look(20);
    return this;
  }

  /** Holds a finger on something; `ms` in steps of 10. */
  hold(name: string, ms: number): this {
    const place = placeOf(this.screen.targets, name);
    this.navigator.pointer({ type: 'press', ...place });
    for (let time = 0; time <= ms; time += 10) this.look(10);
    this.navigator.pointer({ type: 'release', ...place });
    this.look(20);
    return this;
  }

  /** Drags something sideways, from a part of its width to another. */
  drag(name: string, from: number, to: number): this {
    const area = this.screen.targets.find((target) => target.name === name)!.areas[0]!;
    const at = (part: number) => ({ x: area.x + Math.round((area.width - 1) * part), y: area.y + 20 });
    this.navigator.pointer({ type: 'press', ...at(from) });
    for (let i = 1; i <= 10; i++)
      this.navigator.pointer({ type: 'move', ...at(from + ((to - from) * i) / 10) });
    this.navigator.pointer({ type: 'release', ...at(to) });
    this.look(20);
    return this;
  }

  key(key: string, changes: Partial<KeyEvent> = {}): this {
    this.navigator.key({ key, action: 'down', command: false, ...changes });
    this.look(20);
    return this;
  }

  type(text: string): this {
    for (const character of text) this.key(character);
    return this;
  }

  /** Turns pages until something can be touched. */
  find(name: string): this {
    for (let page = 0; page < 40 && !this.names().includes(name); page++) this.touch('right');
    if (!this.names().includes(name)) throw new Error(`there is no ${name} on any page`);
    return this;
  }

  /** Waits until what was saved is saved. */
  async saved(): Promise<this> {
    for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    this.look(20);
    return this;
  }

  picture(): Surface {
    this.look(300);
    const surface = new Surface(this.width, this.height);
    surface.show(this.screen.scene);
    surface.repaint();
    return surface;
  }
}
