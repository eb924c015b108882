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
  const columns = tall ? 2 : 4;
  const height = Math.max(touch, length(84));
  const below = (height + gap) * (4 / columns);
  const live = (): LiveDevice | undefined =>
    device.savedAs === undefined ? undefined : desk.live(device.savedAs);
  buildInformation(builder, () => facts(page, device, live()), {
    ...body,
    height: tall ? Math.min(body.height - below, length(420)) : body.height - below,
  });
  const can = desk.fixed === '';
  const buttons = [
    ['rename', devicesWords.rename, () => can, page.rename],
    ['up', devicesWords.up, () => can && index > 0, () => page.move(-1)],
    ['down', devicesWords.down, () => can && index < list.devices.length - 1, () => page.move(1)],
    ['remove', devicesWords.remove, () => can, page.remove],
  ] as const;
  const width = Math.floor((body.width - (columns - 1) * gap) / columns);
  buttons.forEach(([name, text, isOn, act], i) => {
    builder.button(
      `device ${name}`,
      {
        x: body.x + (i % columns) * (width + gap),
        y: body.y + body.height - below + gap + Math.floor(i / columns) * (height + gap),
        width,
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
function placeOf({ address, host, port, interface: can }: DeviceEntry): string {
  const place = address ?? (host === undefined ? (port ?? can) : host);
  return typeof place === 'string' || typeof place === 'number' ? ` · ${place}` : '';
}
