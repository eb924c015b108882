import type { DeviceClock } from '../../devices/device-type';
import { sleep } from '../timers';

/** The machine's own time, for conversations. */
export const systemDeviceClock: DeviceClock = {
  monotonic: () => performance.now(),
  wall: () => new Date(),
  sleep: async (ms, signal) => {
    await sleep(ms, signal);
  },
};
