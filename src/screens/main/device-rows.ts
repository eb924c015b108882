import { batteryQuantities } from '../../model/quantities';
import { inUnits, temperatureUnit, type Units } from '../../model/temperature';
import type { Colour, Palette } from '../../render/theme';
import type { DeviceRowProps } from '../../render/widgets/device-row';
import { siteWords as words } from '../../words/en/site';
import { fixed, formatAge, formatPercent, formatWatts, missing, signed, type Measured } from '../format';
import type { DeviceView } from '../screen';

/** What is wrong comes first: an alarm, one that was acknowledged, what is not received; else in the order given. */
export function inOrder(devices: readonly DeviceView[]): readonly DeviceView[] {
  return devices.toSorted((a, b) => urgency(a) - urgency(b));
}

function urgency({ alarm, freshness }: DeviceView): number {
  if (alarm !== undefined) return alarm.acknowledged ? 1 : 0;
  return freshness === 'lost' ? 2 : 3;
}

/** True for what can be shown on the dial. */
export function hasDial({ kind }: Pick<DeviceView, 'kind'>): boolean {
  return kind === 'battery' || kind === 'bank';
}

/** What a row says of a device. */
export function rowOf(device: DeviceView, units: Units, palette: Palette): Omit<DeviceRowProps, 'y'> {
  const { name, freshness, shown } = device;
  return {
    name,
    ...numberOf(device),
    ...detailOf(device, units),
    tone: freshness,
    colour: kindColour(device, palette),
    framed: shown,
  };
}

/** No row. */
export const noRow: Omit<DeviceRowProps, 'y'> = {
  name: '',
  number: '',
  unit: '',
  detail: '',
  detailUnit: '',
  detailTone: 'quiet',
  sign: false,
  tone: 'fresh',
  colour: '#000000',
  framed: false,
};

function numberOf(device: DeviceView): Pick<DeviceRowProps, 'number' | 'unit'> {
  const isLost = device.freshness === 'lost';
  if (!hasDial(device)) {
    const { text, unit } = formatWatts(isLost ? undefined : device.watts);
    return { number: text, unit };
  }
  const { unit } = batteryQuantities.stateOfCharge;
  return { number: isLost ? missing : formatPercent(device.stateOfCharge), unit };
}

type Detail = Pick<DeviceRowProps, 'detail' | 'detailUnit' | 'detailTone' | 'sign'>;

/** What is wrong, else how old it is, else what is to be noted, else what it does. */
function detailOf(device: DeviceView, units: Units): Detail {
  const { alarm, freshness, age, presence, switchedOff } = device;
  const warning = (detail: string, sign = false): Detail => ({
    detail,
    detailUnit: '',
    detailTone: 'warning',
    sign,
  });
  if (freshness === 'lost') {
    const text = age === Infinity ? words.never : words.lost(formatAge(age));
    return { ...warning(text, true), ...(alarm !== undefined && { detailTone: 'alarm' }) };
  }
  if (alarm !== undefined) return { ...warning(alarm.text, true), detailTone: 'alarm' };
  if (presence !== undefined) return warning(presence, true);
  if (freshness === 'late') return warning(words.old(formatAge(age)));
  const { off = 0, of = 0 } = switchedOff?.discharge ?? {};
  if (off > 0) return warning(of > 1 ? words.countOff(off) : words.off);
  const { text, unit } = activity(device, units);
  return { detail: text, detailUnit: unit, detailTone: 'quiet', sign: false };
}

function activity({ kind, current, mode, temperature, volts }: DeviceView, units: Units): Measured {
  if (kind !== 'solar-charger' && current !== undefined)
    return { text: signed(current, 1), unit: batteryQuantities.current.unit };
  const degrees =
    temperature === undefined
      ? undefined
      : `${fixed(inUnits(temperature, units), 0)} ${temperatureUnit(units)}`;
  const told = [mode, degrees].filter((text) => text !== undefined);
  if (told.length > 0) return { text: told.join(' · '), unit: '' };
  return volts === undefined
    ? { text: '', unit: '' }
    : { text: fixed(volts, 1), unit: batteryQuantities.voltage.unit };
}

function kindColour({ kind }: DeviceView, palette: Palette): Colour {
  const colours = {
    bank: palette.voltageLight,
    battery: palette.voltage,
    'solar-charger': palette.solar,
    meter: palette.secondary,
  };
  return colours[kind];
}
