import type { FieldDraft } from '../draft';
import type { Field, FieldValue, FieldValues } from '../field';
import type { DeviceList } from './device-list';
import type { DeviceEntry, EditedDevice, SavedDevices } from './devices-desk';

/** The settings of one device of the list, as fields edit them: its entry, and which batteries are read as one. */
export class DeviceDraft implements FieldDraft {
  constructor(
    private readonly list: DeviceList,
    private readonly index: number,
  ) {}

  /** What its fields are made for. */
  get edited(): EditedDevice {
    const { list, index } = this;
    const { bank, savedBank } = list;
    return {
      devices: list.devices.map(({ entry }) => entry),
      index,
      bank,
      saved: list.savedEntry(index),
      savedBank,
    };
  }

  get values(): FieldValues {
    const { list, index } = this;
    return { ...entryValues(list.devices[index]?.entry), bank: list.bank };
  }

  get saved(): FieldValues {
    const { list, index } = this;
    const entry = list.savedEntry(index);
    // Of one that is new nothing is saved: it is as it was added, and no change of it is one more.
    return entry === undefined ? this.values : { ...entryValues(entry), bank: list.savedBank };
  }

  differs(field: Field): boolean {
    return field.read(this.values) !== field.read(this.saved);
  }

  set(field: Field, value: FieldValue): boolean {
    const { list, index, values, saved } = this;
    const after = field.write(values, value);
    if (after === undefined) return false;
    // Changed back, it is written as it was.
    const isBack = field.read(after) === field.read(saved);
    for (const key of new Set([...Object.keys(values), ...Object.keys(after)])) {
      if (values[key] === after[key]) continue;
      if (key === 'bank') list.bank = after[key] as SavedDevices['bank'];
      else list.set(index, key, isBack ? saved[key] : after[key]);
    }
    return true;
  }
}

/** An entry as values of fields; what is no value of one is none of a setting either. */
export function entryValues(entry: DeviceEntry | undefined): FieldValues {
  const values = Object.entries(entry ?? {}).filter((each): each is [string, FieldValue] =>
    ['string', 'number', 'boolean'].includes(typeof each[1]),
  );
  return Object.fromEntries(values);
}
