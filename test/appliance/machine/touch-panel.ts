/** Bytes of a bit field with these bits set. */
function bits(length: number, ...set: readonly number[]): number[] {
  const bytes = new Array<number>(length).fill(0);
  for (const bit of set) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return bytes;
}

/** Lines of eight bytes each, as evemu-describe writes them. */
function lines(head: string, bytes: readonly number[]): string[] {
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0'));
  return Array.from(
    { length: Math.ceil(hex.length / 8) },
    (_, i) => `${head} ${hex.slice(i * 8, i * 8 + 8).join(' ')}`,
  );
}

/**
 * A touch panel for evemu-device as drivers of real ones announce it: protocol B (slots) with two fingers, BTN_TOUCH, direct
 * (INPUT_PROP_DIRECT), and fingers that hover. Numbers from linux/input-event-codes.h.
 *
 * @param size range of its axes
 */
export function panelDescription({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): string {
  const [synchronisation, key, absolute] = [0x00, 0x01, 0x03];
  const [x, y, slot, slotX, slotY, trackingId, distance] = [0x00, 0x01, 0x2f, 0x35, 0x36, 0x39, 0x3b];
  const axis = (code: number, most: number): string =>
    `A: ${code.toString(16).padStart(2, '0')} 0 ${most} 0 0 0`;
  return [
    '# EVEMU 1.3',
    'N: packdial test panel',
    'I: 0003 1234 5678 0100',
    ...lines('P:', bits(8, 1)),
    ...lines('B: 00', bits(8, synchronisation, key, absolute)),
    ...lines('B: 01', bits(96, 0x14a)),
    ...lines('B: 03', bits(8, x, y, slot, slotX, slotY, trackingId, distance)),
    axis(x, width - 1),
    axis(y, height - 1),
    axis(slot, 1),
    axis(slotX, width - 1),
    axis(slotY, height - 1),
    axis(trackingId, 65535),
    axis(distance, 255),
  ].join('\n');
}
