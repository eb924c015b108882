import { evtvReading } from '../../src/devices/evtv/readings';
import { Site, type MonitoredBattery } from '../../src/model/site';

/** A battery of which everything can be changed at once. */
export class ChangingPack {
  readonly monitored: MonitoredBattery = new Site().battery('battery');
  private step = 0;

  constructor(private readonly modules: number) {}

  /** Changes every value that the screen shows; `now` in monotonic ms. */
  changeEverything(now: number): void {
    const { battery, powerLog } = this.monitored;
    const step = ++this.step;
    const swing = Math.sin(step / 3);
    battery.apply(
      evtvReading(
        {
          message: '0x150',
          packCurrent: Math.round(150 * swing),
          packVoltage: 48 + (step % 30) / 10,
          ampHours: -step / 10,
          temperatureMax: 20 + (step % 20),
          temperatureMin: 19,
        },
        now,
      ),
    );
    battery.apply(evtvReading({ message: '0x650', stateOfCharge: 20 + (step % 120) / 2 }, now));
    const average = 3.8 + 0.2 * swing;
    const spread = 0.02 + (step % 10) / 1000;
    battery.apply(
      evtvReading(
        { message: '0x651', cellAverage: average, cellLow: average - spread, cellHigh: average + spread },
        now,
      ),
    );
    battery.apply(evtvReading({ message: '0x652', highCutoff: 4.2, lowCutoff: 3.2 }, now));
    for (let index = 0; index < this.modules; index++) {
      const voltages = Array.from(
        { length: 6 },
        (_, cell) => average + 0.015 * Math.sin(step + index * 6 + cell),
      );
      battery.apply(evtvReading({ message: '0x68F', module: { index, total: this.modules, voltages } }, now));
    }
    powerLog.add(5000 * swing, now);
  }

  /** Changes the pack voltage and with it what follows from it: one large number and six smaller texts. */
  changeALittle(now: number): void {
    const { battery } = this.monitored;
    const step = ++this.step;
    battery.apply(
      evtvReading(
        {
          message: '0x150',
          packCurrent: 101,
          packVoltage: 48 + (step % 9) / 10,
          temperatureMax: 20 + (step % 9),
          temperatureMin: 19,
        },
        now,
      ),
    );
    battery.apply(evtvReading({ message: '0x650', stateOfCharge: 60 }, now));
    battery.apply(
      evtvReading(
        {
          message: '0x651',
          cellAverage: 3.8,
          cellLow: 3.78 - (step % 9) / 1000,
          cellHigh: 3.82 + (step % 9) / 1000,
        },
        now,
      ),
    );
  }
}
