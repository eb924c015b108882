import { textsOn } from '../../pictures/written-texts';
import { allActions, announced, desk, information, Owner } from './config-stories';
import { boat, devicesStory } from './device-stories';

/** What the index says of each part, from the texts that it writes. */
function indexed(owner: Owner): string[] {
  return textsOn(owner.picture().canvas).map(({ text }) => text);
}

test('the settings open with an index: a row for each part with a word on how it is set, and each leads to its part and back', () => {
  const { editor } = desk({ values: { night: '21:00-06:30', brightness: 80, log: false } });
  const owner = new Owner({ editor, information, service: allActions() }, 800, 480, 'index');
  const parts = owner.names().filter((name) => name.startsWith('part '));
  expect(parts).toEqual(
    ['battery', 'alarms', 'screen', 'night', 'logs', 'mqtt', 'remote', 'information', 'service'].map(
      (part) => `part ${part}`,
    ),
  );
  expect(owner.names()).not.toContain('index');
  expect(indexed(owner)).toEqual(
    expect.arrayContaining([
      'Settings',
      'Night',
      '21:00 to 06:30',
      '80 %',
      'history only',
      'UDP 6500',
      '192.168.1.72',
    ]),
  );
  const leadsTo: Record<string, string> = {
    battery: 'choose source 0',
    alarms: 'slide alarmCharge',
    screen: 'minus brightness',
    night: 'switch night',
    logs: 'switch history',
    // Nothing is sent to a broker yet: there is where that begins.
    mqtt: 'choose mqtt 2',
    remote: 'switch vnc',
    service: 'exit',
  };
  for (const [part, target] of Object.entries(leadsTo)) {
    expect(owner.touch(`part ${part}`).names()).toContain(target);
    owner.touch('index');
  }
  owner.touch('part information').touch('close');
  expect(owner.navigator.screenName).toBe('main');
  // The next time it begins with the index again.
  owner.navigator.open('settings');
  owner.look();
  expect(owner.names()).toContain('part battery');
});

test('the index tells what is changed and not saved yet', () => {
  const owner = new Owner({ editor: desk({ values: { brightness: 80 } }).editor }, 800, 480, 'index');
  owner.touch('part screen').touch('minus brightness').touch('index');
  expect(indexed(owner)).toEqual(expect.arrayContaining(['75 %', '1 unsaved']));
});

test('the battery’s part opens with the controller that can be configured, if there is one', () => {
  const owner = new Owner({ editor: desk().editor, controller: announced() }, 800, 480, 'index');
  expect(owner.touch('part battery').names()).toContain('slide controller HIVOLT');
});

test('the index counts the devices that are live, of those that are read', () => {
  // One of the six is taken out; of the others two are live.
  const story = devicesStory({ values: { devices: boat } });
  expect(indexed(new Owner(story, 800, 480, 'index'))).toContain('2 of 5 live');
});
