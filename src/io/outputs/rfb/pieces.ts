import type { DamageRect } from '../output';

/** Pixels that are encoded at once: a millisecond or so on a small board, after which others have their turn. */
export const pieceSize = 16_384;
/** A whole number of ZRLE's tiles. */
const widest = 256;
const tile = 64;

/** Cuts rectangles into pieces of no more than `pieceSize` pixels. */
export function piecesOf(rects: readonly DamageRect[]): DamageRect[] {
  return rects.flatMap((rect) => {
    const width = Math.min(rect.width, widest);
    const height = Math.max(tile, Math.floor(pieceSize / width / tile) * tile);
    const pieces: DamageRect[] = [];
    for (let y = 0; y < rect.height; y += height) {
      for (let x = 0; x < rect.width; x += width) {
        pieces.push({
          x: rect.x + x,
          y: rect.y + y,
          width: Math.min(width, rect.width - x),
          height: Math.min(height, rect.height - y),
        });
      }
    }
    return pieces;
  });
}
