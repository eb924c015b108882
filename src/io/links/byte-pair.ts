import type { ByteLink } from '../../devices/device-type';
import type { LinkReport } from '../../model/link-reports';

type Listener = (data: Uint8Array) => void;

/** One end of it. */
class End implements ByteLink {
  readonly kind = 'bytes';
  other: End = this;
  readonly listeners = new Set<Listener>();

  constructor(readonly closed: Promise<LinkReport>) {}

  write(data: Uint8Array): Promise<void> {
    const piece = Uint8Array.from(data);
    queueMicrotask(() => {
      for (const listener of this.other.listeners) listener(piece);
    });
    return Promise.resolve();
  }

  receive(chunk: Listener): () => void {
    this.listeners.add(chunk);
    return () => this.listeners.delete(chunk);
  }
}

/** A conversation's end and a played device's end of one line. */
export interface BytePair {
  readonly ours: ByteLink;
  readonly played: ByteLink;
  /** Ends the connection, once. */
  close(): void;
}

/** A serial line within the program: what is written to one end is received at the other. */
export function bytePair(place: string): BytePair {
  let end: (reason: LinkReport) => void = () => undefined;
  const closed = new Promise<LinkReport>((resolve) => {
    end = resolve;
  });
  const [ours, played] = [new End(closed), new End(closed)];
  ours.other = played;
  played.other = ours;
  return { ours, played, close: () => end({ code: 'link-closed', values: { place } }) };
}
