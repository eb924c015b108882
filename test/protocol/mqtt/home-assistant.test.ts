import { describedBank, type DescribedDevice } from '../../../src/protocol/device-json';
import { energyDiscovery } from '../../../src/protocol/mqtt/energy-message';
import { discoveryMessages } from '../../../src/protocol/mqtt/home-assistant';
import { siteDiscovery } from '../../../src/protocol/mqtt/site-discovery';

const devices: readonly DescribedDevice[] = [
  describedBank('Bank'),
  { name: 'house', kind: 'battery', type: 'jbd-ble' },
  { name: 'Boot 1', kind: 'battery', type: 'bluenova' },
  { name: 'roof', kind: 'solar-charger', type: 'litime-ble' },
  { name: 'shunt', kind: 'meter', type: 'thornwave-ble' },
];

type Config = Readonly<Record<string, unknown>>;

function announced(withValues = true) {
  return [
    ...discoveryMessages('Morgan Oak', '1.2.3'),
    ...energyDiscovery('Morgan Oak', '1.2.3', 'Bank', devices),
    ...siteDiscovery('Morgan Oak', '1.2.3', 'Bank', devices, withValues),
  ].map(({ topic, payload }) => ({ topic, payload: JSON.parse(payload) as Config }));
}

const messages = announced();
const find = (topic: string) =>
  messages.find((message) => message.topic === `homeassistant/${topic}/config`)?.payload;

/**
 * What Home Assistant takes: homeassistant/components/sensor/const.py of home-assistant/core (DEVICE_CLASS_UNITS and
 * DEVICE_CLASS_STATE_CLASSES), of the classes that a battery, a charger or a meter can need.
 */
const classes: Readonly<
  Record<string, { readonly units: readonly string[]; readonly states: readonly string[] }>
> = {
  battery: { units: ['%'], states: ['measurement'] },
  current: { units: ['A', 'mA'], states: ['measurement'] },
  duration: {
    units: ['d', 'h', 'min', 's', 'ms'],
    states: ['measurement', 'total', 'total_increasing'],
  },
  energy: { units: ['Wh', 'kWh', 'MWh'], states: ['total', 'total_increasing'] },
  power: { units: ['W', 'kW', 'MW'], states: ['measurement'] },
  temperature: { units: ['°C', '°F', 'K'], states: ['measurement'] },
  voltage: { units: ['V', 'mV', 'µV', 'kV', 'MV'], states: ['measurement'] },
};
/** Keys of its MQTT sensors and binary sensors; one that it does not know makes it refuse nothing, but does nothing either. */
const shared = [
  'name', 'unique_id', 'object_id', 'default_entity_id', 'state_topic', 'value_template', 'availability_topic',
  'expire_after', 'device_class', 'device', 'json_attributes_topic', 'json_attributes_template',
]; // prettier-ignore
const known: Readonly<Record<string, readonly string[]>> = {
  sensor: [...shared, 'state_class', 'unit_of_measurement', 'suggested_display_precision'],
  binary_sensor: shared,
};

test('every message has what Home Assistant requires, and only classes and units that go together there', () => {
  expect(messages.length).toBeGreaterThan(60);
  for (const { topic, payload } of messages) {
    const [, component = '', node, object] =
      /^homeassistant\/(sensor|binary_sensor)\/([\w-]+)\/([\w-]+)\/config$/.exec(topic) ?? [];
    expect(Object.keys(payload).filter((key) => known[component]?.includes(key) !== true)).toEqual([]);
    expect(payload['state_topic']).toMatch(/^EVTV\/Morgan Oak\/[^#+]+$/);
    expect(payload['unique_id']).toBe(`${node ?? ''}_${object ?? ''}`);
    expect(payload['default_entity_id']).toMatch(new RegExp(`^${component}\\.[\\da-z_]+$`));
    expect(payload['device']).toMatchObject({ identifiers: [node] });
    if (component === 'binary_sensor') {
      expect(payload['device_class']).toBe('problem');
      continue;
    }
    const [of, unit, state] = ['device_class', 'unit_of_measurement', 'state_class'].map(
      (key) => payload[key] as string | undefined,
    );
    expect(['measurement', 'total_increasing']).toContain(state);
    if (of === undefined) continue;
    expect(classes[of]?.units).toContain(unit);
    expect(classes[of]?.states).toContain(state);
  }
  expect(new Set(messages.map(({ topic }) => topic)).size).toBe(messages.length);
});

test('a device that is not the main battery has its values from its own topic', () => {
  expect(find('sensor/packdial_Morgan_20Oak_roof/pvPower')).toEqual({
    name: 'PV power',
    unique_id: 'packdial_Morgan_20Oak_roof_pvPower',
    object_id: 'packdial_Morgan_20Oak_roof_pvPower',
    default_entity_id: 'sensor.packdial_morgan_20oak_roof_pvpower',
    state_topic: 'EVTV/Morgan Oak/Devices/roof',
    value_template: "{{ value_json['values']['pvPower'] }}",
    availability_topic: 'EVTV/Morgan Oak/availability',
    expire_after: 90,
    state_class: 'measurement',
    unit_of_measurement: 'W',
    device_class: 'power',
    suggested_display_precision: 0,
    device: {
      identifiers: ['packdial_Morgan_20Oak_roof'],
      name: 'Morgan Oak roof',
      model: 'Solar charger',
      manufacturer: 'packdial',
      sw_version: '1.2.3',
    },
  });
  expect(find('sensor/packdial_Morgan_20Oak_Boot_201/voltage')).toMatchObject({
    state_topic: 'EVTV/Morgan Oak/Devices/Boot 1',
  });
});

test('the Energy dashboard has sums in kWh that only grow: of the day, and of all that a charger has counted', () => {
  const energies = messages.filter(({ payload }) => payload['device_class'] === 'energy');
  // Two of the day for each device, and two more of the charger.
  expect(energies).toHaveLength(2 * devices.length + 2);
  for (const { payload } of energies)
    expect(payload).toMatchObject({ unit_of_measurement: 'kWh', state_class: 'total_increasing' });
  expect(find('sensor/packdial_Morgan_20Oak_roof/chargedTotal')?.['value_template']).toBe(
    "{{ (value_json['values']['chargedTotal'] / 1000) | round(4) if value_json['values']['chargedTotal'] is number else none }}",
  );
});

test('every device has its alarms, each under its own name in one message', () => {
  expect(find('binary_sensor/packdial_Morgan_20Oak_Boot_201/alarms')).toMatchObject({
    device_class: 'problem',
    state_topic: 'EVTV/Morgan Oak/Alarms',
    value_template: `{{ 'ON' if value_json.devices["Boot 1"].count > 0 else 'OFF' }}`,
    json_attributes_topic: 'EVTV/Morgan Oak/Alarms',
    json_attributes_template: '{{ value_json.devices["Boot 1"] | tojson }}',
  });
  expect(messages.filter(({ topic }) => topic.includes('binary_sensor'))).toHaveLength(devices.length);
  expect(find('binary_sensor/packdial_Morgan_20Oak/alarms')).toMatchObject({
    device: { name: 'Morgan Oak' },
  });
});

test('where devices are not published one by one, their values are not announced', () => {
  const few = announced(false);
  expect(few.filter(({ payload }) => String(payload['state_topic']).includes('/Devices/'))).toEqual([]);
  expect(few.filter(({ topic }) => topic.includes('binary_sensor'))).toHaveLength(devices.length);
});
