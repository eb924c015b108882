import { devicesWords, shortTypeName } from '../../../words/en/devices';
import { deviceSettingsWords } from '../../../words/en/device-settings';
import { setupWords } from '../../../words/en/device-setup';
import { buildHeader, type Header } from '../chrome';
import type { Dialog } from '../dialog';
import { valueIn, type Field, type TextField } from '../field';
import type { TypedInto } from '../keyboard-view';
import type { ViewBuilder } from '../view-builder';
import { DeviceDraft } from './device-draft';
import { DeviceList, isTakenOut } from './device-list';
import { buildDevicePage } from './device-page';
import type { DeviceEntry, DevicesDesk } from './devices-desk';
import { buildDeviceList } from './list-page';
import { LoadSwitch } from './load-switch';
import { buildDeviceSettings, settingsPages } from './settings-page';
import { buildSetup, setupTitle } from './setup-pages';
import type { AddChoice, DeviceSetup, SetupContext, SetupField, SetupStep } from './setup-view';

/** What the pages of devices ask of the settings' screen. */
export interface DevicesHost {
  /** Puts a question above the page. */
  ask(dialog: Dialog): void;
  /** Opens the keyboard. */
  type(field: TextField, into: TypedInto): void;
  /** Turns to the page on which the one source is set. */
  openSource(): void;
  /** SAVE was touched. */
  save(): void;
}

/** The list of devices and the page of one of them, with what was changed and not saved yet. */
export class DevicesPages {
  readonly list: DeviceList;
  private readonly load: LoadSwitch;
  private opened: number | undefined;
  /** Which page of the opened device's settings is open. */
  private settings: number | undefined;

  constructor(
    private readonly desk: DevicesDesk,
    private readonly host: DevicesHost,
  ) {
    this.list = new DeviceList(() => desk.saved);
    this.load = new LoadSwitch((dialog) => host.ask(dialog));
  }

  /** True while another page stands in place of the list. */
  get isOpen(): boolean {
    return this.opened !== undefined || this.desk.setup?.step !== undefined;
  }

  /** What the picture is made of: it is built anew when that is something else. */
  get structure(): unknown {
    const { list, desk, opened, settings } = this;
    const devices = list.devices.map(({ entry, savedAs }) => [
      entry.type,
      entry.name,
      savedAs,
      isTakenOut(entry),
    ]);
    const fields = settings === undefined ? undefined : this.fields(opened)?.map(fieldKey);
    return [opened, settings, fields, devices, desk.fixed, desk.isSilent, stepKey(desk.setup?.step)];
  }

  /** Rows that the list has: one stands for the source where nothing is listed. */
  get rows(): number {
    return Math.max(1, this.list.devices.length);
  }

  /** Builds a page of the list. @param from its first row @param to behind its last */
  buildList(builder: ViewBuilder, from: number, to: number): void {
    const { setup } = this.desk;
    buildDeviceList(builder, {
      ...(setup !== undefined && this.desk.fixed === '' && { add: () => setup.start(this.context) }),
      desk: this.desk,
      devices: this.list.devices.slice(from, to),
      from,
      open: (index) => {
        this.opened = index;
      },
      openSource: () => this.host.openSource(),
    });
  }

  /** Builds the page that stands in place of the list. */
  buildOpened(builder: ViewBuilder, header: Omit<Header, 'title'>): void {
    const { opened, desk, list } = this;
    if (desk.setup?.step !== undefined) return this.buildSetup(builder, header, desk.setup, desk.setup.step);
    if (opened === undefined) return;
    if (this.settings !== undefined) return this.buildSettings(builder, header, opened, this.settings);
    const title = list.devices[opened]?.entry.name ?? '';
    buildHeader(builder, { ...header, title });
    buildDevicePage(builder, {
      desk,
      list,
      index: opened,
      load: this.load,
      settings: () => {
        this.settings = 0;
      },
      rename: () => this.rename(opened),
      move: (step) => {
        this.opened = list.move(opened, step);
      },
      remove: () => this.askRemove(opened),
      back: () => this.close(),
    });
  }

  /** Begins to add a device in a way that was chosen already, where the list can be changed. */
  addOver(choice: AddChoice): void {
    const { setup, fixed } = this.desk;
    if (setup === undefined || fixed !== '') return;
    setup.start(this.context);
    if (setup.step?.step === 'choice') setup.choose(choice);
  }

  /** Goes one page back. */
  back(): void {
    if (this.desk.setup?.step !== undefined) this.desk.setup.back();
    else if (this.settings !== undefined) this.settings = undefined;
    else this.opened = undefined;
  }

  /** Goes back to the list. */
  close(): void {
    this.opened = undefined;
    this.settings = undefined;
    if (this.desk.setup?.step !== undefined) this.desk.setup.cancel();
  }

  /** Nobody looks at them any more. */
  left(): void {
    this.desk.setup?.pause();
  }

  /** The one battery, which is read beside a device that is added first. */
  private get kept(): readonly DeviceEntry[] {
    const { entry } = this.desk.only;
    return this.list.devices.length > 0 || entry === undefined ? [] : [entry];
  }

  private get context(): SetupContext {
    const { list, desk, kept } = this;
    const usedPort = list.devices.length === 0 ? desk.only.port : undefined;
    const entries = [...list.devices.map(({ entry }) => entry), ...kept];
    return { entries, bank: list.bank, usedPort };
  }

  private fields(index: number | undefined): readonly Field[] | undefined {
    return index === undefined ? [] : this.desk.fields(new DeviceDraft(this.list, index).edited);
  }

  private buildSettings(
    builder: ViewBuilder,
    header: Omit<Header, 'title'>,
    index: number,
    page: number,
  ): void {
    const { list, desk, host } = this;
    const pages = settingsPages(builder, this.fields(index)?.length ?? 0);
    const name = list.devices[index]?.entry.name ?? '';
    buildHeader(builder, { ...header, title: deviceSettingsWords.title(name, page, pages) });
    const draft = new DeviceDraft(list, index);
    buildDeviceSettings(builder, {
      desk,
      draft,
      page,
      edit: (field) => host.type(field, draft),
      back: () => this.back(),
      next: () => {
        this.settings = (page + 1) % pages;
      },
    });
  }

  private buildSetup(
    builder: ViewBuilder,
    header: Omit<Header, 'title'>,
    setup: DeviceSetup,
    step: SetupStep,
  ): void {
    const entry = step.step === 'tried' ? step.entry : undefined;
    buildHeader(builder, {
      title: setupTitle(step),
      changes: () => (entry === undefined ? 0 : 1),
      saving: header.saving,
      leave: () => {
        setup.cancel();
        return undefined;
      },
      save: () => {
        if (entry === undefined) return;
        this.list.add([...this.kept, entry]);
        this.close();
        this.host.save();
      },
    });
    buildSetup(builder, step, {
      setup,
      consequence: this.consequence(),
      edit: (field) => this.edit(setup, field),
    });
  }

  private consequence(): string {
    const { list, desk, kept } = this;
    if (list.devices.length > 0) return setupWords.save;
    const type = shortTypeName(desk.only.type);
    return kept.length > 0 ? setupWords.beside(type) : setupWords.instead(type);
  }

  private edit(setup: DeviceSetup, { key, value }: SetupField): void {
    const field =
      key === 'name'
        ? nameField((text) => {
            if (!setup.isName(text)) return devicesWords.nameProblem;
            return setup.isTaken(text) ? devicesWords.nameTaken(text) : undefined;
          }, setupWords.notes.name)
        : plainField(key);
    this.host.type(field, {
      values: { [key]: value },
      set: (_, typed) => {
        setup.set(key, String(typed));
        return true;
      },
    });
  }

  private rename(index: number): void {
    const { list, desk } = this;
    const name = list.devices[index]?.entry.name ?? '';
    const field = nameField((text) => {
      if (!desk.isName(text)) return devicesWords.nameProblem;
      return list.isTaken(text, index) ? devicesWords.nameTaken(text) : undefined;
    }, devicesWords.nameNote);
    this.host.type(field, {
      values: { name },
      set: (_, value) => {
        list.rename(index, String(value));
        return true;
      },
    });
  }

  private askRemove(index: number): void {
    const name = this.list.devices[index]?.entry.name ?? '';
    this.host.ask({
      title: devicesWords.removeTitle(name),
      text: devicesWords.removeText,
      yes: {
        label: devicesWords.removeYes,
        tone: 'danger',
        act: () => {
          this.list.remove(index);
          this.close();
          return undefined;
        },
      },
      no: devicesWords.goBack,
    });
  }
}

/** What tells the picture of a field from that of another; its value is shown as it changes. */
function fieldKey(field: Field): unknown {
  return [field.name, field.fixed, field.kind === 'choice' && field.options.map(({ value }) => value)];
}

/** What tells the picture of a step from that of another; ages and texts of a step that is under way are shown as they change. */
function stepKey(step: SetupStep | undefined): unknown {
  if (step?.step === 'search') return [step.step, step.phase === 'over', step.found, step.trouble];
  return step?.step === 'trying' ? [step.step, step.name] : step;
}

function plainField(key: SetupField['key']): TextField {
  const known = nameField(() => undefined, setupWords.notes[key]);
  return {
    ...known,
    name: key,
    label: setupWords.labels[key],
    read: (values) => valueIn(values, key),
    write: (values, value) => ({ ...values, [key]: value }),
    keyboard: key === 'port' || key === 'host' ? 'digits' : 'letters',
    secret: key === 'password',
  };
}

/** The field of a device's name. @param problem one sentence about what can't be one */
export function nameField(problem: (text: string) => string | undefined, note: string): TextField {
  return {
    kind: 'text',
    name: 'name',
    label: devicesWords.nameLabel,
    note,
    restarts: true,
    fixed: '',
    applies: () => true,
    read: ({ name }) => (typeof name === 'string' ? name : ''),
    write: (values, name) => ({ ...values, name }),
    format: String,
    keyboard: 'letters',
    secret: false,
    parse: (text) => {
      const name = text.trim();
      const wrong = problem(name);
      return wrong === undefined ? { value: name } : { problem: wrong };
    },
  };
}
