import { statfs } from 'node:fs/promises';
import { networkInterfaces, release, uptime } from 'node:os';
import type { Clock } from '../base/clock';
import { dataDir } from '../settings/data-dir';
import { formatAge } from '../screens/format';
import type { InformationLine } from '../screens/config/service';
import type { Settings } from '../settings/settings';
import type { SettingsOrigin } from '../settings/settings-store';
import { version } from '../version';

/** ms after which disk and network are asked again. */
const askInterval = 5000;

/** What the information page says beyond what the source tells; `more` are lines of others, such as the log's state. */
export function serviceInformation(
  settings: Settings,
  origin: SettingsOrigin,
  clock: Pick<Clock, 'monotonic'>,
  more: () => readonly InformationLine[] = () => [],
): () => readonly InformationLine[] {
  let askedAt = -Infinity;
  let folder: string | undefined;
  let free = '';
  let addresses = '';
  const ask = (): void => {
    if (clock.monotonic() - askedAt < askInterval) return;
    askedAt = clock.monotonic();
    addresses = ownAddresses();
    folder ??= folderOf(settings);
    statfs(folder).then(
      ({ bavail, bsize }) => (free = ` · ${formatBytes(bavail * bsize)} free`),
      () => (free = ''),
    );
  };
  return () => {
    ask();
    return [
      { label: 'Address', text: addresses === '' ? 'no network' : addresses },
      { label: 'Data folder', text: `${folder ?? ''}${free}` },
      { label: 'Settings file', text: origin.file },
      ...more(),
      { label: 'packdial', text: `${version}, up ${formatAge(process.uptime() * 1000)}` },
      {
        label: 'Machine',
        text: `Linux ${release()}, Node ${process.versions.node}, up ${formatAge(uptime() * 1000)}`,
      },
    ];
  };
}

function folderOf(settings: Settings): string {
  try {
    return dataDir(settings);
  } catch {
    return settings.dataDir;
  }
}

/** IPv4 addresses with the names of their interfaces, such as `192.168.1.72 (wlan0)`. */
function ownAddresses(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list = []]) =>
      list
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => `${address} (${name})`),
    )
    .join(', ');
}

/** Bytes in the largest unit of ten to the third that fits: `12.4 GB`. */
function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 100 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}
