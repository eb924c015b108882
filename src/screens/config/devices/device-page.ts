import { metrics } from '../../../render/theme';
import { deviceTypeName, devicesWords } from '../../../words/en/devices';
import { buildInformation } from '../plain-pages';
import type { InformationLine } from '../service';
import type { ViewBuilder } from '../view-builder';
import { buildBack } from './back-frame';
import { isTakenOut, type DeviceList, type ListedDevice } from './device-list';
import type { DeviceEntry, DevicesDesk, LiveDevice } from './devices-desk';
import type { LoadSwitch } from './load-switch';
import { agoWords } from './list-page';

/** What the page of one device shows and does. */
export interface DevicePage {
  readonly desk: DevicesDesk;
  readonly list: DeviceList;
  readonly index: number;
  readonly load: LoadSwitch;
  readonly settings: () => void;
  readonly rename: () => void;
  readonly move: (step: 1 | -1) => void;
  readonly remove: () => void;
  readonly back: () => void;
}

/** One device: what it is and how it is received, and what can be done with it. */
export function buildDevicePage(builder: ViewBuilder, page: DevicePage): void {
  const { frame } = builder;
  const { body, length, touch, tall } = frame;
  const { desk, list, index } = page;
  const device = list.devices[index];
  if (device === undefined) return;
  const gap = length(metrics.gap);
  const columns = tall ? 2 : 5;
  const height = Math.max(touch, length(84));
  const live = (): LiveDevice | undefined =>
    device.savedAs === undefined ? undefined : desk.live(device.savedAs);
  const can = desk.fixed === '';
  const buttons = [
    ['settings', devicesWords.settings, () => true, page.settings],
    ['rename', devicesWords.rename, () => can, page.rename],
    ['up', devicesWords.up, () => can && index > 0, () => page.move(-1)],
    ['down', devicesWords.down, () => can && index < list.devices.length - 1, () => page.move(1)],
    ['remove', devicesWords.remove, () => can, page.remove],
  ] as const;
  const rows = Math.ceil(buttons.length / columns);
  const below = (height + gap) * rows;
  buildInformation(builder, () => facts(page, device, live()), {
    ...body,
    height: tall ? Math.min(body.height - below, length(420)) : body.height - below,
  });
  // Whole pixels, and no gap left over at the right.
  const edge = (column: number): number => body.x + Math.round(((body.width + gap) * column) / columns);
  buttons.forEach(([name, text, isOn, act], i) => {
    // The last one has what is left of its row.
    const end = i === buttons.length - 1 ? columns : (i % columns) + 1;
    builder.button(
      `device ${name}`,
      {
        x: edge(i % columns),
        y: body.y + body.height - below + gap + Math.floor(i / columns) * (height + gap),
        width: edge(end) - edge(i % columns) - gap,
        height,
      },
      () => ({ text, tone: isOn() ? 'quiet' : 'off' }),
      {
        tap: () => {
          if (isOn()) act();
          return undefined;
        },
      },
      { role: 'title' },
    );
  });
  buildBack(builder, page.back, page.load.button(device.entry.name, live));
}

function facts(
  { list, index, load }: DevicePage,
  { entry }: ListedDevice,
  live: LiveDevice | undefined,
): InformationLine[] {
  return [
    { label: devicesWords.kind, text: `${deviceTypeName(entry.type)}${placeOf(entry)}` },
    { label: devicesWords.state, text: stateText(entry, live) },
    { label: devicesWords.lastAnswer, text: answerText(live) },
    ...(live?.facts ?? []),
    ...(live?.load === undefined
      ? []
      : [{ label: devicesWords.loadOutput, text: load.text(entry.name, live.load) }]),
    { label: devicesWords.order, text: devicesWords.place(index + 1, list.devices.length) },
  ];
}

function stateText(entry: DeviceEntry, live: LiveDevice | undefined): string {
  if (isTakenOut(entry)) return devicesWords.outText;
  return live === undefined ? devicesWords.unsaved : `${live.text}.`;
}

function answerText(live: LiveDevice | undefined): string {
  const ago = agoWords(live);
  if (ago === '') return devicesWords.never;
  return live?.signal === undefined ? ago : `${ago} · ${devicesWords.signal(live.signal)}`;
}

/** Where it is: its address, port or interface. */
function placeOf({ address, host, port, interface: can, topic }: DeviceEntry): string {
  const place = address ?? (host === undefined ? (port ?? can ?? topic) : host);
  return typeof place === 'string' || typeof place === 'number' ? ` · ${place}` : '';
}
