import { Eased } from '../../render/easing';
import { inset, type Rect } from '../../render/rect';
import { Scene } from '../../render/scene';
import type { Colour, Palette } from '../../render/theme';
import { angleStep } from '../../render/widgets/arc-gauge';
import { nothingPressed } from '../../render/widgets/press-highlight';
import { loadModulePictures, type ModulePictures } from '../../render/widgets/module-picture';
import type { ShownBattery } from '../../model/site';
import { temperatureUnit, type Units } from '../../model/temperature';
import { KilowattFormat } from '../format';
import { severalDevices } from '../notices';
import { PowerZoom } from '../power-zoom';
import type {
  AnyScreenName,
  DragPhase,
  Intent,
  Preferences,
  Screen,
  Surroundings,
  TouchTarget,
} from '../screen';
import type { ScreenOptions } from '../screen-options';
import { powerAngle, voltageAngle } from './dial-base';
import { showCells } from './cells-widgets';
import { layoutMain, type MainLayout } from './layout';
import { paintMainBase } from './main-base';
import { mainTargets, withAlarm } from './main-targets';
import { captionOf, mainView, readoutOf, type MainView } from './main-view';
import { addMainWidgets, type BatterySlots, type MainSlots } from './main-widgets';
import { layoutPanels, type Panels } from './panels';
import { powerScale, voltageScale, type CellWindow, type VoltageScale } from '../scales';
import { screenUnit } from '../../model/quantities';
import { shownName } from './shown-name';
import type { FlowEnds } from './flow-panel';
import type { SiteNeeds } from './site-layout';
import { ownLayout } from './own-layout';
import { OwnColumn } from './own-column';
import { SiteColumn } from './site-column';

/** Numbers change at most this often (ms), so that they can be read; the gauges follow at once. */
const numberInterval = 250;
/** From here down (0..1) the small battery is filled in the colour of a warning. */
const lowLevel = 0.2;
/** A gauge reaches a new value in this time (ms). */
const easingTime = 240;

/** What the main screen is made with. */
export interface MainScreenOptions extends ScreenOptions {
  /** The folder that holds `images/`. */
  readonly root: string;
  /** The dial's full scale in kW, at the least: it is larger while more power flows or has flowed in the latest hours. */
  readonly powerScale: number;
  /** Without it gauges jump: for single pictures. */
  readonly animate: boolean;
  /** It is that of one battery of several: what else is known of it stands in the power log's place. */
  readonly own?: boolean;
  /** Shared with the power log's own screen. */
  readonly powerZoom?: PowerZoom;
}

/** The face of the product: the dial, the pack, the cells and the latest hours. */
export class MainScreen implements Screen {
  readonly name: AnyScreenName;
  scene: Scene;
  private layout: MainLayout;
  private panels: Panels;
  private readonly modules = new Map<number, ModulePictures>();
  private readonly kilowattFormat = new KilowattFormat();
  private readonly voltage: Eased;
  private readonly power: Eased;
  private slots: MainSlots;
  private voltageScale: VoltageScale = voltageScale(undefined);
  private powerScale: number;
  private units: Units = 'celsius';
  private cellWindow: CellWindow | undefined;
  private readonly zoom: PowerZoom;
  private viewedAt = -Infinity;
  private pressedArea: Rect | undefined;
  private alarmShown = false;
  private usualTargets: readonly TouchTarget[];
  private alarmTargets: readonly TouchTarget[];
  private readonly column = new SiteColumn();
  private readonly own: OwnColumn | undefined;
  /** What the layout was made for, to be told from what it is needed for now. */
  private shape = shapeOf(undefined, [], false);

  constructor(
    private readonly monitored: ShownBattery,
    private readonly options: MainScreenOptions,
  ) {
    this.name = options.own === true ? 'device' : 'main';
    this.own = options.own === true ? new OwnColumn(monitored.battery) : undefined;
    this.layout = this.layoutFor(undefined, false);
    this.panels = layoutPanels(this.layout);
    this.usualTargets = mainTargets(this.layout, this.panels);
    this.alarmTargets = withAlarm(this.usualTargets, this.layout.alarm);
    this.powerScale = options.powerScale;
    this.zoom = options.powerZoom ?? new PowerZoom();
    this.voltage = new Eased(options.animate ? easingTime : 0);
    this.power = new Eased(options.animate ? easingTime : 0);
    [this.scene, this.slots] = this.build();
  }

  get targets(): readonly TouchTarget[] {
    return this.alarmShown ? this.alarmTargets : this.usualTargets;
  }

  update(surroundings: Surroundings): number | undefined {
    const { now } = surroundings;
    const due = now - this.viewedAt >= numberInterval;
    if (due) {
      const view = mainView(this.monitored, surroundings);
      this.followSite(surroundings, view.alarm.strip !== '');
      this.follow(view, surroundings.preferences);
      const { news } = this.scene;
      this.showNumbers(view, now);
      this.showSite(surroundings);
      // Only a number that changed makes the next one wait.
      if (this.scene.news !== news) this.viewedAt = now;
    }
    this.showGauges(now);
    if (this.voltage.moving(now) || this.power.moving(now)) return 0;
    return due ? undefined : numberInterval - (now - this.viewedAt);
  }

  tap(target: string): Intent {
    const intent = this.column.tapped(target);
    if (intent !== undefined) {
      this.viewedAt = -Infinity;
      return intent;
    }
    switch (target) {
      case 'zoom':
        this.zoom.next();
        this.viewedAt = -Infinity;
        return { kind: 'none' };
      case 'alarm':
        this.monitored.alarms.acknowledge();
        this.viewedAt = -Infinity;
        return { kind: 'none' };
      case 'energy':
        return { kind: 'energy', device: this.monitored.battery.name };
      case 'back':
        return { kind: 'open', screen: 'main' };
      case 'settings':
      case 'soc-log':
      case 'cells':
      case 'power-log':
      case 'alarms':
        return { kind: 'open', screen: target };
      default:
        return { kind: 'none' };
    }
  }

  press(target: TouchTarget | undefined): void {
    this.pressedArea = target?.highlight;
    this.slots.pressed.show(this.pressedArea ?? nothingPressed);
  }

  drag(target: string, phase: DragPhase, _: number, y: number): void {
    if (!this.column.drag(target, phase, y)) return;
    this.viewedAt = -Infinity;
    if (phase === 'move') this.press(undefined);
    this.findTargets();
  }

  private build(): [Scene, MainSlots] {
    const { layout, panels, pictures, column, own } = this;
    const { palette, styles } = this.options;
    const scales = { voltage: this.voltageScale, power: this.powerScale };
    const { x, y, radius } = layout.dial;
    const scene = new Scene(
      layout.width,
      layout.height,
      (context) => {
        paintMainBase(context, layout, panels, scales, palette, styles);
        for (const each of [column, own]) each?.paintBase(context, { layout, panels, palette, styles });
      },
      [inset({ x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, -1)],
    );
    const parts = { scene, layout, panels, palette, styles };
    for (const each of [column, own]) each?.addTo(parts);
    return [scene, addMainWidgets({ ...parts, pictures, degrees: temperatureUnit(this.units) })];
  }

  /** Other devices need another layout, an alarm across them too, and other targets. */
  private followSite(around: Surroundings, alarm: boolean): void {
    const devices = this.own === undefined ? severalDevices(around) : [];
    const needs = this.column.follow(devices, around.flows, alarm);
    const shape = shapeOf(needs, this.column.ends, alarm);
    if (shape !== this.shape) {
      this.shape = shape;
      this.layout = this.layoutFor(needs, alarm);
      this.panels = layoutPanels(this.layout);
      this.findTargets();
      this.rebuild();
    }
    if (needs !== undefined) this.findTargets();
  }

  private layoutFor(needs: SiteNeeds | undefined, alarm: boolean): MainLayout {
    const { width, height, finger } = this.options;
    const layout = layoutMain(width, height, alarm, needs, finger);
    return this.own === undefined ? layout : ownLayout(layout, alarm);
  }

  /** The module at the size that the dial has at the moment. */
  private get pictures(): ModulePictures {
    const { root, palette } = this.options;
    const { module } = this.layout.dial;
    const known = this.modules.get(module.width);
    if (known !== undefined) return known;
    const made = loadModulePictures(root, module, { lit: palette.voltage, late: palette.lateFill });
    this.modules.set(module.width, made);
    return made;
  }

  private findTargets(): void {
    this.usualTargets = [...mainTargets(this.layout, this.panels), ...this.column.targets()];
    this.alarmTargets = withAlarm(this.usualTargets, this.layout.alarm);
  }

  private rebuild(): void {
    [this.scene, this.slots] = this.build();
    this.slots.pressed.show(this.pressedArea ?? nothingPressed);
  }

  private showSite(around: Surroundings): void {
    const { name } = this.monitored.battery;
    this.own?.show(this.units, around.now);
    if (this.layout.site !== undefined) this.column.show(this.units);
    const devices = severalDevices(around).map((device) =>
      this.own === undefined ? device : { ...device, shown: device.name === name },
    );
    this.slots.shownName?.show(shownName(devices));
  }

  /** Lets the scales follow the battery; a new scale needs a new picture. */
  private follow(view: MainView, preferences: Preferences | undefined): void {
    const volts = view.cutoffs === undefined ? this.voltageScale : voltageScale(view.cutoffs);
    const { powerScale: least, units } = preferences ?? { ...this.options, units: 'celsius' };
    const kilowatts = powerScale(view.largestPower, least);
    const same = volts.low === this.voltageScale.low && volts.high === this.voltageScale.high;
    if (same && kilowatts === this.powerScale && units === this.units) return;
    this.units = units;
    this.voltageScale = volts;
    this.powerScale = kilowatts;
    this.rebuild();
  }

  private showGauges(now: number): void {
    const { dial } = this.layout;
    const { palette } = this.options;
    const { battery } = this.monitored;
    const average = battery.cellAverage(now);
    const watts = battery.power(now);
    this.voltage.aim(
      average.value === undefined ? undefined : voltageAngle(dial, this.voltageScale, average.value),
      now,
    );
    this.power.aim(
      watts.value === undefined ? undefined : powerAngle(dial, this.powerScale, watts.value),
      now,
    );
    const step = angleStep(dial.ring);
    const onStep = (angle: number | undefined): number | undefined =>
      angle === undefined ? undefined : Math.round(angle / step) * step;
    const late = average.freshness === 'late';
    this.slots.voltageArc.show({
      from: Math.PI - dial.sweep,
      to: onStep(this.voltage.at(now)),
      fill: late ? palette.lateFill : palette.voltage,
      light: late ? palette.lateLight : palette.voltageLight,
    });
    const power = onStep(this.power.at(now));
    const into = (power ?? 0) > 0;
    const powerLate = watts.freshness === 'late';
    this.slots.powerArc.show({
      from: 0,
      to: power,
      fill: powerLate ? palette.lateFill : into ? palette.powerIn : palette.powerOut,
      light: powerLate ? palette.lateLight : into ? palette.powerInLight : palette.powerOutLight,
    });
  }

  private showNumbers(view: MainView, now: number): void {
    const { slots } = this;
    const { palette } = this.options;
    const { dial } = this.layout;
    const light = { live: palette.powerIn, late: palette.warning, silent: palette.warning }[view.link.tone];
    slots.clock.show({ text: view.clock, tone: 'fresh' });
    slots.light.show({ colour: light, hollow: view.link.tone === 'silent' });
    slots.link.show({ text: view.link.text, tone: view.link.tone });
    // An acknowledged alarm is worth more than the own address.
    slots.address.show({ text: view.alarm.mark === '' ? view.address : '', tone: 'fresh' });
    slots.alarmMark.show({ text: view.alarm.mark });
    slots.banner.show(view.banner);
    slots.alarm.show({ title: view.alarm.strip, detail: '' });
    this.alarmShown = view.alarm.strip !== '';
    slots.current.show(readoutOf(view.current));
    slots.flow.show({ text: view.flow.text, tone: view.flow.tone });
    slots.kilowatts.show({ text: this.kilowattFormat.format(view.power.value), tone: view.power.freshness });
    slots.module.show({ level: view.stateOfCharge.level, late: view.stateOfCharge.tone === 'late' });
    slots.stateOfCharge.show(readoutOf(view.stateOfCharge));
    slots.timeLeft.show({ text: view.timeLeft, tone: 'fresh' });
    if (slots.battery !== undefined) showBattery(slots.battery, view, palette);
    slots.stateOfChargeAge.show(captionOf(view.stateOfCharge, '', view.bank.charge));
    const angle = (volts: number | undefined): number | undefined =>
      volts === undefined ? undefined : voltageAngle(dial, this.voltageScale, volts);
    slots.cutoffs.show({ low: angle(view.cutoffs?.low), high: angle(view.cutoffs?.high) });
    if (slots.cells !== undefined) {
      const { cells } = this.monitored.battery;
      const { height } = this.panels.cells.bars;
      const balancing = this.own?.balancing(now) ?? [];
      this.cellWindow = showCells(slots.cells, view, cells, height, this.cellWindow, balancing);
    }
    this.showPowerLog(now);
  }

  private showPowerLog(now: number): void {
    // It gives way while an alarm and many devices need its room.
    if (this.layout.powerLog.height === 0) return;
    const { bars, steps } = this.panels.powerLog;
    const full = this.powerScale / this.zoom.factor;
    const half = Math.floor(bars.height / 2);
    this.slots.zoom.show({ text: `${this.zoom.factor}X`, tone: 'fresh' });
    this.slots.powerScale.show({ text: `±${full} ${screenUnit('power').unit}`, tone: 'fresh' });
    this.slots.powerBars.show({
      heights: this.monitored.powerLog
        .series(now)
        .slice(-steps)
        .map((power) => (power === undefined ? undefined : Math.round((-power / 1000 / full) * half))),
    });
  }
}

function shapeOf(needs: SiteNeeds | undefined, ends: FlowEnds, alarm: boolean): string {
  return JSON.stringify([needs, ends, alarm]);
}

function showBattery(slots: BatterySlots, view: MainView, palette: Palette): void {
  slots.batteryFill.show({
    level: view.stateOfCharge.level,
    fill: batteryColour(view.stateOfCharge, palette),
  });
  slots.packVoltage.show(readoutOf(view.packVoltage));
  slots.packCaption.show(captionOf(view.packVoltage, 'pack', view.bank.voltage));
  slots.temperature.show(readoutOf(view.temperature));
  slots.hottestCaption.show(captionOf(view.temperature, 'hottest'));
}

function batteryColour({ tone, level }: MainView['stateOfCharge'], palette: Palette): Colour {
  if (tone === 'late') return palette.lateFill;
  return level !== undefined && level <= lowLevel ? palette.warning : palette.voltage;
}
