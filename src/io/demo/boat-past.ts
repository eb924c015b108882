import type { DeviceSample } from '../../model/history/device-sample';
import type { SiteDevice } from '../../simulation/boat-devices';
import {
  boatBefore,
  earlierStep,
  latestPart,
  latestStep,
  leadUpDays,
  type LeadUpOptions,
} from '../../simulation/lead-up';
import type { SimulatedBoat } from '../../simulation/simulated-boat';
import { BatterySamples, type BatteryMoment } from './battery-samples';
import { stepsOfSample } from './pack-past';
import type { PastFlow, PastState, PastStep } from './past-step';

/** What a boat's past is computed of. */
export interface BoatPastOptions extends Pick<LeadUpOptions, 'seed' | 'wallTimeOfDay'> {
  readonly devices: readonly SiteDevice[];
  /** Name of the bank that the batteries are. */
  readonly bank: string;
}

type PlayedBattery = ReturnType<SimulatedBoat['battery']>;

const chargerNames = [
  ...['batteryVoltage', 'chargeCurrent', 'chargePower', 'pvVoltage', 'stateOfCharge', 'batteryTemperature'],
  ...['chargedToday', 'maxPowerToday', 'chargedTotal'],
];
const meterNames = ['voltage', 'current', 'power', 'temperature', 'stateOfCharge', 'charge', 'energy'];
/** Those of them that count on from one part to the other. */
const counted = new Set(['chargedTotal', 'charge', 'energy']);

/** The past of the demonstration's boat, in the order of time. */
export function* boatPast({ devices, bank, ...options }: BoatPastOptions): Generator<PastStep, void> {
  const of = (type: string): readonly SiteDevice[] => devices.filter((device) => device.type === type);
  const batteries = of('jbd-ble').map(({ name }) => name);
  const makers = new Map([bank, ...batteries].map((name) => [name, new BatterySamples(name)]));
  const sampleBattery = (name: string, moment: BatteryMoment): DeviceSample[] => {
    const maker = makers.get(name);
    return maker === undefined ? [] : [maker.of(moment)];
  };
  const samplesOf = (boat: SimulatedBoat): DeviceSample[] => {
    const members = batteries.map((name) => boat.battery(name));
    return [
      ...sampleBattery(bank, together(members)),
      ...batteries.flatMap((name, i) => {
        const member = members[i];
        return member === undefined ? [] : sampleBattery(name, momentOf(member));
      }),
      ...of('litime-ble').map(({ name }) => chargerSample(name, boat)),
      ...of('thornwave-ble').map(({ name, role = '' }) => meterSample(name, role, boat)),
    ];
  };
  const flowsOf = (boat: SimulatedBoat): PastFlow[] => {
    const battery = boat.meter('battery');
    const flow = (device: string, volts: number, amps: number): PastFlow => ({
      device,
      watts: volts * amps,
      amps,
    });
    const charger = boat.charger();
    return [
      flow(bank, battery.voltage, battery.current),
      ...batteries.map((name) => flow(name, battery.voltage, boat.battery(name).current)),
      ...of('litime-ble').map(({ name }) => flow(name, charger.batteryVoltage, charger.current)),
      ...of('thornwave-ble').map(({ name, role = '' }) => {
        const { voltage, current } = boat.meter(role);
        return flow(name, voltage, current);
      }),
    ];
  };
  const earlier = new Map<string, DeviceSample[]>();
  let before = leadUpDays * 86_400;
  for (const part of ['earlier', 'latest'] as const) {
    const seconds = part === 'earlier' ? earlierStep : latestStep;
    const end = part === 'earlier' ? latestPart : 0;
    const boat = boatBefore(part, { ...options, batteries, monotonic: () => 0 });
    if (part === 'latest') countOn(earlier, samplesOf(boat));
    let steps = 0;
    while (before > end) {
      const flows = flowsOf(boat);
      boat.skip(seconds);
      before -= seconds;
      steps++;
      if (steps < stepsOfSample[part]) {
        yield { before, seconds, flows, states: [], samples: [] };
        continue;
      }
      steps = 0;
      const samples = samplesOf(boat);
      if (part === 'earlier') {
        for (const sample of samples) {
          const own = earlier.get(sample.device) ?? [];
          own.push(sample);
          earlier.set(sample.device, own);
        }
      }
      yield { before, seconds, flows, states: batteries.map((name) => stateOf(name, boat)), samples };
    }
  }
}

function stateOf(device: string, boat: SimulatedBoat): PastState {
  return { device, stateOfCharge: 100 * boat.battery(device).stateOfCharge };
}

function momentOf({ cells, current, stateOfCharge, temperatures }: PlayedBattery): BatteryMoment {
  return {
    cells,
    current,
    voltage: cells.reduce((sum, volts) => sum + volts, 0),
    stateOfCharge: 100 * stateOfCharge,
    probes: temperatures,
    temperatures: { max: Math.max(...temperatures), min: Math.min(...temperatures) },
  };
}

function together(members: readonly PlayedBattery[]): BatteryMoment {
  const sum = (of: (member: PlayedBattery) => number): number =>
    members.reduce((total, member) => total + of(member), 0);
  const all = members.map(momentOf);
  return {
    cells: members.flatMap(({ cells }) => cells),
    current: sum(({ current }) => current),
    voltage: all.reduce((total, { voltage }) => total + voltage, 0) / all.length,
    stateOfCharge:
      (100 * sum(({ stateOfCharge, capacity }) => stateOfCharge * capacity)) /
      sum(({ capacity }) => capacity),
    temperatures: {
      max: Math.max(...all.map(({ temperatures }) => temperatures.max)),
      min: Math.min(...all.map(({ temperatures }) => temperatures.min)),
    },
  };
}

function chargerSample(device: string, boat: SimulatedBoat): DeviceSample {
  const { batteryVoltage, current, ...charger } = boat.charger();
  const values = [
    ...[batteryVoltage, current, batteryVoltage * current, charger.pvVoltage],
    ...[100 * charger.stateOfCharge, charger.batteryTemperature],
    ...[charger.energyToday, charger.highestPowerToday, charger.energy],
  ];
  return { device, kind: 'solar-charger', names: chargerNames, values: Float64Array.from(values) };
}

function meterSample(device: string, role: string, boat: SimulatedBoat): DeviceSample {
  const { voltage, current, temperature, stateOfCharge, charge, energy } = boat.meter(role);
  const values = [voltage, current, voltage * current, temperature, 100 * stateOfCharge, charge, energy];
  return { device, kind: 'meter', names: meterNames, values: Float64Array.from(values) };
}

/** Moves the counters of the earlier samples so that they end where those of the later part begin. */
function countOn(
  earlier: ReadonlyMap<string, readonly DeviceSample[]>,
  begin: readonly DeviceSample[],
): void {
  for (const { device, names, values: first } of begin) {
    const own = earlier.get(device) ?? [];
    const last = own.at(-1)?.values;
    for (const [i, name] of names.entries()) {
      if (!counted.has(name)) continue;
      const off = (first[i] ?? 0) - (last?.[i] ?? 0);
      for (const { values } of own) values[i] = (values[i] ?? 0) + off;
    }
  }
}
