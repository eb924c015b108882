import { evtvDecoder } from '../../src/devices/evtv/decoder';
import { HeardLog } from '../../src/features/hearing/heard-log';
import { returnFreedMemory } from '../../src/io/freed-memory';
import { FrameIntake } from '../../src/io/sources/frame-intake';
import type { SourceStatus } from '../../src/model/source-status';
import { statusText } from '../../src/words/en';
import { Site } from '../../src/model/site';
import { powerLogLength } from '../../src/model/power-log';
import { encodeStateOfCharge } from '../../src/devices/evtv/encode';
import type { Surroundings } from '../../src/screens/screen';
import { seededRandom } from '../../src/simulation/random';
import { BadWire } from './bad-wire';
import { LimitedLog } from './limited-log';
import { Panel } from './panel';
import { clockJumps } from './set-clocks';
import { SimulatedTime } from './simulated-time';
import { useScreens } from './visitor';

const minute = 60_000;
/** Panels that the picture moves to for half an hour at noon, one after the other. */
const otherPanels = [
  { width: 800, height: 480, rotate: 90 },
  { width: 1024, height: 600, rotate: 180 },
  { width: 480, height: 320, rotate: 270 },
] as const;
const usualPanel = { width: 800, height: 480, rotate: 0 } as const;
/** Complaints that are kept: one shows what is wrong, a thousand would be no wiser. */
const mostFaults = 10;

/**
 * A display's life, from the controller to the framebuffer, made of the program's own parts. Everything that the display
 * hears is as often as in life. The first five minutes of each hour are also drawn as in life, up to 25 pictures a second; else one
 * picture is drawn a second. Each hour the wire falls silent, the source is lost and found, a socket is opened, the
 * framebuffer breaks; each quarter of an hour every screen is opened by touches and keys; at noon the panel is another one.
 */
export class LongLife {
  readonly time = new SimulatedTime();
  readonly faults: string[] = [];
  pictures = 0;
  private readonly log = new LimitedLog(this.time);
  private readonly heardLog = new HeardLog(this.log.log, this.time);
  private readonly site = new Site();
  private readonly monitored = this.site.battery('battery');
  private readonly random = seededRandom(1);
  private readonly stop = new AbortController();
  private status: SourceStatus = {
    state: 'connecting',
    label: 'CAN can0',
    report: { code: 'starting', values: {} },
  };
  private readonly intake = new FrameIntake(this.time, evtvDecoder(), {
    reading: (reading) => {
      this.monitored.battery.apply(reading);
      if (this.asInLife) this.panel.display.changed();
    },
    rejected: (cause, detail) => this.heardLog.rejected(cause, detail),
    status: (status) => {
      this.status = status;
      this.log.log.info(statusText(status));
    },
  });
  private readonly wire = new BadWire(this.time, this.intake);
  private asInLife = true;
  private panel: Panel;
  private minutes = 0;

  /**
   * @param root the folder that holds `fonts/` and `images/`
   * @param framebuffer a file to be written over
   */
  constructor(
    private readonly root: string,
    private readonly framebuffer: string,
  ) {
    this.panel = this.makePanel(usualPanel);
    this.wire.connect();
    returnFreedMemory(this.stop.signal, this.time);
    this.tick();
  }

  /** Lines that the log would have. */
  get logLines(): number {
    return this.log.lines;
  }

  /** Frames that were heard, ignored and malformed. */
  get heard(): number {
    const { frames, ignored, malformed } = this.intake.counters;
    return frames + ignored + malformed;
  }

  /** Lives on for some whole hours. */
  async live(hours: number): Promise<void> {
    for (let i = 0; i < hours * 60; i++) {
      await this.happen(this.minutes % 60, Math.floor(this.minutes / 60));
      this.minutes++;
      await this.time.pass(minute);
    }
  }

  /** Lets go of everything. */
  async end(): Promise<void> {
    this.stop.abort();
    await this.wire.close();
    this.panel.close();
  }

  /** What is special in this minute of this hour. */
  private async happen(minuteOfHour: number, hour: number): Promise<void> {
    const { panel, wire } = this;
    this.asInLife = minuteOfHour < 5;
    if (minuteOfHour === 0)
      for (const [at, time] of clockJumps) if (at === hour) this.time.setWall(new Date(time));
    if (minuteOfHour % 15 === 1) useScreens(this.panel, this.random);
    if (minuteOfHour === 10) wire.silent = true;
    if (minuteOfHour === 13) wire.silent = false;
    if (minuteOfHour === 20) void wire.interrupt(2 * minute);
    if (minuteOfHour === 35) await wire.useSocket(encodeStateOfCharge({ stateOfCharge: 50 }));
    if (minuteOfHour === 40) panel.broken = true;
    if (minuteOfHour === 41) panel.broken = false;
    const other = otherPanels[Math.floor(hour / 24) % otherPanels.length];
    if (hour % 24 === 12 && minuteOfHour === 0 && other !== undefined) this.change(other);
    if (hour % 24 === 12 && minuteOfHour === 30) this.change(usualPanel);
    if (minuteOfHour === 9 || minuteOfHour === 59) this.check();
  }

  private makePanel(options: Pick<Panel, 'width' | 'height'> & { rotate: 0 | 90 | 180 | 270 }): Panel {
    const { root, framebuffer, time } = this;
    return new Panel({
      ...options,
      root,
      framebuffer,
      battery: this.monitored,
      clock: time,
      timers: time,
      // Between the minutes that are as in life the tick draws, and nobody else.
      pace: { after: (ms, draw) => (this.asInLife ? time.after(ms, draw) : () => undefined) },
      log: this.log.log,
      surroundings: () => this.surroundings(),
    });
  }

  private change(options: Parameters<LongLife['makePanel']>[0]): void {
    this.panel.close();
    this.panel = this.makePanel(options);
  }

  private surroundings(): Surroundings {
    this.pictures++;
    const { frames, ignored, malformed, sender } = this.intake.counters;
    const { label, state } = this.status;
    const text = statusText(this.status);
    const source = { label, text, up: state !== 'connecting', frames, ignored, malformed, sender };
    return { now: this.time.monotonic(), wall: this.time.wall(), address: '192.168.1.72', source };
  }

  private tick(): void {
    this.time.after(1000, () => {
      if (this.stop.signal.aborted) return;
      this.site.sample(this.time.monotonic());
      this.heardLog.tick();
      this.log.tick();
      if (this.asInLife) this.panel.display.changed();
      else this.panel.display.draw();
      this.tick();
    });
  }

  /** By now everything has long been well again. */
  private check(): void {
    const now = this.time.monotonic();
    const { battery, powerLog } = this.monitored;
    const { freshness } = battery.current(now);
    if (freshness !== 'fresh') this.fault(`the current is ${freshness}`);
    if (battery.cells.voltages(now).some((voltage) => voltage === undefined)) this.fault('cells are missing');
    if (this.panel.navigator.screenName !== 'main') this.fault(`${this.panel.navigator.screenName} is shown`);
    const known = powerLog.series(now).filter((power) => power !== undefined).length;
    // Outages take less than a tenth of it.
    const expected = 0.9 * Math.min(powerLogLength, now / (2 * minute));
    if (known < expected) this.fault(`the power log has ${known} of ${expected} values`);
  }

  private fault(text: string): void {
    const when = `${Math.floor(this.minutes / 60)} h ${this.minutes % 60} min`;
    if (this.faults.length < mostFaults)
      this.faults.push(`after ${when}, at ${this.time.wall().toISOString()}: ${text}`);
  }
}
