import type { CanvasRenderingContext2D } from 'canvas';
import type { SiteFlows } from '../../model/site-flows';
import type { Units } from '../../model/temperature';
import { intersection, type Rect } from '../../render/rect';
import type { Slot } from '../../render/scene';
import { metrics, typeScale, type Colour, type TypeRole } from '../../render/theme';
import {
  deviceRow,
  rowGrounds,
  type DeviceRowLook,
  type DeviceRowProps,
} from '../../render/widgets/device-row';
import { scrollMark, type ScrollMarkProps } from '../../render/widgets/scroll-mark';
import { paintPanel } from '../../render/widgets/shapes';
import { numberTones } from '../live-number';
import type { DeviceView, DragPhase, Intent, TouchTarget } from '../screen';
import { hasDial, inOrder, noRow, rowOf } from './device-rows';
import { FlowPanel, flowEnds, type FlowEnds } from './flow-panel';
import { ListScroll } from './list-scroll';
import type { MainParts } from './main-pen';
import type { SiteNeeds, SitePlaces } from './site-layout';

const prefix = 'device ';

interface ColumnSlots {
  readonly parts: MainParts;
  readonly places: SitePlaces;
  readonly flows: FlowPanel | undefined;
  readonly rows: readonly Slot<DeviceRowProps>[];
  readonly mark: Slot<ScrollMarkProps> | undefined;
}

/** The left column of a site: sun and loads, and the list of devices, which a finger scrolls. */
export class SiteColumn {
  private devices: readonly DeviceView[] = [];
  private flows: SiteFlows | undefined;
  private readonly scroll = new ListScroll();
  private slots: ColumnSlots | undefined;
  private tappedLast: string | undefined;

  /** Takes in what there is now. Returns what that needs of the layout; `undefined` where one battery is all there is. */
  follow(
    devices: readonly DeviceView[],
    flows: SiteFlows | undefined,
    alarm: boolean,
  ): SiteNeeds | undefined {
    this.devices = inOrder(devices);
    this.flows = flows;
    if (devices.length === 0) return undefined;
    return { devices: devices.length, flows: this.ends.length, alarm };
  }

  /** Which ends of what flows there are. */
  get ends(): FlowEnds {
    return flowEnds(this.flows);
  }

  /** The panels that stay. */
  paintBase(context: CanvasRenderingContext2D, parts: Omit<MainParts, 'scene'>): void {
    const { layout, palette } = parts;
    if (layout.site === undefined || layout.site.flows.height === 0) return;
    const { flows } = layout.site;
    paintPanel(context, flows, layout.length(metrics.radius), palette.panel, palette.panelLine);
    FlowPanel.paintBase(context, parts, flows, this.ends);
  }

  /** Puts the column's widgets into a scene. */
  addTo(parts: MainParts): void {
    const { scene, layout, palette } = parts;
    const { site: places, length } = layout;
    this.slots = undefined;
    if (places === undefined) return;
    const isLong = this.devices.length > places.rows;
    const { list } = places;
    // Beside the mark, where there is one.
    const rows = isLong ? { ...list, width: list.width - length(10) } : list;
    const look = rowLook(parts, rows, places.rowHeight);
    const bar = { ...list, x: list.x + list.width - length(5), width: length(5) };
    this.slots = {
      parts,
      places,
      flows: places.flows.height === 0 ? undefined : new FlowPanel(parts, places.flows, this.ends),
      rows: Array.from({ length: isLong ? places.rows + 1 : places.rows }, () => scene.add(deviceRow(look))),
      mark: isLong ? scene.add(scrollMark(bar, palette.track, palette.tertiary)) : undefined,
    };
  }

  /** Shows the devices in the places they have now. */
  show(units: Units): void {
    const { slots } = this;
    if (slots === undefined) return;
    slots.flows?.show(this.flows);
    const { palette } = slots.parts;
    const { list, pitch, rows } = slots.places;
    const offset = this.scroll.offset(this.most);
    const first = Math.floor(offset / pitch);
    for (const [i, row] of slots.rows.entries()) {
      const device = this.devices[first + i];
      const y = list.y + (first + i) * pitch - offset;
      row.show({ ...(device === undefined ? noRow : rowOf(device, units, palette)), y });
    }
    const all = this.devices.length * pitch;
    slots.mark?.show({ from: offset / all, to: (offset + rows * pitch) / all });
  }

  /** What can be touched. */
  targets(): TouchTarget[] {
    const { slots } = this;
    if (slots === undefined) return [];
    const { list, pitch, rowHeight, flows } = slots.places;
    const offset = this.scroll.offset(this.most);
    // Below where the status strip is touched.
    const y = Math.max(flows.y, slots.parts.layout.statusTarget.height);
    const panel = { ...flows, y, height: flows.y + flows.height - y };
    const energy = { name: 'energy', areas: [panel], highlight: flows };
    const rows = this.devices.flatMap((device, i): TouchTarget[] => {
      const whole = { ...list, y: list.y + i * pitch - offset, height: rowHeight };
      const area: Rect = intersection(list, whole);
      // A part of a row is only seen while a finger holds the list.
      if (area.height < rowHeight) return [];
      return [{ name: prefix + device.name, areas: [area], highlight: area, draggable: this.most > 0 }];
    });
    return flows.height === 0 ? rows : [energy, ...rows];
  }

  /** A finger that scrolls the list. Returns true for a target of the list. */
  drag(target: string, phase: DragPhase, y: number): boolean {
    if (this.slots === undefined || !target.startsWith(prefix)) return false;
    this.scroll.drag(phase, y, this.slots.places.pitch, this.most);
    return true;
  }

  /**
   * What a tap on a target of the column means: sun and loads lead to the energies of what is on the dial; a battery or bank comes onto the dial, and a second tap opens its own screen, as the
   * first does of what has no dial; `undefined` for other targets.
   */
  tapped(target: string): Intent | undefined {
    const onDial = this.devices.find(({ shown }) => shown);
    if (target === 'energy') return onDial && { kind: 'energy', device: onDial.name };
    if (!target.startsWith(prefix)) return undefined;
    const device = this.devices.find(({ name }) => name === target.slice(prefix.length));
    if (device === undefined) return { kind: 'none' };
    const { name, shown } = device;
    // An alarm may hold another battery on the dial: the second tap is meant all the same.
    const isSecond = shown || this.tappedLast === name;
    this.tappedLast = name;
    return isSecond || !hasDial(device) ? { kind: 'device', device: name } : { kind: 'show', device: name };
  }

  /** Pixels by which the list can be pushed up. */
  private get most(): number {
    if (this.slots === undefined) return 0;
    const { pitch, rows } = this.slots.places;
    return Math.max(0, this.devices.length - rows) * pitch;
  }
}

function rowLook({ layout, palette, styles }: MainParts, bounds: Rect, height: number): DeviceRowLook {
  const { length } = layout;
  // A row is no lower on a small screen: what is written in it need not be as small as the rest.
  const type = (role: TypeRole): number => Math.max(layout.type(role), Math.round(typeScale[role] * 0.75));
  const { panel } = palette;
  const word = (role: TypeRole) => styles.style(type(role), 500, palette.text, 'proportional');
  const figures = (colour: Colour) => styles.style(type('body'), 500, colour);
  const { fresh = [], late = [] } = numberTones(styles, type('value'), 600, palette, palette.text);
  return {
    bounds,
    height,
    length,
    panel,
    grounds: rowGrounds({
      width: bounds.width,
      height,
      radius: length(7),
      length,
      panel,
      line: palette.panelLine,
      frame: palette.text,
    }),
    name: [word('title'), word('body')],
    details: {
      quiet: figures(palette.secondary),
      warning: figures(palette.warning),
      alarm: figures(palette.alarm),
    },
    numbers: { fresh, late, lost: late },
    unit: styles.style(type('body'), 500, palette.secondary),
    signs: { quiet: palette.secondary, warning: palette.warning, alarm: palette.alarm },
  };
}
