import { batteryQuantities } from '../../model/quantities';
import type { Rect } from '../../render/rect';
import type { Colour, Palette } from '../../render/theme';
import type { DeviceTileProps } from '../../render/widgets/device-tile';
import type { ReadoutProps } from '../../render/widgets/readout';
import { fixed, formatPercent, missing } from '../format';
import type { DeviceView, TouchTarget } from '../screen';

const tilePrefix = 'device ';
const more = 'more devices';

/** What stands on one page of the strip; `more` leads to the next page. */
export interface StripPage {
  readonly devices: readonly DeviceView[];
  readonly more: { readonly page: number; readonly pages: number } | undefined;
}

/** Which devices one page shows, with `room` tiles. @param page any whole number from 0; after the last comes the first */
export function stripPage(devices: readonly DeviceView[], room: number, page: number): StripPage {
  if (devices.length <= room) return { devices, more: undefined };
  const each = Math.max(1, room - 1);
  const pages = Math.ceil(devices.length / each);
  const shown = page % pages;
  return { devices: devices.slice(shown * each, (shown + 1) * each), more: { page: shown, pages } };
}

/** A tile for each place of the strip; empty ones at the end. */
export function tileProps(
  { devices, more: next }: StripPage,
  room: number,
  palette: Palette,
): DeviceTileProps[] {
  const tiles = devices.map((device) => tileOf(device, palette));
  const quiet = { state: '', tone: 'fresh', colour: palette.panelLine, framed: false } as const;
  while (tiles.length < room - (next === undefined ? 0 : 1)) tiles.push({ name: '', value: '', ...quiet });
  if (next !== undefined) tiles.push({ name: 'More', value: `${next.page + 1} / ${next.pages}`, ...quiet });
  return tiles;
}

/** Where the strip can be touched: tiles of batteries and banks, and the one that leads on. */
export function tileTargets({ devices, more: next }: StripPage, tiles: readonly Rect[]): TouchTarget[] {
  const targets: TouchTarget[] = [];
  tiles.forEach((area, i) => {
    const device = devices[i];
    const last = next !== undefined && i === tiles.length - 1;
    if (last) targets.push({ name: more, areas: [area], highlight: area });
    else if (device !== undefined && hasDial(device))
      targets.push({ name: tilePrefix + device.name, areas: [area], highlight: area });
  });
  return targets;
}

/** What a tap on a target of the strip means: another device, the next page, or `undefined` for other targets. */
export function tappedTile(target: string, devices: readonly DeviceView[]): DeviceView | 'more' | undefined {
  if (target === more) return 'more';
  if (!target.startsWith(tilePrefix)) return undefined;
  const device = devices.find(({ name }) => name === target.slice(tilePrefix.length));
  // A second tap goes back to the bank.
  const bank = devices.find(({ kind }) => kind === 'bank');
  return device?.shown === true ? (bank ?? device) : device;
}

/** The name of the battery or bank on the dial; of a bank with members missing or switched off, how many those are too. */
export function shownName(devices: readonly DeviceView[]): ReadoutProps {
  const device = devices.find(({ shown }) => shown);
  if (device === undefined) return { text: '', tone: 'fresh' };
  const { name, presence, switchedOff } = device;
  const { discharge, charge } = switchedOff ?? { discharge: none, charge: none };
  const off = discharge.off > 0 ? countOf(discharge, 'off') : undefined;
  const notes = [presence, off].filter((note) => note !== undefined);
  if (notes.length > 0) return { text: `${name} · ${notes.join(', ')}`, tone: 'noted' };
  // A full battery does not let itself be charged: that is no trouble.
  return { text: charge.off > 0 ? `${name} · ${countOf(charge, 'not charging')}` : name, tone: 'fresh' };
}

const none = { off: 0, of: 0 };

function countOf({ off, of }: { readonly off: number; readonly of: number }, word: string): string {
  return of > 1 ? `${off} of ${of} ${word}` : word;
}

function hasDial({ kind }: DeviceView): boolean {
  return kind === 'battery' || kind === 'bank';
}

function tileOf(device: DeviceView, palette: Palette): DeviceTileProps {
  const { name, freshness, presence, switchedOff, shown: framed } = device;
  const colour = freshness === 'lost' ? palette.lateFill : colourOf(device, palette);
  const value = freshness === 'lost' ? '' : valueOf(device);
  const { off, of } = switchedOff?.discharge ?? none;
  const word = off === 0 ? '' : of > 1 ? `${off} off` : 'off';
  const state = presence ?? (freshness === 'fresh' ? word : freshness);
  return { name, value, state, tone: freshness, colour, framed };
}

function valueOf({ kind, stateOfCharge, watts }: DeviceView): string {
  if (kind === 'battery' || kind === 'bank')
    return stateOfCharge === undefined
      ? missing
      : `${formatPercent(stateOfCharge)} ${batteryQuantities.stateOfCharge.unit}`;
  return watts === undefined
    ? missing
    : `${fixed(watts, batteryQuantities.power.glance)} ${batteryQuantities.power.unit}`;
}

function colourOf({ kind }: DeviceView, palette: Palette): Colour {
  const colours = {
    bank: palette.voltageLight,
    battery: palette.voltage,
    'solar-charger': palette.warning,
    meter: palette.secondary,
  };
  return colours[kind];
}
