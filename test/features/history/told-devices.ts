import { bluenova } from '../../../src/devices/bluenova/bluenova';
import type { CapturedPiece, DeviceType, Link } from '../../../src/devices/device-type';
import { answerFrame, registers, statuses } from '../../../src/devices/jbd/frame';
import { jbdSerial } from '../../../src/devices/jbd/jbd-serial';
import { litimeBle } from '../../../src/devices/litime/litime-ble';
import {
  encodePayload,
  newLayout,
  oldLayout,
  type MeterLayout,
} from '../../../src/devices/thornwave/payload';
import { thornwaveBle } from '../../../src/devices/thornwave/thornwave-ble';
import { quantities } from '../../../src/model/quantities';
import type { Kind, Reading } from '../../../src/model/reading';
import { bigEndianWords } from '../../../src/protocol/big-endian';
import { withCrc } from '../../../src/protocol/modbus-rtu';
import type { Random } from '../../../src/simulation/random';
import { CollectingSink } from '../../devices/collecting-sink';

/** s for which each of them is believed without another word. */
export const every = 300;

/** A device of a test's site: what it says is different each time. */
export interface ToldDevice {
  readonly name: string;
  readonly kind: Kind;
  /** Its readings at a moment (monotonic ms). */
  readonly tell: (at: number, random: Random) => readonly Reading[];
}

const whole = (random: Random, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));
/** One bit of so many, or, mostly, none: what stands for a moment only must not be lost. */
const rareBit = (random: Random, count: number): number =>
  random() < 0.15 ? 2 ** whole(random, 0, count - 1) : 0;

/** A device that speaks as its own type does, read from the bytes or lines that it sends. */
function speaking<L extends Link>(
  name: string,
  type: DeviceType<L>,
  pieces: (random: Random) => readonly Omit<CapturedPiece, 'at'>[],
): ToldDevice {
  const sink = new CollectingSink();
  const context = {
    name,
    values: { every, interval: every },
    clock: { monotonic: () => 0, sleep: () => Promise.resolve() },
  };
  const listen = type.listen(context, sink);
  return {
    name,
    kind: type.kind,
    tell: (at, random) => {
      sink.readings.length = 0;
      for (const piece of pieces(random)) listen({ ...piece, at });
      if (Object.keys(sink.rejects).length > 0) throw new Error(sink.details.join());
      return [...sink.readings];
    },
  };
}

/** Bits of protection that the JBD battery has told, by the time. */
export const protectionTold: { readonly at: number; readonly bits: number }[] = [];

const jbd = (): ToldDevice => {
  let bits = 0;
  const device = speaking('jbd', jbdSerial, (random) => {
    bits = rareBit(random, 13);
    const cells = Array.from({ length: 8 }, () => whole(random, 2500, 3650));
    const current = whole(random, -20_000, 20_000) & 0xffff;
    const basic = [
      ...bigEndianWords([whole(random, 2000, 3000), current, whole(random, 0, 10_000), 10_000]),
      ...bigEndianWords([whole(random, 0, 3000), (22 << 9) | (3 << 5) | 28]),
      ...bigEndianWords([rareBit(random, 16), rareBit(random, 16), bits]),
      ...[0x21, whole(random, 0, 100), whole(random, 0, 3), 8, 3],
      ...bigEndianWords([0, 1, 2].map(() => whole(random, 2531, 3331))),
      whole(random, 1, 100),
      ...bigEndianWords([rareBit(random, 16), whole(random, 9000, 10_000), whole(random, 0, 10_000), 0]),
    ];
    const counts = Array.from({ length: 12 }, () => whole(random, 0, 65_000));
    const answer = (register: number, data: ArrayLike<number>) => ({
      bytes: answerFrame({ register, status: statuses.ok, data: Uint8Array.from(data) }),
    });
    return [
      answer(registers.basic, basic),
      answer(registers.cells, bigEndianWords(cells)),
      answer(registers.counters, bigEndianWords(counts)),
    ];
  });
  return {
    ...device,
    tell: (at, random) => {
      const readings = device.tell(at, random);
      protectionTold.push({ at, bits });
      return readings;
    },
  };
};

const litime = (): ToldDevice =>
  speaking('litime', litimeBle, (random) => {
    const answer = (data: ArrayLike<number>) => ({
      bytes: withCrc(Uint8Array.of(1, 3, data.length, ...Array.from(data))),
    });
    const some = (count: number, most: number): number[] =>
      Array.from({ length: count }, () => whole(random, 0, most));
    const status = [
      ...[whole(random, 0, 100), ...some(3, 6000), (whole(random, 0, 90) << 8) | whole(random, 0, 60)],
      ...some(7, 6000),
      (whole(random, 0, 1) << 15) | whole(random, 0, 6),
      ...[rareBit(random, 16), whole(random, 0, 4000)],
      ...[whole(random, 0, 3), whole(random, 0, 0xffff), whole(random, 0, 3), whole(random, 0, 0xffff)],
    ];
    const ratings = [whole(random, 20, 60), 30, 48, 12, ...Buffer.from('LT-60'.padEnd(16, '\0')), 0, 104];
    return [answer(bigEndianWords(status)), answer(ratings)];
  });

const thornwave = (name: string, layout: MeterLayout): ToldDevice =>
  speaking(name, thornwaveBle, (random) => {
    const about = (middle: number, width: number): number => middle + (random() - 0.5) * width;
    const values = {
      stateOfCharge: whole(random, 0, 200) / 2,
      voltage: about(13.2, 2),
      voltage2: about(12.6, 1),
      current: about(0, 300),
      power: about(0, 4000),
      temperature: about(15, 60),
      charge: about(-40, 100),
      energy: about(-500, 1000),
      peakCurrent: about(150, 100),
      uptime: whole(random, 0, 4e9),
    };
    return [{ characteristic: layout.characteristic, bytes: encodePayload(values, layout) }];
  });

const blueNova = (): ToldDevice =>
  speaking('bluenova', bluenova, (random) => {
    const cells = Array.from({ length: 8 }, (_, i) => {
      const [celsius, millivolts] = [whole(random, -10, 50), whole(random, 2500, 3650)];
      return `C${String(i + 1).padStart(2, '0')}) T: ${celsius}, V: ${millivolts}`;
    });
    const inputs = [0, 1, 2, 3, 4].map((i) => `DEBUG: ADC[${i}]: 12 = ${(random() * 5000).toFixed(1)}`);
    const lines = [
      `MCU ID: ${whole(random, 0, 0xffffffff).toString(16)}`,
      `--- PO PARAMS --- (i=${whole(random, 1, 4)})`,
      `after assignRank() --> own rank = ${whole(random, 0, 3)}`,
      'CellCount: 8',
      ...cells,
      ...inputs,
      `Vpack: ${whole(random, 40_000, 58_000)}`,
      `Current: ${(random() * 200 - 100).toFixed(2)}`,
      `Temp: ${whole(random, -10, 50)}`,
      `Vc_max: ${whole(random, 3300, 3650)}`,
      `Vc_min: ${whole(random, 2500, 3300)}`,
      `SOC: ${whole(random, 0, 100)}`,
      `SOH: ${(random() * 100).toFixed(3)}`,
      `Vp_adc: ${whole(random, 40_000, 58_000)}`,
      ...(random() < 0.2 ? ['INFO: BAD CRC', 'INFO: cellcomms parse FAIL', 'DEBUG: REJECT BAD VCELL'] : []),
      'DEBUG: CALC PACK_CHARGE, STORE IN FLASH',
      `Write EnergyOut: ${(random() * 1e4).toFixed(3)}`,
      `Write EnergyOut: ${(random() * 1e4).toFixed(3)}`,
    ];
    return [{ text: lines.join('\n') }];
  });

/** A made-up device that tells every quantity of its kind's table, now and then without one. */
function tellingAll(kind: Kind): ToldDevice {
  const forms = Object.entries(quantities[kind]).filter(([, { computed }]) => computed !== true);
  const name = `every quantity of a ${kind}`;
  return {
    name,
    kind,
    tell: (at, random) => {
      const values = forms.flatMap(([quantity, { kept, decimals }]): [string, number][] => {
        if (random() < 0.05) return [];
        if (typeof kept === 'object') return [[quantity, rareBit(random, kept.flags.length)]];
        return [[quantity, whole(random, -50_000, 50_000) / 10 ** decimals]];
      });
      return [{ device: name, at, group: 'all', period: 1000 * every, values: Object.fromEntries(values) }];
    },
  };
}

/** The devices whose past is kept. */
export function toldDevices(): readonly ToldDevice[] {
  const kinds = ['battery', 'solar-charger', 'meter'] as const;
  const meters = [thornwave('thornwave', newLayout), thornwave('old thornwave', oldLayout)];
  return [jbd(), litime(), ...meters, blueNova(), ...kinds.map(tellingAll)];
}
