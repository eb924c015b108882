import type { Volume } from './volumes';

/** The name that a stick must have, in capitals or not: the manual's. */
export const stickLabel = 'BATTERY';

/** Why a stick can't be used: one sentence for people, with what to do. */
export class StickError extends Error {
  override readonly name = 'StickError';
}

const typeNames: Readonly<Record<string, string>> = { exfat: 'exFAT', ntfs: 'NTFS', hfsplus: 'HFS+' };

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
  if (named.length > 1) {
    throw new StickError(
      `${named.length === 2 ? 'Two' : named.length} sticks named ${stickLabel} are plugged in: leave only one.`,
    );
  }
  if (stick.type !== 'vfat') {
    const type = typeNames[stick.type] ?? stick.type;
    throw new StickError(
      `The stick ${stickLabel} is formatted as ${type}: it must be FAT; format it on a PC or plug in another.`,
    );
  }
  if (stick.readOnly && use === 'write') {
    throw new StickError(`The stick ${stickLabel} is write protected: move its switch or plug in another.`);
  }
  return stick;
}

function missing(others: readonly Volume[]): string {
  const [first, ...more] = others;
  const advice = `it must be named ${stickLabel}; rename it on a PC or plug in another.`;
  if (first === undefined) return `No USB stick is plugged in: plug in one that is named ${stickLabel}.`;
  if (more.length > 0) {
    const names = others.map(({ label }) => (label === '' ? 'without a name' : `"${label}"`));
    return `No stick that is plugged in (${names.join(', ')}) is named ${stickLabel}: rename one on a PC.`;
  }
  if (first.type === '') {
    return `The stick is not formatted: format it on a PC as FAT with the name ${stickLabel}.`;
  }
  return first.label === ''
    ? `The stick has no name: ${advice}`
    : `The stick is named "${first.label}": ${advice}`;
}
