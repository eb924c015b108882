import type { Rect } from '../../../render/rect';
import { paintPadlock, paintSignal, litBars } from '../../../render/widgets/wifi-signs';
import { metrics } from '../../../render/theme';
import type { WifiNetwork, WifiView } from '../../../model/wifi';
import { anyWifiText, wifiWords } from '../../../words/en/wifi';
import { addCentredText } from '../devices/centred-text';
import { listGrid } from '../devices/list-page';
import { addRowArrow, rowPad } from '../row-arrow';
import type { ViewBuilder } from '../view-builder';
import type { WifiDesk } from './wifi-desk';

/** What the list needs. */
export interface WifiList {
  readonly desk: WifiDesk;
  /** The network in the first row. */
  readonly from: number;
  readonly open: (network: WifiNetwork) => void;
  /** Joins a network that does not tell its name. */
  readonly openHidden: () => void;
  /** Shows the next networks, or the first again. */
  readonly more: () => void;
}

/** The networks in the air, a row each, and beside them what else can be done. */
export function buildWifiList(builder: ViewBuilder, list: WifiList): void {
  const { frame } = builder;
  const { desk, from } = list;
  const grid = listGrid(frame);
  const networks = desk.view?.networks ?? [];
  const place: Rect = { ...grid.below(0) };
  networks.slice(from, from + grid.most).forEach((network, i) => {
    addNetwork(builder, grid.row(i), `network ${from + i}`, network, desk.view, () => list.open(network));
  });
  if (networks.length === 0) {
    builder.panel(place);
    const [title, text] = emptyWords(desk);
    addCentredText(builder, place, title, text);
  }
  addBeside(builder, list, networks.length, grid.most);
  if (networks.length > 0 && desk.failure !== undefined && networks.length - from < grid.most)
    addCentredText(builder, grid.below(networks.length - from), '', `${anyWifiText(desk.failure)}.`);
}

function emptyWords({ trouble, view }: WifiDesk): readonly [string, string] {
  if (trouble !== undefined) return [wifiWords.troubleTitle, `${anyWifiText(trouble)}.`];
  if (view === undefined) return [wifiWords.looking, ''];
  if (view.isSearching) return [wifiWords.looking, wifiWords.searching];
  return [wifiWords.nothingTitle, wifiWords.nothing];
}

function addBeside(builder: ViewBuilder, list: WifiList, count: number, most: number): void {
  const { frame } = builder;
  const { add } = listGrid(frame);
  const { desk, from } = list;
  const gap = frame.length(metrics.gap);
  const slots = frame.tall ? 3 : 1;
  const width = Math.floor((add.width - (slots - 1) * gap) / slots);
  const slot = (index: number): Rect =>
    frame.tall
      ? { ...add, x: add.x + index * (width + gap), width }
      : { ...add, y: add.y + index * (add.height + gap) };
  const tap = (act: () => void): { readonly tap: () => undefined } => ({
    tap: () => {
      act();
      return undefined;
    },
  });
  const isThere = desk.trouble === undefined;
  builder.button(
    'search',
    slot(0),
    () => {
      if (!isThere) return { text: wifiWords.lookAgain, tone: 'strong' };
      return desk.view?.isSearching === false
        ? { text: wifiWords.search, tone: 'strong' }
        : { text: wifiWords.searchRuns, tone: 'quiet' };
    },
    tap(() => desk.again()),
    { role: 'title' },
  );
  if (!isThere || desk.view === undefined) return;
  builder.button(
    'hidden',
    slot(1),
    () => ({ text: wifiWords.hidden, tone: 'quiet' }),
    tap(() => list.openHidden()),
    { role: 'title' },
  );
  if (count <= most) return;
  const rest = count - from - most;
  builder.button(
    'more',
    slot(2),
    () => ({ text: rest > 0 ? wifiWords.more(rest) : wifiWords.first, tone: 'quiet' }),
    tap(() => list.more()),
    { role: 'title' },
  );
}

/** How a network stands, in a few words. */
function stateWords(network: WifiNetwork, view: WifiView | undefined): string {
  if (network.isJoined) return wifiWords.joined(view?.joined?.address ?? '');
  return network.isKnown ? wifiWords.known : wifiWords.states[network.security];
}

function addNetwork(
  builder: ViewBuilder,
  rect: Rect,
  target: string,
  network: WifiNetwork,
  view: WifiView | undefined,
  open: () => void,
): void {
  const { frame, palette } = builder;
  const { length } = frame;
  builder.panel(rect);
  const pad = length(rowPad);
  const middle = rect.y + rect.height / 2;
  const size = Math.max(18, length(30));
  const signal: Rect = { x: rect.x + pad, y: Math.round(middle - size / 2), width: size, height: size };
  const ink = network.isJoined ? palette.powerIn : palette.text;
  builder.paint((context) => paintSignal(context, signal, litBars(network.strength), ink, palette.lateFill));
  let end = addRowArrow(builder, rect) - length(12);
  if (network.security !== 'open') {
    const tall = Math.max(14, length(22));
    const wide = Math.round(tall * 0.75);
    const lock: Rect = { x: end - wide, y: Math.round(middle - tall / 2), width: wide, height: tall };
    builder.paint((context) => paintPadlock(context, lock, palette.secondary));
    end = lock.x - length(12);
  }
  const left = signal.x + size + length(16);
  const width = end - left;
  const upper = Math.round(middle - length(6));
  const lower = Math.round(middle + length(24));
  builder.write(builder.words('unit', palette.text, 600), network.name, left, upper, width);
  const text = stateWords(network, view);
  const colour = network.isJoined ? palette.powerIn : palette.secondary;
  const body = builder.words('body', colour);
  builder.write(
    body.measure(text) <= width ? body : builder.words('small', colour),
    text,
    left,
    lower,
    width,
  );
  builder.target(target, rect, {
    tap: () => {
      open();
      return undefined;
    },
  });
}
