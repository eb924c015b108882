/** One frame of a CAN 2.0 bus, wherever it came from (UDP, SocketCAN, a log file, the simulator). */
export interface CanFrame {
  /** Arbitration id: 0..0x7FF when `extended` is false, else 0..0x1FFFFFFF. */
  readonly id: number;
  /** 0..8 data bytes. Over UDP always 8, because that wire carries all of them. */
  readonly data: Uint8Array;
  /** True for a 29-bit id. */
  readonly extended: boolean;
  /** True for a remote transmission request, which carries no data. */
  readonly remote: boolean;
  /**
   * How many of the data bytes the sender says it filled, 1..8, where the wire carries all eight whatever was filled
   * (UDP); 0 where that byte makes no sense; absent where `data` is exactly what was sent.
   */
  readonly declaredLength?: number;
  /**
   * The sender marked it as a remote request or a 29-bit id in a place that is not processed (UDP): nothing follows from
   * it, it is only counted.
   */
  readonly flagged?: true;
}

/** A plain data frame with an 11-bit id: what controllers send. */
export function dataFrame(id: number, data: Uint8Array): CanFrame {
  return { id, data, extended: false, remote: false };
}
