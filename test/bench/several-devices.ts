import { besideOne } from './beside-one';
import type { Figure } from './measure';
import { SerialSite } from './serial-site';

const [alonePort, amongPort] = [16_505, 16_506];

/**
 * Six devices at their natural pace, an EVTV battery of 96 cells among them, beside a display of that battery alone; both run in
 * the same minute.
 */
export async function severalDevices(root: string, program: string): Promise<Figure> {
  const site = new SerialSite(root, program, 1);
  try {
    await site.start([alonePort, amongPort]);
    return await besideOne({
      name: 'six devices at their natural pace',
      one: 'one of them, 96 cells',
      program,
      folder: site.folder,
      alone: ['--port', String(alonePort)],
      among: site.flags(amongPort),
    });
  } finally {
    site.close();
  }
}
