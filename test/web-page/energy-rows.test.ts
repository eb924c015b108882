import type { LiveStatus } from '../../src/io/web/web-parts';
import { Battery } from '../../src/model/battery';
import { completeStatus } from '../../src/protocol/complete-status';
import { energyRows, timeRows } from '../../src/web-page/energy-rows';
import { fullBattery } from '../io/web/full-battery';

type Energy = LiveStatus['display']['energy'];
const times = { timeToEmpty: null, timeToFull: null };

function live(energy: Energy, device: string | null = null, battery = fullBattery()): LiveStatus {
  return {
    status: completeStatus(battery, { bmsId: null, source: 'evtv-udp' }, 5000, new Date(0)),
    display: {
      device,
      link: { tone: 'live', text: '' },
      alarms: [],
      flow: null,
      energy,
      madeUp: false,
      demo: null,
      units: 'celsius',
    },
  };
}

test('each device has what went in and out today in kWh and Ah; what is not known is a dash', () => {
  const sums = { energyInToday: 12_340, energyOutToday: 0, countedToday: 9.96, ...times };
  const house = { ...sums, chargeInToday: 240.25, chargeOutToday: 0 };
  const roof = { energyInToday: 900, energyOutToday: 55, countedToday: 8, chargeInToday: null };
  const unheard = { energyInToday: null, energyOutToday: null, countedToday: null };
  const rows = energyRows(
    live([
      { device: 'house', values: house },
      { device: 'roof', values: roof },
      { device: 'shunt', values: unheard },
    ]),
  );
  expect(rows).toEqual([
    { device: 'house', texts: ['12.34', '0.00', '240.3', '0.0', '10.0'] },
    { device: 'roof', texts: ['0.90', '0.06', '—', '—', '8.0'] },
  ]);
});

const texts = (status: LiveStatus) => timeRows(status).map(({ label, text }) => [label, text]);

test('the times are those of the battery that is shown', () => {
  const energy = [
    { device: 'roof', values: {} },
    { device: 'Bank', values: { ...times, timeToEmpty: 12_000 } },
    { device: 'house', values: { ...times, timeToFull: 59 * 60 } },
  ];
  expect(texts(live(energy, 'house'))).toEqual([
    ['Time to empty', '—'],
    ['Time to full', '59 min'],
  ]);
  expect(texts(live(energy))[0]).toEqual(['Time to empty', '3 h 20 min']);
  expect(texts(live(energy, 'other'))).toEqual([
    ['Time to empty', '—'],
    ['Time to full', '—'],
  ]);
});

test('the time to full of a battery that is nearly full is a rough one', () => {
  const battery = new Battery('house');
  const values = { stateOfCharge: 96 };
  battery.apply({ device: 'house', at: 5000, group: 'all', period: 1000, values });
  const energy = [{ device: 'house', values: { ...times, timeToFull: 40 * 3600 } }];
  expect(texts(live(energy, null, battery))[1]).toEqual(['Time to full', '≈ 40 h']);
});
