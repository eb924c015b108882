import type { ByteLink, GattLink, LineLink, Link, MessageLink } from '../../devices/device-type';
import type { LinkReport } from '../../model/link-reports';
import { formatCaptureRecord, type CaptureEvent, type CapturePiece } from '../../protocol/capture';

/** Writes what passes a link, line by line, with the time since it was made. */
export class Tape {
  private readonly started: number;
  private latest = 0;

  /**
   * @param write takes a line without its end
   * @param clock monotonic ms
   */
  constructor(
    private readonly write: (line: string) => void,
    private readonly clock: { monotonic(): number },
  ) {
    this.started = clock.monotonic();
  }

  /** Something passed, or happened, now. */
  note(what: CapturePiece | CaptureEvent): void {
    this.latest = Math.max(this.latest, (this.clock.monotonic() - this.started) / 1000);
    this.write(formatCaptureRecord({ t: this.latest, ...what }));
  }
}

/** The same link, of which everything that passes is written down too. @param inWords puts why it was lost into words */
export function recordLink(link: Link, tape: Tape, inWords: (report: LinkReport) => string): Link {
  tape.note({ event: 'connected' });
  void link.closed.then((reason) =>
    tape.note({ event: 'disconnected', detail: withoutAddress(inWords(reason)) }),
  );
  switch (link.kind) {
    case 'bytes':
      return recordBytes(link, tape);
    case 'gatt':
      return recordGatt(link, tape);
    case 'lines':
      return recordLines(link, tape);
    case 'messages':
      return recordMessages(link, tape);
  }
}

function recordBytes(link: ByteLink, tape: Tape): ByteLink {
  return {
    kind: 'bytes',
    closed: link.closed,
    write: (data) => {
      tape.note({ dir: 'tx', bytes: data });
      return link.write(data);
    },
    receive: (chunk) =>
      link.receive((bytes) => {
        tape.note({ dir: 'rx', bytes });
        chunk(bytes);
      }),
  };
}

function recordGatt(link: GattLink, tape: Tape): GattLink {
  return {
    kind: 'gatt',
    services: link.services,
    address: link.address,
    closed: link.closed,
    read: async (at) => {
      const bytes = await link.read(at);
      tape.note({ dir: 'rx', at, bytes });
      return bytes;
    },
    write: (at, data) => {
      tape.note({ dir: 'tx', at, bytes: data });
      return link.write(at, data);
    },
    notifications: (at, chunk) =>
      link.notifications(at, (bytes) => {
        tape.note({ dir: 'rx', at, bytes });
        chunk(bytes);
      }),
    ...(link.pair !== undefined && { pair: link.pair.bind(link) }),
  };
}

function recordLines(link: LineLink, tape: Tape): LineLink {
  return {
    kind: 'lines',
    closed: link.closed,
    receive: (line, binary) =>
      link.receive(
        (text) => {
          tape.note({ dir: 'rx', text });
          line(text);
        },
        (bytes) => {
          tape.note({ dir: 'rx', bytes });
          binary?.(bytes);
        },
      ),
  };
}

function recordMessages(link: MessageLink, tape: Tape): MessageLink {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const asText = (bytes: Uint8Array): { readonly text: string } | { readonly bytes: Uint8Array } => {
    try {
      return { text: strict.decode(bytes) };
    } catch {
      return { bytes };
    }
  };
  return {
    kind: 'messages',
    closed: link.closed,
    receive: (take) =>
      link.receive((message) => {
        const { topic, payload, retained } = message;
        tape.note({ dir: 'rx', at: topic, ...(retained && { retained }), ...asText(payload) });
        take(message);
      }),
  };
}

/** The reason why a link is lost may name the device. */
function withoutAddress(text: string): string {
  return text.replaceAll(/([0-9a-f]{2}[:_]){5}[0-9a-f]{2}/gi, '(address)');
}
