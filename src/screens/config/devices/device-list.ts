import type { DeviceEntry, SavedDevices } from './devices-desk';

/** A device of the list as it would be saved. */
export interface ListedDevice {
  readonly entry: DeviceEntry;
  /** The name that it is saved under; `undefined` for one that is new. */
  readonly savedAs: string | undefined;
}

interface Edited {
  readonly devices: readonly ListedDevice[];
  readonly bank: SavedDevices['bank'];
}

/** The list of devices with what was changed and not saved yet. */
export class DeviceList {
  private edited: Edited | undefined;

  constructor(private readonly saved: () => SavedDevices) {}

  /** As it would be saved. */
  get devices(): readonly ListedDevice[] {
    return this.now.devices;
  }

  /** True when it differs from what is saved. */
  get isChanged(): boolean {
    return this.edited !== undefined && Object.keys(this.changes).length > 0;
  }

  /** What would be saved, by the names of the settings: only what differs. */
  get changes(): { readonly devices?: readonly DeviceEntry[]; readonly bank?: SavedDevices['bank'] } {
    if (this.edited === undefined) return {};
    const saved = this.saved();
    const devices = this.edited.devices.map(({ entry }) => entry);
    const { bank } = this.edited;
    return {
      ...(!isSame(devices.map(sorted), saved.devices.map(sorted)) && { devices }),
      ...(!isSame(bank, saved.bank) && { bank }),
    };
  }

  /** True when another device than the one at `index` has this name, in whatever letters. */
  isTaken(name: string, index = -1): boolean {
    const wanted = name.toLowerCase();
    return this.devices.some(({ entry }, i) => i !== index && entry.name.toLowerCase() === wanted);
  }

  /** Calls a device otherwise, in the bank too. */
  rename(index: number, name: string): void {
    const before = this.devices[index]?.entry.name;
    const { bank } = this.now;
    this.edited = {
      devices: this.devices.map((device, i) =>
        i === index ? { ...device, entry: { ...device.entry, name } } : device,
      ),
      bank:
        typeof bank === 'string' ? bank : bank.map((member) => (isCalled(member, before) ? name : member)),
    };
  }

  /** Which batteries would be read as one. */
  get bank(): SavedDevices['bank'] {
    return this.now.bank;
  }

  set bank(bank: SavedDevices['bank']) {
    this.edited = { ...this.now, bank };
  }

  /** The device as it is saved; `undefined` for one that is new. */
  savedEntry(index: number): DeviceEntry | undefined {
    const { savedAs } = this.devices[index] ?? {};
    return savedAs === undefined ? undefined : this.saved().devices.find(({ name }) => name === savedAs);
  }

  /** Which batteries are read as one as it is saved, by the names that they have now. */
  get savedBank(): SavedDevices['bank'] {
    const { bank } = this.saved();
    if (typeof bank === 'string') return bank;
    const renamed = this.devices.filter(({ entry, savedAs }) => entry.name !== savedAs);
    const now = (member: string): string =>
      renamed.find(({ savedAs }) => isCalled(member, savedAs))?.entry.name ?? member;
    return bank.map(now);
  }

  /** Sets something of a device. @param value `undefined`: as it is without being set */
  set(index: number, key: string, value: unknown): void {
    this.edited = {
      ...this.now,
      devices: this.devices.map((device, i) => {
        if (i !== index) return device;
        const { type, name, ...rest } = device.entry;
        const kept = Object.entries(rest).filter(([each]) => each !== key);
        const set = value === undefined ? [] : [[key, value] as const];
        return { ...device, entry: { type, name, ...Object.fromEntries([...kept, ...set]) } };
      }),
    };
  }

  /** Takes a device off the list. A bank that is left with one battery is none any more. */
  remove(index: number): void {
    const gone = this.devices[index]?.entry.name;
    const { bank } = this.now;
    const members = typeof bank === 'string' ? bank : bank.filter((member) => !isCalled(member, gone));
    this.edited = {
      devices: this.devices.filter((_, i) => i !== index),
      bank: typeof members === 'string' || members.length > 1 ? members : 'off',
    };
  }

  /** Exchanges a device with the one before or after it. Returns where it is then. */
  move(index: number, step: 1 | -1): number {
    const to = index + step;
    const devices = [...this.devices];
    const [moved, other] = [devices[index], devices[to]];
    if (moved === undefined || other === undefined) return index;
    devices[index] = other;
    devices[to] = moved;
    this.edited = { ...this.now, devices };
    return to;
  }

  /** Puts devices at the end. */
  add(entries: readonly DeviceEntry[]): void {
    const added = entries.map((entry) => ({ entry, savedAs: undefined }));
    this.edited = { ...this.now, devices: [...this.devices, ...added] };
  }

  /** Forgets all changes. */
  drop(): void {
    this.edited = undefined;
  }

  private get now(): Edited {
    // What was saved, or changed back, is no change any more.
    if (this.edited !== undefined && this.isChanged) return this.edited;
    const { devices, bank } = this.saved();
    return { devices: devices.map((entry) => ({ entry, savedAs: entry.name })), bank };
  }
}

/** True for a device that is taken out for a while. */
export function isTakenOut({ removed }: DeviceEntry): boolean {
  return removed === true || removed === 'true';
}

function isCalled(name: string, other: string | undefined): boolean {
  return name.toLowerCase() === other?.toLowerCase();
}

/** What belongs to a device in an order of its own: one that was changed and changed back is the same. */
function sorted(entry: DeviceEntry): unknown {
  return Object.entries(entry).sort(([one], [other]) => (one < other ? -1 : 1));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
