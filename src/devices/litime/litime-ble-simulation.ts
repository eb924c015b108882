import { bigEndianWords } from '../../protocol/big-endian';
import { withCrc } from '../../protocol/modbus-rtu';
import type { DeviceSimulation, GattLink } from '../device-type';
import type { PlayedCharger } from '../played-site';
import { untilClosed } from '../until-closed';
import { controllerAddress, loadRegister, ratingsBlock, statusBlock } from './registers';
import { controllerCharacteristic } from './requests';

const [readFunction, writeFunction, exceptionBit] = [0x03, 0x06, 0x80];
const illegalAddress = 2;
/** Address, function, two words and the CRC. */
const requestLength = 8;
/** s of a day from dawn to dusk. */
const day = 3600;

/** Modes of the default list of charge-modes.ts. */
const modes = { night: 0, sun: 2, voltage: 4 } as const;

/** Answers as a LiTime controller does. */
export class SimulatedController {
  private isLoadOn = true;

  /** @param charger what it is like when it is asked; without, the sun rises and sets as the seconds pass, and it has a load */
  constructor(private readonly charger?: () => PlayedCharger) {}

  /** The answer to a request; `undefined` for bytes that are none. @param seconds since it was started */
  answer(bytes: Uint8Array, seconds: number): Uint8Array | undefined {
    if (bytes.length !== requestLength || bytes[0] !== controllerAddress) return undefined;
    if (!Buffer.from(withCrc(bytes.subarray(0, -2))).equals(bytes)) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const [code, first, second] = [view.getUint8(1), view.getUint16(2), view.getUint16(4)];
    const data = code === readFunction ? this.read(first, second, seconds) : undefined;
    if (data !== undefined)
      return withCrc(Uint8Array.of(controllerAddress, readFunction, data.length, ...data));
    if (code === writeFunction && first === loadRegister && second <= 1) {
      this.isLoadOn = second === 1;
      return Uint8Array.from(bytes);
    }
    return withCrc(Uint8Array.of(controllerAddress, code | exceptionBit, illegalAddress));
  }

  private read(start: number, count: number, seconds: number): Uint8Array | undefined {
    const isBlock = (block: typeof statusBlock): boolean => start === block.start && count === block.count;
    if (isBlock(ratingsBlock))
      return Buffer.concat([
        Uint8Array.of(60, 30, 48, 12),
        Buffer.from('SIMULATED'.padEnd(16, '\0'), 'latin1'),
        bigEndianWords([104]),
      ]);
    if (!isBlock(statusBlock)) return undefined;
    return bigEndianWords(
      this.charger === undefined ? this.ownStatus(seconds) : this.siteStatus(this.charger()),
    );
  }

  private siteStatus({ batteryVoltage, current, ...charger }: PlayedCharger): number[] {
    const volts = Math.round(batteryVoltage * 10);
    const warmth = Math.round(charger.batteryTemperature);
    const total = Math.round(charger.energy);
    return [
      Math.round(charger.stateOfCharge * 100),
      ...[volts, Math.round(current * 100), Math.round(batteryVoltage * current)],
      // The controller is as warm as its current makes it.
      ((warmth + Math.round(current / 4)) << 8) | warmth,
      ...[this.isLoadOn ? volts : 0, 0, 0],
      ...[Math.round(charger.pvVoltage * 10), Math.round(charger.highestPowerToday)],
      ...[Math.round(charger.energyToday), 0],
      (this.isLoadOn ? 0x8000 : 0) | modes[charger.limit],
      ...[0, 3, total >>> 16, total & 0xffff, 0, 0],
    ];
  }

  private ownStatus(seconds: number): number[] {
    const sun = Math.sin((Math.PI * (seconds % day)) / day);
    const current = 10 + 30 * sun;
    const energy = Math.round(400 * (seconds / day));
    const load = this.isLoadOn ? 1.5 : 0;
    return [
      ...[80, 136, Math.round(current * 100), Math.round(13.6 * current)],
      (25 << 8) | 18,
      ...[this.isLoadOn ? 136 : 0, load * 100, Math.round(13.6 * load)],
      ...[Math.round(10 * (30 + 8 * sun)), 544, energy, 60, (this.isLoadOn ? 0x8000 : 0) | 2],
      ...[0, 3, 0, 6112 + energy, 0, 800],
    ];
  }
}

/** A played LiTime controller for `packdial simulate`. */
export const litimeBleSimulation: DeviceSimulation<GattLink> = {
  settings: {},
  offer: () => ({
    name: 'BT-LTMPPT-SIMULATED',
    services: [
      {
        uuid: 'ffe0',
        characteristics: [
          { uuid: controllerCharacteristic, flags: ['read', 'write', 'write-without-response', 'notify'] },
        ],
      },
    ],
  }),
  play: async (link, { clock, site }, signal) => {
    const controller = new SimulatedController(site && (() => site.charger()));
    const begun = clock.monotonic();
    const stop = await link.notifications(controllerCharacteristic, (piece) => {
      const answer = controller.answer(piece, (clock.monotonic() - begun) / 1000);
      if (answer !== undefined) void link.write(controllerCharacteristic, answer).catch(() => undefined);
    });
    await untilClosed(link, signal);
    stop();
  },
};
