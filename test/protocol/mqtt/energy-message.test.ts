import { energyDiscovery, energyMessage } from '../../../src/protocol/mqtt/energy-message';

const devices = [
  { name: 'house', kind: 'battery' },
  { name: 'roof 1', kind: 'solar-charger' },
  { name: 'shunt', kind: 'meter' },
] as const;
const messages = energyDiscovery('Müller.1', '1.2.3', 'house', devices).map(({ topic, payload }) => ({
  topic,
  payload: JSON.parse(payload) as Readonly<Record<string, unknown>>,
}));
const find = (topic: string) =>
  messages.find((message) => message.topic === `homeassistant/sensor/${topic}/config`);

test('a message has the values of all devices by name', () => {
  const roof = { device: 'roof 1', values: { energyInToday: 1200.5, energyOutToday: null } };
  expect(JSON.parse(energyMessage([roof], new Date('2026-11-28T05:31:02.125Z')))).toEqual({
    schema: 1,
    timestamp: '2026-11-28T05:31:02.125Z',
    devices: { 'roof 1': roof.values },
  });
});

test('Home Assistant takes the energies for sums that begin anew each day, as its Energy dashboard wants them', () => {
  expect(find('packdial_M_fcller_2e1_roof_201/energyInToday')?.payload).toEqual({
    name: 'Energy in today',
    unique_id: 'packdial_M_fcller_2e1_roof_201_energyInToday',
    object_id: 'packdial_M_fcller_2e1_roof_201_energyInToday',
    default_entity_id: 'sensor.packdial_m_fcller_2e1_roof_201_energyintoday',
    state_topic: 'EVTV/Müller.1/Energy',
    value_template:
      '{{ (value_json.devices["roof 1"].energyInToday / 1000) | round(4) if value_json.devices["roof 1"].energyInToday is number else none }}',
    availability_topic: 'EVTV/Müller.1/availability',
    expire_after: 30,
    state_class: 'total_increasing',
    unit_of_measurement: 'kWh',
    device_class: 'energy',
    suggested_display_precision: 3,
    device: {
      identifiers: ['packdial_M_fcller_2e1_roof_201'],
      name: 'Müller.1 roof 1',
      model: 'Solar charger',
      manufacturer: 'packdial',
      sw_version: '1.2.3',
    },
  });
  // There is no class for Ah.
  const charge = find('packdial_M_fcller_2e1_shunt/chargeOutToday')?.payload;
  expect([charge?.['state_class'], charge?.['device_class']]).toEqual(['total_increasing', undefined]);
});

test('the battery’s own stand beside its other values, its times among them', () => {
  expect(find('packdial_M_fcller_2e1/timeToEmpty')?.payload).toMatchObject({
    name: 'Time to empty',
    state_class: 'measurement',
    device_class: 'duration',
    unit_of_measurement: 's',
    device: { identifiers: ['packdial_M_fcller_2e1'], name: 'Müller.1' },
  });
  expect(find('packdial_M_fcller_2e1_shunt/timeToEmpty')).toBeUndefined();
});

test('no two have one topic, and each has a topic that Home Assistant takes', () => {
  expect(messages).toHaveLength(6 + 4 + 4);
  expect(new Set(messages.map(({ topic }) => topic)).size).toBe(messages.length);
  for (const { topic } of messages)
    expect(topic).toMatch(/^homeassistant\/sensor\/[a-zA-Z0-9_-]+\/[a-zA-Z0-9_-]+\/config$/);
});
