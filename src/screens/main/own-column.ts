import type { CanvasRenderingContext2D } from 'canvas';
import type { Battery } from '../../model/battery';
import type { BatteryQuantity } from '../../model/quantities';
import type { Units } from '../../model/temperature';
import type { Rect } from '../../render/rect';
import type { Slot } from '../../render/scene';
import { metrics } from '../../render/theme';
import { paintPanel } from '../../render/widgets/shapes';
import { switchState, type SwitchStateProps } from '../../render/widgets/switch-state';
import { deviceWords as words } from '../../words/en/device-screens';
import { batteryFacts, mostBatteryFacts } from '../device/battery-facts';
import { FactsPanel } from '../device/facts-panel';
import { missing } from '../format';
import type { MainParts } from './main-pen';

const switches = [
  ['chargeSwitch', words.chargeSwitch],
  ['dischargeSwitch', words.dischargeSwitch],
] as const satisfies readonly (readonly [BatteryQuantity, string])[];
interface OwnSlots {
  readonly facts: FactsPanel;
  readonly switches: readonly Slot<SwitchStateProps>[];
}

/** What the screen of one battery of several says of it beside the dial, its pack and its cells. */
export class OwnColumn {
  private slots: OwnSlots | undefined;

  constructor(private readonly battery: Battery) {}

  /** What stays. */
  paintBase(context: CanvasRenderingContext2D, { layout, palette, styles }: Omit<MainParts, 'scene'>): void {
    if (layout.own === undefined) return;
    const { panel, switches: line } = layout.own;
    paintPanel(context, panel, layout.length(metrics.radius), palette.panel, palette.panelLine);
    const style = styles.style(layout.type('small'), 500, palette.secondary);
    const baseline = line.y + Math.round(line.height / 2 + style.size * 0.35);
    switches.forEach(([, name], i) => {
      style.write(context, name, halfOf(line, i, layout.length).x, baseline);
    });
  }

  /** Puts the column's widgets into a scene. */
  addTo({ scene, layout, palette, styles }: MainParts): void {
    const { own, length, type } = layout;
    if (own === undefined) return;
    const state = (half: Rect): Slot<SwitchStateProps> =>
      scene.add(
        switchState({
          bounds: {
            x: half.x + half.width - length(40),
            y: half.y + Math.round((half.height - length(20)) / 2),
            width: length(40),
            height: length(20),
          },
          on: palette.powerIn,
          off: palette.warning,
          late: palette.late,
          unknown: { text: missing, style: styles.style(type('body'), 600, palette.tertiary) },
        }),
      );
    this.slots = {
      switches: switches.map((_, i) => state(halfOf(own.switches, i, length))),
      facts: new FactsPanel(scene, own.facts, layout, palette, styles, mostBatteryFacts(this.battery)),
    };
  }

  /** Indices of the cells that are being balanced now. @param now monotonic ms */
  balancing(now: number): readonly number[] {
    const known = this.battery.cells.count;
    const numbers = this.battery.list('balancing', now) ?? [];
    return numbers.flatMap((number) => (number === undefined || number > known ? [] : [number - 1]));
  }

  /** Shows the battery at one moment. @param now monotonic ms */
  show(units: Units, now: number): void {
    this.slots?.facts.show(batteryFacts(this.battery, now, units));
    switches.forEach(([name], i) => {
      const { value, freshness } = this.battery.quantity(name, now);
      const on = value === undefined ? undefined : value === 1;
      this.slots?.switches[i]?.show({ on, late: freshness === 'late' });
    });
  }
}

function halfOf(line: Rect, i: number, length: (reference: number) => number): Rect {
  const pad = length(12);
  const between = length(16);
  const width = Math.floor((line.width - 2 * pad - between) / 2);
  return { ...line, x: line.x + pad + i * (width + between), width };
}
