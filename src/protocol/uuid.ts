const bluetoothBase = '-0000-1000-8000-00805f9b34fb';

/** The four digits of a UUID of the common form, else the whole of it, in lower case. */
export function shortUuid(uuid: string): string {
  const lower = uuid.toLowerCase();
  return lower.startsWith('0000') && lower.endsWith(bluetoothBase) ? lower.slice(4, 8) : lower;
}

/** The whole of a UUID of four digits; others as they are. */
export function fullUuid(uuid: string): string {
  return uuid.length === 4 ? `0000${uuid}${bluetoothBase}` : uuid;
}
