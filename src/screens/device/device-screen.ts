import type { Device } from '../../model/device';
import type { OtherDevice } from '../../model/site';
import { Eased } from '../../render/easing';
import { inset } from '../../render/rect';
import type { Scene, Slot } from '../../render/scene';
import { metrics } from '../../render/theme';
import type { BannerProps } from '../../render/widgets/banner';
import { paintGlyph } from '../../render/widgets/glyphs';
import { paintPanel } from '../../render/widgets/shapes';
import { valueLine, type ValueLineProps } from '../../render/widgets/value-line';
import type { WarningMarkProps } from '../../render/widgets/warning-mark';
import { siteWords } from '../../words/en/site';
import { devicesWords } from '../../words/en/devices';
import type { LiveDevice } from '../config/devices/devices-desk';
import type { SettingsLock } from '../config/settings-lock';
import { LoadSwitch } from '../config/devices/load-switch';
import { buildDialog, type Dialog } from '../config/dialog';
import { layoutFrame } from '../config/frame';
import { ViewBuilder, type View } from '../config/view-builder';
import { Refresh } from '../detail/refresh';
import { formatAge, formatClock } from '../format';
import { MainPen } from '../main/main-pen';
import { layoutPanels } from '../main/panels';
import { addAlarmMark, addStatus, type StatusSlots } from '../main/status-widgets';
import { alarmNotice, alarmWording, linkNotice } from '../notices';
import type { Intent, KeyEvent, Screen, Surroundings, TouchTarget } from '../screen';
import type { ScreenOptions } from '../screen-options';
import { alarmStrip } from '../strips';
import { DaysPanel } from './days-panel';
import { layoutDevice, type DeviceLayout } from './device-layout';
import type { DevicePage } from './device-page';
import { FactsPanel } from './facts-panel';
import { paintSingleDial, wattScale } from './single-dial';
import { WattDial } from './watt-dial';

/** What the screens of chargers and meters are made with. */
export interface DeviceScreenOptions extends ScreenOptions {
  /** Without it the needle jumps: for single pictures. */
  readonly animate: boolean;
  /** Default: whoever touches the display may switch the load. */
  readonly lock?: SettingsLock;
}

interface Slots extends StatusSlots {
  readonly dial: WattDial;
  readonly facts: FactsPanel;
  readonly days: DaysPanel;
  readonly load: Slot<ValueLineProps> | undefined;
  readonly mark: Slot<WarningMarkProps>;
  readonly alarm: Slot<BannerProps>;
}

const easingTime = 240;

/** One solar charger or one meter of a site: its watts on a dial, what else it tells, and its latest days. */
export class DeviceScreen implements Screen {
  readonly name = 'device';
  private readonly angle: Eased;
  private readonly refresh = new Refresh();
  private readonly load: LoadSwitch;
  private dialog: Dialog | undefined;
  private scale: number;
  private alarm = '';
  private built = '';
  private layout: DeviceLayout;
  private slots: Slots | undefined;
  private view: View;

  /** @param live how the device is received, and its load output */
  constructor(
    private readonly shown: OtherDevice,
    private readonly options: DeviceScreenOptions,
    private readonly page: DevicePage,
    private readonly live: () => LiveDevice | undefined = () => undefined,
  ) {
    this.angle = new Eased(options.animate ? easingTime : 0);
    this.load = new LoadSwitch((dialog) => {
      this.dialog = dialog;
    });
    this.scale = wattScale(0);
    this.layout = this.layoutNow();
    this.view = this.build();
  }

  get scene(): Scene {
    return this.view.scene;
  }

  get targets(): readonly TouchTarget[] {
    return this.view.targets;
  }

  update(around: Surroundings): number | undefined {
    const { now } = around;
    const wait = this.refresh.run(this.scene, now, () => this.showAll(around));
    const moving = this.slots?.dial.move(this.page.power(this.shown.device, now), now) === true;
    return moving ? 0 : wait;
  }

  tap(target: string): Intent {
    this.refresh.touched();
    // A question that nobody has answered in time is no key for who comes later.
    if (this.dialog !== undefined && this.options.lock?.locked === true) {
      this.dialog = undefined;
      this.rebuild();
      return { kind: 'none' };
    }
    this.options.lock?.touched();
    const intent = this.view.actions.get(target)?.tap?.() ?? { kind: 'none' };
    this.rebuild();
    return intent;
  }

  press(target: TouchTarget | undefined): void {
    this.view.press(target);
  }

  left(): void {
    this.options.lock?.close();
  }

  /** Where the PIN is asked before anything is switched; `undefined` when it need not be. */
  private askPin(): Intent | undefined {
    const { lock } = this.options;
    if (lock?.locked !== true) return undefined;
    lock.wanted = this.shown.device.name;
    return { kind: 'open', screen: 'settings' };
  }

  /** A question is answered by keys, too. */
  key({ key, action }: KeyEvent): boolean {
    if (this.dialog === undefined || action === 'repeat') return this.dialog !== undefined;
    if (key !== 'Escape' && key !== 'Enter') return true;
    this.tap(key === 'Enter' ? 'yes' : 'no');
    return true;
  }

  private showAll(around: Surroundings): void {
    const { page, shown } = this;
    const { device, alarms } = shown;
    const { now, wall } = around;
    const power = page.power(device, now);
    const alarm = alarmNotice(alarms.list, alarmWording(device.name, around));
    // The scale grows with what it has to show, and stays while the screen does.
    this.scale = wattScale(Math.max(this.scale, Math.abs(power.value ?? 0), page.largest(device, now)));
    this.alarm = alarm.strip;
    this.rebuild();
    const { slots } = this;
    if (slots === undefined) return;
    const link = linkNotice(device.age(now), power, around);
    const { palette } = this.options;
    slots.clock.show({ text: formatClock(wall), tone: 'fresh' });
    const colour = link.tone === 'live' ? palette.powerIn : palette.warning;
    slots.light.show({ colour, hollow: link.tone === 'silent' });
    slots.link.show({ text: link.text, tone: link.tone });
    slots.address.show({ text: alarm.mark === '' ? (around.address ?? '') : '', tone: 'fresh' });
    slots.mark.show({ text: alarm.mark });
    slots.alarm.show({ title: alarm.strip, detail: '' });
    const beneath = page.beneath(device, now);
    slots.dial.show({
      name: device.name,
      power,
      word: page.word(device, now),
      silence: silenceOf(device, now),
      beneath,
    });
    slots.facts.show(page.facts(device, now, around.preferences?.units ?? 'celsius'));
    slots.days.show(device, wall, page.today?.(device, now));
    const output = this.live()?.load;
    if (output !== undefined)
      slots.load?.show({ value: '', aside: this.load.text(device.name, output), tone: 'fresh' });
    this.view.show(around);
  }

  private layoutNow(): DeviceLayout {
    const { width, height, finger } = this.options;
    const hasLoad = this.live()?.load !== undefined;
    return layoutDevice(width, height, this.page.mostFacts, hasLoad, this.alarm !== '', finger);
  }

  /** Other parts, another scale or a question need another picture. */
  private rebuild(): void {
    const hasLoad = this.live()?.load !== undefined;
    const shape = JSON.stringify([this.scale, this.alarm !== '', hasLoad, this.dialog?.title]);
    if (shape === this.built) return;
    this.built = shape;
    this.layout = this.layoutNow();
    this.view = this.build();
  }

  private build(): View {
    const { layout, page, scale } = this;
    const { width, height, palette, styles, finger } = this.options;
    const { main } = layout;
    const { x, y, radius } = main.dial;
    const disc = inset({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, -1);
    const builder = new ViewBuilder(layoutFrame(width, height, finger), palette, styles, [disc]);
    const days = { layout, palette, styles, ways: page.ways, title: page.daysTitle };
    builder.paint((context) => {
      const { gear } = main;
      for (const rect of [layout.facts, layout.load.panel])
        if (rect.height > 0)
          paintPanel(context, rect, main.length(metrics.radius), palette.panel, palette.panelLine);
      DaysPanel.paintBase(context, days);
      paintSingleDial(context, main.dial, page.ways, scale, palette, styles);
      paintGlyph(context, 'close', gear.x, gear.y, gear.radius * 1.5, palette.text);
    });
    const { scene } = builder;
    const parts = { scene, layout: main, panels: layoutPanels(main), palette, styles };
    const status = addStatus(parts, new MainPen(parts));
    const facts = new FactsPanel(scene, layout.facts, main, palette, styles, page.mostFacts);
    const chart = new DaysPanel(scene, days);
    const dial = new WattDial(scene, main.dial, page.ways, scale, this.angle, palette, styles);
    const load = this.addLoad(builder);
    const mark = addAlarmMark(parts);
    const alarm = scene.add(alarmStrip(main.alarm.strip, main, styles, palette));
    this.slots = { ...status, facts, days: chart, dial, load, mark, alarm };
    this.addTargets(builder);
    const { dialog } = this;
    if (dialog !== undefined)
      buildDialog(builder, dialog, () => {
        this.dialog = undefined;
      });
    return builder.build();
  }

  private addTargets(builder: ViewBuilder): void {
    const { gear, statusTarget, status, alarm } = this.layout.main;
    const open = (screen: 'main' | 'alarms') => ({ tap: (): Intent => ({ kind: 'open', screen }) });
    builder.target('back', gear.target, open('main'));
    const { panel } = this.layout.days;
    const { name } = this.shown.device;
    builder.target('energy', panel, { tap: (): Intent => ({ kind: 'energy', device: name }) });
    builder.target('alarms', statusTarget, open('alarms'), status);
    if (this.alarm === '') return;
    const tap = (): undefined => {
      this.shown.alarms.acknowledge();
    };
    builder.target('alarm', alarm.target, { tap }, alarm.strip);
  }

  private addLoad(builder: ViewBuilder): Slot<ValueLineProps> | undefined {
    const { layout, shown } = this;
    const { panel, button } = layout.load;
    const onward = this.load.button(shown.device.name, this.live);
    if (panel.height === 0 || onward === undefined) return undefined;
    const { length, type } = layout.main;
    const { palette, styles } = this.options;
    const left = panel.x + length(12);
    const label = styles.style(type('small'), 500, palette.secondary, 'proportional');
    builder.write(label, devicesWords.loadOutput, left, panel.y + Math.round(panel.height * 0.4));
    builder.button(
      'load',
      button,
      () => ({ text: onward.label(), tone: onward.tone() }),
      {
        tap: () => {
          const asked = this.askPin();
          if (asked === undefined) onward.tap();
          return asked;
        },
      },
      { role: 'title' },
    );
    const words = [type('body'), type('small')].map((size) =>
      styles.style(size, 600, palette.text, 'proportional'),
    );
    return builder.scene.add(
      valueLine({
        bounds: {
          x: left,
          y: panel.y + Math.round(panel.height * 0.45),
          width: button.x - left - length(8),
          height: Math.round(panel.height * 0.45),
        },
        baseline: panel.y + Math.round(panel.height * 0.8),
        value: words,
        aside: { fresh: words },
        gap: 0,
      }),
    );
  }
}

function silenceOf(device: Device, now: number): string {
  if (device.freshness(now) !== 'lost') return '';
  const age = device.age(now);
  return age === Infinity ? siteWords.never : siteWords.lost(formatAge(age));
}
