import type { Rect } from '../../render/rect';
import { metrics, referenceSize, typeScale, type TypeRole } from '../../render/theme';
import type { Ring } from '../../render/widgets/ring';
import type { OwnPlaces } from './own-layout';
import { siteLayout, type SiteNeeds, type SitePlaces } from './site-layout';

/** Where everything of the main screen stands, in whole pixels. */
export interface MainLayout {
  readonly width: number;
  readonly height: number;
  readonly status: Rect;
  /** Where a finger on the status strip may land. */
  readonly statusTarget: Rect;
  readonly powerLog: Rect;
  readonly battery: Rect;
  readonly cells: Rect;
  /** The column of several devices; absent where one battery is all there is. */
  readonly site?: SitePlaces;
  /** What the screen of one battery of several has beside its windows. */
  readonly own?: OwnPlaces;
  readonly dial: DialLayout;
  readonly gear: { readonly x: number; readonly y: number; readonly radius: number; readonly target: Rect };
  /**
   * What is said of the data. It covers the foot of the dial, beneath the captions of its gauges: what can be touched there must not
   * move while data comes and goes.
   */
  readonly banner: Rect;
  /** Where an alarm stands, and where it can be touched: as wide as the screen, beneath the dial and the windows. */
  readonly alarm: { readonly strip: Rect; readonly target: Rect };
  /** The side of the smallest target for a finger, pixels. */
  readonly finger: number;
  /** Scales a length of the reference layout. */
  readonly length: (reference: number) => number;
  /** A type size for the panels. */
  readonly type: (role: TypeRole) => number;
}

/** The dial: a disc with a ring of which the left and the right part are gauges. */
export interface DialLayout {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly ring: Ring;
  /** Half the angle that a gauge spans, radians. */
  readonly sweep: number;
  readonly module: Rect;
  /** Where the captions of the gauges stand: the line beneath their letters. */
  readonly captions: number;
  /** The dial's own scale: lengths and type sizes are thought out for a radius of 226. */
  readonly unit: number;
}

const referenceRadius = 226;
const leftColumn = 318;
/** A picture so many times as wide as high has windows on both sides of the dial. */
const longStrip = 2.3;

/** Height that an alarm takes, at the reference size. */
const alarmHeight = 68;

/**
 * Lays the main screen out for any size; wide screens have the dial at the right, tall ones at the top, and long strips in the
 * middle.
 *
 * @param alarm an alarm stands beneath them; the dial and, in a wide picture, the windows are smaller for it
 * @param site what there is to show of several devices in place of the windows of one battery
 * @param finger the side of the smallest target, pixels
 */
export function layoutMain(
  width: number,
  height: number,
  alarm: boolean,
  site?: SiteNeeds,
  finger: number = metrics.touchTarget,
): MainLayout {
  const shape = width >= longStrip * height ? long : width >= height ? wide : tall;
  const layout = shape(width, height, alarm, finger);
  return site === undefined ? layout : siteLayout(layout, site);
}

function wide(width: number, height: number, alarm: boolean, finger: number): MainLayout {
  const scale = Math.min(width / referenceSize.width, height / referenceSize.height);
  const px = (length: number): number => Math.round(length * scale);
  const spare = width - referenceSize.width * scale;
  const margin = px(metrics.margin);
  const gap = px(metrics.gap);
  const column = px(leftColumn) + Math.round(spare * 0.45);
  const status: Rect = { x: margin, y: 0, width: column, height: px(36) };
  const tallSpare = height - referenceSize.height * scale;
  const powerLog: Rect = {
    x: margin,
    y: px(38),
    width: column,
    height: px(134) + Math.round(tallSpare * 0.4),
  };
  const battery: Rect = {
    x: margin,
    y: powerLog.y + powerLog.height + gap,
    width: column,
    height: px(92),
  };
  const cellsTop = battery.y + battery.height + gap;
  const bottom = alarm ? height - px(alarmHeight) - gap : height - margin;
  const cells: Rect = { x: margin, y: cellsTop, width: column, height: bottom - cellsTop };
  const left = margin + column + px(8);
  const area: Rect = { x: left, y: 0, width: width - left, height };
  return assemble(width, height, scale, { status, powerLog, battery, cells }, area, alarm, finger);
}

function long(width: number, height: number, alarm: boolean, finger: number): MainLayout {
  const scale = height / referenceSize.height;
  const px = (length: number): number => Math.round(length * scale);
  const margin = px(metrics.margin);
  const gap = px(metrics.gap);
  const column = Math.floor((width - height - 2 * (margin + gap)) / 2);
  const bottom = alarm ? height - px(alarmHeight) - gap : height - margin;
  const status: Rect = { x: margin, y: 0, width: column, height: px(36) };
  const battery: Rect = { x: margin, y: bottom - px(116), width: column, height: px(116) };
  const powerLog: Rect = { x: margin, y: px(38), width: column, height: battery.y - gap - px(38) };
  // Below the gear.
  const top = gearReach(px, finger) + px(2);
  const cells: Rect = { x: width - margin - column, y: top, width: column, height: bottom - top };
  const area: Rect = { x: margin + column + gap, y: 0, width: width - 2 * (margin + column + gap), height };
  return assemble(width, height, scale, { status, powerLog, battery, cells }, area, alarm, finger);
}

function tall(width: number, height: number, alarm: boolean, finger: number): MainLayout {
  const scale = Math.min(width / 480, height / 800);
  const px = (length: number): number => Math.round(length * scale);
  const margin = px(metrics.margin);
  const gap = px(metrics.gap);
  const column = width - 2 * margin;
  const status: Rect = { x: margin, y: 0, width: column - px(56), height: px(36) };
  const area: Rect = { x: 0, y: px(30), width, height: px(396) };
  const spare = height - 800 * scale;
  const battery: Rect = { x: margin, y: area.y + area.height + gap, width: column, height: px(80) };
  const powerLog: Rect = {
    x: margin,
    y: battery.y + battery.height + gap,
    width: column,
    height: px(112) + Math.round(spare * 0.4),
  };
  const cellsTop = powerLog.y + powerLog.height + gap;
  const cells: Rect = { x: margin, y: cellsTop, width: column, height: height - margin - cellsTop };
  return assemble(width, height, scale, { status, powerLog, battery, cells }, area, alarm, finger);
}

/** @param area of the dial and what stands beneath it */
function assemble(
  width: number,
  height: number,
  scale: number,
  panels: Pick<MainLayout, 'status' | 'powerLog' | 'battery' | 'cells'>,
  area: Rect,
  alarm: boolean,
  finger: number,
): MainLayout {
  const px = (length: number): number => Math.round(length * scale);
  const dial = layoutDial({ ...area, height: area.height - (alarm ? px(alarmHeight) : 0) }, scale);
  const gearTarget = { width: Math.max(finger, px(80)), height: gearReach(px, finger) };
  return {
    width,
    height,
    ...panels,
    statusTarget: {
      x: 0,
      y: 0,
      width: Math.min(panels.status.x + panels.status.width, width - gearTarget.width),
      height: statusReach(px, finger),
    },
    dial,
    gear: {
      x: width - px(30),
      y: px(30),
      radius: px(17),
      target: { x: width - gearTarget.width, y: 0, ...gearTarget },
    },
    banner: layoutBanner(area, dial, px),
    // Between dial and windows there is a gap in a tall picture.
    alarm: layoutAlarm(width, Math.min(height, area.y + area.height + px(metrics.gap)), px, finger),
    finger,
    length: px,
    type: (role) => Math.max(11, px(typeScale[role])),
  };
}

/** How far down the gear can be touched. */
function gearReach(px: (length: number) => number, finger: number): number {
  return Math.max(px(72), finger);
}

/** A finger needs more height than the strip has. */
function statusReach(px: (length: number) => number, finger: number): number {
  return Math.max(finger, px(48));
}

/** As high as the room beneath the captions of the dial's gauges, 50 pixels at the most. */
function layoutBanner(area: Rect, dial: DialLayout, px: (length: number) => number): Rect {
  const bottom =
    area.y + area.height - Math.min(px(5), Math.floor((area.y + area.height - dial.captions) / 10));
  const y = Math.max(bottom - px(50), dial.captions + px(3));
  return { x: area.x + px(8), y, width: area.width - px(20), height: bottom - y };
}

/** @param bottom of the dial's area */
function layoutAlarm(
  width: number,
  bottom: number,
  px: (length: number) => number,
  finger: number,
): MainLayout['alarm'] {
  const margin = px(metrics.margin);
  const strip: Rect = { x: margin, y: bottom - px(alarmHeight), width: width - 2 * margin, height: px(60) };
  // On a small screen a finger may land a little above it.
  const top = Math.min(strip.y, bottom - finger);
  return { strip, target: { x: 0, y: top, width, height: bottom - top } };
}

function layoutDial(area: Rect, scale: number): DialLayout {
  const radius = Math.floor(Math.min(area.width - 10 * scale, area.height - 24 * scale) / 2);
  const unit = radius / referenceRadius;
  const x = Math.round(area.x + (area.width - 4 * scale) / 2);
  const y = Math.round(area.y + area.height / 2 + 8 * scale);
  const moduleWidth = Math.round(176 * unit);
  const moduleHeight = Math.round(79 * unit);
  const sweep = (46 * Math.PI) / 180;
  const ring: Ring = { x, y, inner: Math.round(182 * unit), outer: Math.round(211 * unit) };
  return {
    x,
    y,
    radius,
    unit,
    sweep,
    ring,
    captions: Math.round(y + (Math.sin(sweep) * (ring.inner + ring.outer)) / 2 + 33 * unit),
    module: {
      x: x - Math.round(moduleWidth / 2),
      y: y + Math.round(80 * unit),
      width: moduleWidth,
      height: moduleHeight,
    },
  };
}
