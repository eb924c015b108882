import type { LiveStatus } from '../../src/io/web/web-parts';
import { completeStatus } from '../../src/protocol/complete-status';
import { Battery } from '../../src/model/battery';
import { valueRows } from '../../src/web-page/value-rows';
import { fullBattery } from '../io/web/full-battery';

function live(battery: Battery, units: LiveStatus['display']['units'] = 'celsius'): LiveStatus {
  const status = completeStatus(battery, { bmsId: null, source: 'evtv-udp' }, 5000, new Date(0));
  return {
    status,
    display: {
      device: null,
      link: { tone: 'live', text: '' },
      alarms: [],
      flow: null,
      energy: [],
      madeUp: false,
      demo: null,
      units,
    },
  };
}

test('an EVTV battery’s values are told as ever', () => {
  const rows = valueRows(live(fullBattery())).map(({ label, text, unit }) => [label, text, unit]);
  expect(rows).toEqual([
    ['State of charge', '11.5', '%'],
    ['Power', '−1.41', 'kW'],
    ['Current', '−34.21', 'A'],
    ['Pack voltage', '41.1', 'V'],
    ['Highest temperature', '36', '°C'],
    ['Lowest temperature', '31', '°C'],
    ['Ampere-hours', '−139.7', 'Ah'],
    ['Lowest cell', '3.412', 'V'],
    ['Mean of the cells', '3.485', 'V'],
    ['Highest cell', '3.561', 'V'],
    ['Upper cut-off', '4.10', 'V'],
    ['Lower cut-off', '3.00', 'V'],
    ['Charger is asked for', '21', 'A'],
    ['Cells heard', '12', ''],
  ]);
});

test('temperatures come in the owner’s unit, and what is not known as a dash', () => {
  const fahrenheit = valueRows(live(fullBattery(), 'fahrenheit'));
  expect(fahrenheit[4]).toMatchObject({ text: '97', unit: '°F', age: '4 s ago' });
  for (const { text, age } of valueRows(live(new Battery('new')))) expect([text, age]).toEqual(['—', '—']);
});
