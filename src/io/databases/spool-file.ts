import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setAside } from '../recorders/set-aside';
import { isDamage } from '../recorders/history-trouble';
import { OtherSpoolError, Spool, type SpooledRow, type SpoolLimits, type SpoolRow } from './spool';

/**
 * A spool's file, opened when it is needed, closed after every failure and opened again, and set aside when it is damaged:
 * what comes then goes into a new one.
 */
export class SpoolFile {
  private opened: Spool | undefined;
  private last = { waiting: 0, dropped: 0, refused: 0 };
  /** Rows that have arrived since the start. */
  written = 0;

  constructor(
    private readonly parts: {
      readonly file: string;
      readonly limits: SpoolLimits;
      readonly wall: () => Date;
      /** It was damaged, and is kept there. */
      readonly aside: (path: string) => void;
    },
  ) {}

  /** How many rows wait, and how many were dropped and refused; as it was last known while it can't be opened. */
  get counts(): { readonly waiting: number; readonly dropped: number; readonly refused: number } {
    if (this.opened !== undefined) {
      const { waiting, dropped, refused } = this.opened;
      this.last = { waiting, dropped, refused };
    }
    return this.last;
  }

  /** See Spool.add. @throws when it can't be written now; nothing of it is then */
  add(rows: readonly SpoolRow[]): void {
    this.use((spool) => spool.add(rows));
  }

  /** See Spool.oldest. @throws when it can't be read now */
  oldest(rows: number, characters: number): readonly SpooledRow[] {
    return this.use((spool) => spool.oldest(rows, characters));
  }

  /** See Spool.arrived. @throws when it can't be written now */
  arrived(rows: readonly SpooledRow[]): void {
    this.use((spool) => spool.arrived(rows));
    this.written += rows.length;
  }

  /** See Spool.refuse. @throws when it can't be written now */
  refuse(row: SpooledRow, reason: string): void {
    this.use((spool) => spool.refuse(row, reason));
  }

  close(): void {
    const { opened } = this;
    this.opened = undefined;
    opened?.close();
  }

  private use<T>(action: (spool: Spool) => T): T {
    try {
      return action((this.opened ??= this.open()));
    } catch (error) {
      this.abandon();
      if (!isDamage(error) && !(error instanceof OtherSpoolError)) throw error;
      const why = isDamage(error) ? 'corrupt' : 'other';
      this.parts.aside(setAside(this.parts.file, why, this.parts.wall()));
      return action((this.opened = this.open()));
    }
  }

  private abandon(): void {
    try {
      this.close();
    } catch {
      // What is broken may not even be closed.
    }
  }

  private open(): Spool {
    const { file, limits } = this.parts;
    mkdirSync(dirname(file), { recursive: true });
    return new Spool(file, limits);
  }
}
