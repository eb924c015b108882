import { stickLabel, type CopyTrouble, type StickTrouble } from '../../model/stick-reports';
import type { Volume } from './volumes';

/** A stick can't be used, or a log not be copied to it; the report tells why. */
export class StickError extends Error {
  override readonly name = 'StickError';

  constructor(readonly report: CopyTrouble) {
    super(report.code);
  }
}

/**
 * The one stick that is named BATTERY, whichever port it is in.
 *
 * @param use what it is wanted for
 * @throws StickError when there is none, more than one, or it can't be used for that
 */
export function chooseStick(volumes: readonly Volume[], use: 'write' | 'read' = 'write'): Volume {
  const named = volumes.filter(({ label }) => label.toUpperCase() === stickLabel);
  const [stick] = named;
  if (stick === undefined) throw new StickError(missing(volumes.filter(({ removable }) => removable)));
  if (named.length > 1) throw new StickError(ambiguous(named));
  if (stick.type !== 'vfat') {
    throw new StickError({ code: 'stick-other-format', values: { type: stick.type } });
  }
  if (stick.readOnly && use === 'write') throw new StickError({ code: 'stick-write-protected', values: {} });
  return stick;
}

function ambiguous(named: readonly Volume[]): StickTrouble {
  const disks = new Set(named.map(({ name }) => diskOf(name)));
  // To pull one out would take the other along.
  if (disks.size === 1) {
    return { code: 'partitions-of-one-name', values: { names: named.map(({ name }) => name) } };
  }
  return { code: 'sticks-of-one-name', values: { count: disks.size } };
}

/** The disk of a partition, as the kernel names them: `sda1`, but `mmcblk0p1`. */
function diskOf(name: string): string {
  return /^(.*\d)p\d+$/.exec(name)?.[1] ?? /^([a-z]*d[a-z]+)\d+$/.exec(name)?.[1] ?? name;
}

function missing(others: readonly Volume[]): StickTrouble {
  const [first, ...more] = others;
  if (first === undefined) return { code: 'stick-absent', values: {} };
  if (more.length > 0) {
    return { code: 'stick-not-among', values: { labels: others.map(({ label }) => label) } };
  }
  if (first.type === '') return { code: 'stick-not-formatted', values: {} };
  return first.label === ''
    ? { code: 'stick-without-name', values: {} }
    : { code: 'stick-other-name', values: { label: first.label } };
}
