/** Bytes of a message on the wire at most (MQTT 5, 3.3): header, topic, number and no properties. */
export function packetSize(topic: string, payload: number): number {
  return 5 + 2 + Buffer.byteLength(topic) + 2 + 1 + payload;
}

/** The reason code of MQTT 5 in an acknowledgement, or in the error that the package makes of one; 0 without. */
export function reasonOf(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null) return 0;
  const { reasonCode, code } = answer as { readonly reasonCode?: unknown; readonly code?: unknown };
  return typeof reasonCode === 'number' ? reasonCode : typeof code === 'number' ? code : 0;
}

/** Where a broker sends its clients instead of letting them in (MQTT 5, 4.13). */
export function referenceIn(packet: {
  readonly cmd?: string;
  readonly properties?: object;
}): string | undefined {
  if (packet.cmd !== 'connack' && packet.cmd !== 'disconnect') return undefined;
  const { serverReference } = (packet.properties ?? {}) as { readonly serverReference?: unknown };
  return typeof serverReference === 'string' ? serverReference.slice(0, 100) : undefined;
}
