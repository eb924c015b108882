import type { MainLayout } from './layout';

/** True when the windows stand on both sides of the dial. */
export function isLong({ cells, powerLog }: Pick<MainLayout, 'cells' | 'powerLog'>): boolean {
  return cells.x !== powerLog.x && powerLog.width === cells.width;
}
