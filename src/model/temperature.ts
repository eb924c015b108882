/** What temperatures are shown in. */
export type Units = 'celsius' | 'fahrenheit';

/** A temperature in the owner's units. @param celsius °C */
export function inUnits(celsius: number, units: Units): number {
  return units === 'fahrenheit' ? celsius * 1.8 + 32 : celsius;
}

/** What is written behind a temperature. */
export function temperatureUnit(units: Units): string {
  return units === 'fahrenheit' ? '°F' : '°C';
}

/** A temperature in whole degrees, such as `63 °C` or `145 °F`. @param celsius °C */
export function temperatureText(celsius: number, units: Units): string {
  // A zero has no sign.
  return `${(Math.round(inUnits(celsius, units)) + 0).toFixed(0)} ${temperatureUnit(units)}`;
}
