import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { isPlausible } from '../../base/clock';
import { longSize } from '../ioctl';
import { loadKoffi } from '../koffi-loader';
import type { ClockSigns } from './starting-clock';

/** Made by systemd-timesyncd at its first synchronisation after the start of the machine (systemd-timesyncd.service(8)). */
const timesyncMark = '/run/systemd/timesync/synchronized';
const clockFolder = '/sys/class/rtc';

/** Of linux/timex.h: nobody has synchronised the kernel's clock, which chrony, ntpd and timesyncd take away when they have. */
const STA_UNSYNC = 0x40;
/** Larger than struct timex on any machine. */
const timexSize = 256;
/** Of `status` in struct timex, behind `modes` and four longs. */
const statusOffset = 5 * longSize;

/** Where this machine tells. @param mark, @param clocks and @param architecture are others in tests */
export function machineSigns(
  mark = timesyncMark,
  clocks = clockFolder,
  architecture: string = process.arch,
): ClockSigns {
  return {
    uptime,
    hasClock: () => hasClock(clocks, architecture),
    isSynchronised: () => existsSync(mark) || isKernelSynchronised(),
  };
}

/**
 * Whether a clock with a battery is there: one without begins in a year that has been long ago. A kernel for PCs that shows no
 * clocks at all is that of a virtual machine: it was given its host's time at its start.
 */
function hasClock(folder: string, architecture: string): boolean {
  if (architecture === 'x64' && !existsSync(folder)) return true;
  try {
    return readdirSync(folder).some((name) => {
      const seconds = Number(readFileSync(join(folder, name, 'since_epoch'), 'latin1'));
      return isPlausible(new Date(seconds * 1000));
    });
  } catch {
    return false;
  }
}

let readStatus: (() => number | undefined) | undefined;

/** What adjtimex(2) says; false where it can't be asked. */
function isKernelSynchronised(): boolean {
  try {
    readStatus ??= bindStatus();
    const status = readStatus();
    return status !== undefined && (status & STA_UNSYNC) === 0;
  } catch {
    readStatus = () => undefined;
    return false;
  }
}

function bindStatus(): () => number | undefined {
  const adjtimex = loadKoffi().load(null).func('int adjtimex(void *timex)') as (timex: Buffer) => number;
  const timex = Buffer.alloc(timexSize);
  return () => {
    // Nothing is to be set: `modes` is 0.
    timex.fill(0);
    return adjtimex(timex) < 0 ? undefined : timex.readInt32LE(statusOffset);
  };
}
