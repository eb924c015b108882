import { devicesWords } from '../../../words/en/devices';
import { buildHeader, type Header } from '../chrome';
import type { Dialog } from '../dialog';
import type { TextField } from '../field';
import type { TypedInto } from '../keyboard-view';
import type { ViewBuilder } from '../view-builder';
import { DeviceList, isTakenOut } from './device-list';
import { buildDevicePage } from './device-page';
import type { DevicesDesk } from './devices-desk';
import { buildDeviceList } from './list-page';

/** What the pages of devices ask of the settings' screen. */
export interface DevicesHost {
  /** Puts a question above the page. */
  ask(dialog: Dialog): void;
  /** Opens the keyboard. */
  type(field: TextField, into: TypedInto): void;
  /** Turns to the page on which the one source is set. */
  openSource(): void;
}

/** The list of devices and the page of one of them, with what was changed and not saved yet. */
export class DevicesPages {
  readonly list: DeviceList;
  private opened: number | undefined;

  constructor(
    private readonly desk: DevicesDesk,
    private readonly host: DevicesHost,
  ) {
    this.list = new DeviceList(() => desk.saved);
  }

  /** True while another page stands in place of the list. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** What the picture is made of: it is built anew when that is something else. */
  get structure(): unknown {
    const devices = this.list.devices.map(({ entry, savedAs }) => [
      entry.type,
      entry.name,
      savedAs,
      isTakenOut(entry),
    ]);
    return [this.opened, devices, this.desk.fixed];
  }

  /** Rows that the list has: one stands for the source where nothing is listed. */
  get rows(): number {
    return Math.max(1, this.list.devices.length);
  }

  /** Builds a page of the list. @param from its first row @param to behind its last */
  buildList(builder: ViewBuilder, from: number, to: number): void {
    buildDeviceList(builder, {
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
    if (opened === undefined) return;
    const title = list.devices[opened]?.entry.name ?? '';
    buildHeader(builder, { ...header, title });
    buildDevicePage(builder, {
      desk,
      list,
      index: opened,
      rename: () => this.rename(opened),
      move: (step) => {
        this.opened = list.move(opened, step);
      },
      remove: () => this.askRemove(opened),
      back: () => this.close(),
    });
  }

  /** Goes back to the list. */
  close(): void {
    this.opened = undefined;
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
