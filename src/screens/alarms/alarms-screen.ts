import type { CanvasRenderingContext2D } from 'canvas';
import type { DeviceAlarms, ShownBattery } from '../../model/site';
import type { Rect } from '../../render/rect';
import { Scene, type Slot } from '../../render/scene';
import { metrics } from '../../render/theme';
import { arrowButton, type ArrowButtonProps } from '../../render/widgets/arrow-button';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import { paintPanel } from '../../render/widgets/shapes';
import { DetailFrame, type Targets } from '../detail/detail-frame';
import { layoutDetail, type DetailLayout } from '../detail/detail-layout';
import type { ScreenOptions } from '../screen-options';
import { Refresh } from '../detail/refresh';
import type { Intent, Screen, Surroundings, TouchTarget } from '../screen';
import { alarmWording } from '../notices';
import { alarmRow, listedAlarms, type AlarmRow } from './alarm-rows';

interface RowSlots {
  readonly when: Slot<ReadoutProps>;
  readonly what: Slot<ReadoutProps>;
  readonly state: Slot<ReadoutProps>;
}

/** Height of a line at 800x480. */
const rowHeight = 62;

/** What has been wrong, with its times, newest first. */
export class AlarmsScreen implements Screen {
  readonly name = 'alarms';
  readonly scene: Scene;
  private readonly layout: DetailLayout;
  private readonly frame: DetailFrame;
  private readonly rows: readonly RowSlots[];
  private readonly rowRects: readonly Rect[];
  private readonly newer: Rect;
  private readonly older: Rect;
  private readonly buttons: {
    readonly newer: Slot<ArrowButtonProps>;
    readonly older: Slot<ArrowButtonProps>;
  };
  private readonly none: Slot<ReadoutProps>;
  private readonly places: Targets;
  private readonly refresh = new Refresh();
  private page = 0;
  /** Alarms in the list when it was shown last. */
  private length = 0;

  /**
   * @param monitored whose alarms stand below the list until they are acknowledged
   * @param all whose alarms are listed; default: those of `monitored`
   */
  constructor(
    private readonly monitored: ShownBattery,
    private readonly options: ScreenOptions,
    private readonly all: () => Iterable<DeviceAlarms> = () => [monitored],
  ) {
    const { width, height, palette, styles, finger } = options;
    this.layout = layoutDetail(width, height, 232, finger, 2);
    const { body, right, length } = this.layout;
    const count = Math.max(3, Math.floor(body.height / length(rowHeight)));
    const pitch = Math.floor(body.height / count);
    this.rowRects = Array.from({ length: count }, (_, i) => ({
      x: body.x,
      y: body.y + i * pitch,
      width: body.width,
      height: pitch,
    }));
    const half = Math.floor((right.width - length(metrics.gap)) / 2);
    this.newer = { ...right, width: half };
    this.older = { ...right, x: right.x + right.width - half, width: half };
    this.frame = new DetailFrame(this.layout, palette, styles, 'ALARMS');
    this.scene = new Scene(width, height, (context) => this.paintBase(context));
    const addOverlay = this.frame.addTo(this.scene, body);
    this.rows = this.rowRects.map((rect) => this.addRow(rect));
    this.none = this.scene.add(
      readout({
        bounds: this.middleRow(),
        align: 'center',
        baseline: this.middleRow().y + Math.round(pitch / 2) + length(9),
        styles: { fresh: [styles.style(this.layout.type('value'), 500, palette.secondary, 'proportional')] },
      }),
    );
    this.buttons = {
      newer: this.scene.add(this.arrow(this.newer, 'left', 'NEWER')),
      older: this.scene.add(this.arrow(this.older, 'right', 'OLDER')),
    };
    addOverlay();
    this.places = this.frame.targets([
      { name: 'newer', areas: [this.newer], highlight: this.newer },
      { name: 'older', areas: [this.older], highlight: this.older },
    ]);
  }

  get targets(): readonly TouchTarget[] {
    return this.frame.present(this.places);
  }

  update(surroundings: Surroundings): number | undefined {
    return this.refresh.run(this.scene, surroundings.now, () => this.show(surroundings));
  }

  tap(target: string): Intent {
    this.refresh.touched();
    switch (target) {
      case 'newer':
        this.page = Math.max(0, this.page - 1);
        return { kind: 'none' };
      case 'older':
        this.page = Math.min(this.lastPage(), this.page + 1);
        return { kind: 'none' };
      default:
        return this.frame.tapped(target, this.monitored);
    }
  }

  press(target: TouchTarget | undefined): void {
    const idle =
      (target?.name === 'newer' && this.page === 0) ||
      (target?.name === 'older' && this.page === this.lastPage());
    this.frame.press(idle ? undefined : target);
  }

  private lastPage(): number {
    return Math.max(0, Math.ceil(this.length / this.rows.length) - 1);
  }

  private show(surroundings: Surroundings): void {
    const { now, wall } = surroundings;
    const list = listedAlarms(this.all());
    this.length = list.length;
    const from = this.page * this.rows.length;
    for (const [i, slots] of this.rows.entries()) {
      const listed = list[from + i];
      if (listed === undefined) this.showRow(slots, undefined);
      else {
        const wording = alarmWording(listed.device, surroundings);
        this.showRow(slots, alarmRow(listed.entry, now, wall, wording));
      }
    }
    this.none.show({ text: list.length === 0 ? 'There has been no alarm' : '', tone: 'fresh' });
    this.buttons.newer.show({ enabled: this.page > 0 });
    this.buttons.older.show({ enabled: this.page < this.lastPage() });
    this.frame.show(this.monitored, surroundings, false, '');
  }

  private showRow({ when, what, state }: RowSlots, row: AlarmRow | undefined): void {
    const tone = row?.tone ?? 'over';
    when.show({ text: row?.when ?? '', tone });
    what.show({ text: row?.what ?? '', tone });
    state.show({ text: row?.state ?? '', tone });
  }

  private addRow(rect: Rect): RowSlots {
    const { layout, scene } = this;
    const { length } = layout;
    const pad = length(14);
    const baseline = rect.y + Math.round(rect.height / 2) + length(8);
    const wide = Math.round(rect.width * (layout.tall ? 0.22 : 0.205));
    const last = Math.round(rect.width * (layout.tall ? 0.27 : 0.22));
    const bounds = (x: number, width: number): Rect => ({ x, y: rect.y, width, height: rect.height });
    const cell = (align: 'left' | 'right', area: Rect): Slot<ReadoutProps> =>
      scene.add(readout({ bounds: area, align, baseline, styles: this.tones() }));
    return {
      when: cell('left', bounds(rect.x + pad, wide - pad)),
      what: cell('left', bounds(rect.x + wide, rect.width - wide - last - pad)),
      state: cell('right', bounds(rect.x + rect.width - last, last - pad)),
    };
  }

  private tones(): ReturnType<typeof toneStyles> {
    return toneStyles(this.options, this.layout);
  }

  private arrow(bounds: Rect, to: 'left' | 'right', text: string): ReturnType<typeof arrowButton> {
    const { palette, styles } = this.options;
    const { length, type } = this.layout;
    const inset = length(9);
    return arrowButton({
      bounds: { ...bounds, y: bounds.y + inset, height: bounds.height - 2 * inset },
      radius: length(metrics.radius),
      to,
      text,
      fill: palette.control,
      enabled: styles.style(type('body'), 600, palette.text),
      disabled: styles.style(type('body'), 600, palette.tertiary),
    });
  }

  /** Where it is said that there is nothing: on a line, not across one. */
  private middleRow(): Rect {
    return this.rowRects[Math.floor((this.rowRects.length - 1) / 2)] ?? this.layout.body;
  }

  private paintBase(context: CanvasRenderingContext2D): void {
    const { palette } = this.options;
    this.frame.paintBase(context);
    const { body, length } = this.layout;
    paintPanel(context, body, length(metrics.radius), palette.panel, palette.panelLine);
    context.fillStyle = palette.panelLine;
    for (const { y } of this.rowRects.slice(1))
      context.fillRect(body.x + length(14), y, body.width - length(28), 1);
  }
}

function toneStyles({ palette, styles }: ScreenOptions, { type }: DetailLayout) {
  const sizes = [type('unit'), type('title'), type('body'), type('small')];
  const inColour = (weight: 500 | 600, colour: typeof palette.text) =>
    sizes.map((size) => styles.style(size, weight, colour, 'proportional'));
  return {
    standing: inColour(600, palette.alarm),
    seen: inColour(600, palette.text),
    over: inColour(500, palette.secondary),
  };
}
