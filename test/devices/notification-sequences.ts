import * as fc from 'fast-check';

/** One notification: how it comes to be, from a seed, so that long ones cost fast-check no more than short ones. */
export interface PlannedPiece {
  readonly form: 'random' | 'whole' | 'damaged' | 'cut';
  /** Bytes of a random one. */
  readonly length: number;
  readonly seed: number;
  /** ms since the one before. */
  readonly gap: number;
}

/** Sequences of notifications of 0 to 513 bytes. */
export const sequences: fc.Arbitrary<readonly PlannedPiece[]> = fc.array(
  fc.record({
    form: fc.constantFrom('random', 'whole', 'damaged', 'cut'),
    length: fc.integer({ min: 0, max: 513 }),
    seed: fc.nat(),
    gap: fc.constantFrom(0, 20, 1999, 2001, 60_000),
  }),
  { maxLength: 8 },
);

/** The bytes of the pieces; those that are not random are made of whole messages. */
export function bytesOf(pieces: readonly PlannedPiece[], messages: readonly Uint8Array[]): Uint8Array[] {
  return pieces.map(({ form, length, seed }) => {
    const random = randomNumbers(seed);
    if (form === 'random') return Uint8Array.from({ length }, () => random() & 0xff);
    const message = Uint8Array.from(messages[random() % messages.length] ?? []);
    if (form === 'damaged') message[random() % message.length] = random() & 0xff;
    return form === 'cut'
      ? message.subarray(random() % message.length, 1 + (random() % message.length))
      : message;
  });
}

/** Park and Miller's generator, 1 to 2147483646. */
function randomNumbers(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  return () => (state = (state * 48271) % 2147483647) >>> 3;
}

/** Bytes and characters that are held by an object and all that it refers to. */
export function heldBytes(held: unknown, seen = new Set<unknown>()): number {
  if (typeof held === 'string') return held.length;
  if (typeof held !== 'object' || held === null || seen.has(held)) return 8;
  seen.add(held);
  if (ArrayBuffer.isView(held)) return held.byteLength;
  const parts = held instanceof Map ? [...held.entries()].flat() : Object.values(held);
  return parts.reduce<number>((sum, part) => sum + heldBytes(part, seen), 8);
}
