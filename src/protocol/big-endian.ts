/** Words of 16 bits as bytes, the high byte first; of larger and negative numbers the low 16 bits. */
export function bigEndianWords(words: readonly number[]): Uint8Array {
  return Uint8Array.from(words.flatMap((word) => [(word >> 8) & 0xff, word & 0xff]));
}
