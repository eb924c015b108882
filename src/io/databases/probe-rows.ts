import type { KeptRow } from '../../protocol/database-rows';

/** A row for each table that says next to nothing, of a time in which there was no packdial: to be added and taken back. */
export const probeRows: readonly KeptRow[] = [
  { at: 0, device: 'packdial', kind: 'battery', values: { cell1: 0, temperature1: 0 } },
  { at: 0, device: 'packdial', kind: 'solar-charger', values: {} },
  { at: 0, device: 'packdial', kind: 'meter', values: {} },
];
