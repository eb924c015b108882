import type { Rect } from '../../../render/rect';
import { metrics } from '../../../render/theme';
import { devicesWords, deviceTypeName, freshnessWords } from '../../../words/en/devices';
import { formatAge } from '../../format';
import type { Frame } from '../frame';
import type { ViewBuilder } from '../view-builder';
import { addCentredText } from './centred-text';
import { isTakenOut, type ListedDevice } from './device-list';
import type { DevicesDesk, LiveDevice } from './devices-desk';
import { addStateRow, type StateRow, type StateTone } from './state-row';

/** Where the rows of the list and the column beside them stand. */
export interface ListGrid {
  /** Rows on a page. */
  readonly most: number;
  row(index: number): Rect;
  /** The button that adds a device. */
  readonly add: Rect;
  /** The rows' place from one on to the last. */
  below(index: number): Rect;
}

/** No row is lower than this, pixels. */
const leastRow = 60;

/** Shares the page among the rows of devices; ADD stands beside them, or beneath on a tall picture. */
export function listGrid({ body, tall, touch, length }: Frame): ListGrid {
  const gap = length(metrics.gap);
  const beside = tall ? 0 : Math.max(length(150), 92) + gap;
  const beneath = tall ? Math.max(length(76), touch) + gap : 0;
  const room = body.height - beneath;
  const least = Math.max(leastRow, length(76));
  const most = Math.max(1, Math.floor((room + gap) / (least + gap)));
  const pitch = Math.min(Math.floor((room + gap) / most), least * 2);
  const width = body.width - beside;
  const row = (index: number): Rect => ({
    x: body.x,
    y: body.y + index * pitch,
    width,
    height: pitch - gap,
  });
  return {
    most,
    row,
    add: tall
      ? { x: body.x, y: body.y + body.height - beneath + gap, width: body.width, height: beneath - gap }
      : { x: body.x + width + gap, y: body.y, width: beside - gap, height: pitch - gap },
    below: (index) => ({ ...row(index), height: (most - index) * pitch - gap }),
  };
}

/** What the page shows and does. */
export interface ListPage {
  readonly desk: DevicesDesk;
  /** Those on this page, and where the first of them stands in the list. */
  readonly devices: readonly ListedDevice[];
  readonly from: number;
  readonly open: (index: number) => void;
  /** Absent where nothing can be added. */
  readonly add?: () => void;
  readonly openSource: () => void;
}

/** The site's devices, a row each, with ADD beside them. */
export function buildDeviceList(builder: ViewBuilder, page: ListPage): void {
  const { frame } = builder;
  const grid = listGrid(frame);
  const { desk, devices, from, add } = page;
  devices.forEach((device, i) => {
    const { entry, savedAs } = device;
    const live = (): LiveDevice | undefined => (savedAs === undefined ? undefined : desk.live(savedAs));
    const note = rowNote(device);
    addRow(builder, grid.row(i), { target: `device ${from + i}`, entry, note, live }, () =>
      page.open(from + i),
    );
  });
  if (devices.length === 0) {
    const entry = { type: desk.only.type, name: desk.only.name };
    addRow(
      builder,
      grid.row(0),
      { target: 'device source', entry, note: '', live: () => desk.only.live },
      () => page.openSource(),
    );
  }
  const used = Math.max(1, devices.length);
  if (desk.fixed !== '') {
    if (used < grid.most) addCentredText(builder, grid.below(used), '', devicesWords.fixedText(desk.fixed));
  }
  if (add !== undefined) {
    if (devices.length === 0 && used < grid.most)
      addCentredText(
        builder,
        grid.below(used),
        desk.isSilent ? devicesWords.silentTitle : devicesWords.onlyListTitle,
        devicesWords.onlyListText,
      );
    const tap = (): undefined => {
      add();
    };
    builder.button(
      'add device',
      grid.add,
      () => ({ text: devicesWords.add, tone: 'strong' }),
      { tap },
      { role: 'value' },
    );
  }
  // Ages go on while nothing else changes.
  builder.onShow(() => 1000);
}

/** What is special about a row; empty when its state is to be shown. */
function rowNote({ entry, savedAs }: ListedDevice): string {
  if (isTakenOut(entry)) return devicesWords.takenOut;
  return savedAs === undefined ? devicesWords.afterSave : '';
}

/** What is said of how a device is received. */
export function liveWords(live: LiveDevice | undefined, note: string): { text: string; tone: StateTone } {
  if (note !== '' || live === undefined) return { text: note, tone: 'idle' };
  if (live.age === Infinity) return { text: devicesWords.neverReceived, tone: 'idle' };
  return { text: freshnessWords[live.freshness], tone: live.freshness };
}

interface Row {
  readonly target: string;
  readonly entry: { readonly type: string; readonly name: string };
  readonly note: string;
  readonly live: () => LiveDevice | undefined;
}

function addRow(
  builder: ViewBuilder,
  rect: Rect,
  { target, entry, note, live }: Row,
  open: () => void,
): void {
  const type = deviceTypeName(entry.type);
  const row: StateRow = {
    target,
    title: entry.name,
    text: () => {
      const signal = live()?.signal;
      return signal === undefined ? type : `${type} · ${devicesWords.signal(signal)}`;
    },
    state: () => liveWords(live(), note),
    aside: () => (note === '' ? agoWords(live()) : ''),
  };
  addStateRow(builder, rect, row, open);
}

/** How long ago the last answer was; empty when there was none. */
export function agoWords(live: LiveDevice | undefined): string {
  return live === undefined || live.age === Infinity ? '' : devicesWords.ago(formatAge(live.age));
}
