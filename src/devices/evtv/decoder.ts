import type { FrameDecoder } from '../device-type';
import { decodeEvtvFrame } from './decode';
import type { EvtvOptions } from './messages';
import { evtvReading } from './readings';

/** What turns an EVTV controller's frames into readings. */
export function evtvDecoder(options: EvtvOptions = {}): FrameDecoder {
  return (frame, at, device) => {
    const decoded = decodeEvtvFrame(frame, options);
    return 'rejected' in decoded ? decoded : evtvReading(decoded, at, device);
  };
}
