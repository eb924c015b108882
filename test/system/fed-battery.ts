import { createSocket } from 'node:dgram';
import {
  encodeCellSummary,
  encodeCutoffs,
  encodeModule,
  encodePack,
  encodeStateOfCharge,
} from '../../src/devices/evtv/encode';
import { encodeDatagram } from '../../src/protocol/udp-frame';
import type { CanFrame } from '../../src/protocol/can-frame';

const modules = 16;

/** A controller on the wire whose values stand still until the test changes them: 96 cells over UDP, four times a second. */
export class FedBattery {
  private readonly socket = createSocket('udp4');
  private readonly timer: NodeJS.Timeout;
  private stateOfCharge = 77.5;
  /** °C, of the hottest terminal. */
  hottest = 27;

  constructor(private readonly port: number) {
    this.timer = setInterval(() => this.speak(), 250);
  }

  /** A new state of charge, told at once. @param percent in halves */
  charge(percent: number): void {
    this.stateOfCharge = percent;
    this.send(encodeStateOfCharge({ stateOfCharge: percent }));
  }

  close(): void {
    clearInterval(this.timer);
    this.socket.close();
  }

  private speak(): void {
    this.send(
      encodePack({
        packCurrent: 124,
        packVoltage: 49.4,
        ampHours: -41,
        temperatureMax: this.hottest,
        temperatureMin: 22,
      }),
    );
    this.send(encodeStateOfCharge({ stateOfCharge: this.stateOfCharge }));
    this.send(encodeCellSummary({ cellLow: 3.98, cellHigh: 4.04, cellAverage: 4.02 }));
    this.send(encodeCutoffs({ highCutoff: 4.2, lowCutoff: 3.2 }));
    for (let index = 0; index < modules; index++) {
      const voltages = Array.from({ length: 6 }, (_, cell) =>
        index === 3 && cell === 1 ? 3.98 : 4.01 + ((index * 5 + cell) % 4) / 100,
      );
      this.send(encodeModule({ index, total: modules, voltages }));
    }
  }

  private send(frame: CanFrame): void {
    this.socket.send(encodeDatagram(frame, 0), this.port, '127.0.0.1');
  }
}
