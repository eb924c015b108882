import { WifiSetup } from '../../../src/desk/wifi';
import { expectGolden } from '../../golden-picture';
import { action, allActions, announced, desk, information, Owner, said, told } from './config-stories';
import { boat, devicesStory } from './device-stories';
import { FakeWifi } from './network/fake-wifi';

import { UserError } from '../../../src/base/user-error';

const sizes = [
  ['', 800, 480],
  ['-480x320', 480, 320],
  ['-1024x600', 1024, 600],
  ['-480x800', 480, 800],
] as const;

/** What shows every layout; the other states are kept at 800x480 alone, and only drawn at other sizes. */
const layouts = new Set([
  ...['no-controller', 'no-controller-network', 'source', 'signs', 'alarms-1', 'screen', 'information'],
  ...[
    'index',
    'service',
    'controller',
    'follow-question',
    'keyboard-letters',
    'keyboard-password',
    'save-many',
  ],
]);

function pictured(owner: Owner, name: string): void {
  const { canvas } = owner.picture();
  const state = name.replace(/-\d+x\d+$/, '');
  if (state === name || layouts.has(state)) expectGolden(canvas, `settings-${name}`);
}

test.each(sizes)('the settings look as they were agreed: every page%s', (suffix, width, height) => {
  const { editor } = desk({ values: { night: '21:00-06:30' } });
  const owner = new Owner({ editor, information, service: allActions() }, width, height);
  owner.touch('left').touch('left');
  for (const page of [
    'no-controller',
    'no-controller-network',
    'source',
    'signs',
    'alarms-1',
    'alarms-2',
    'screen',
    'lock',
    'touch',
    'night',
    'logs',
    'information',
  ]) {
    // A narrow screen has the battery's data on two pages.
    if (page === 'signs') owner.find('switch invertCurrent');
    if (page === 'information') owner.find('switch vnc').touch('right');
    pictured(owner, `${page}${suffix}`);
    owner.touch('right');
  }
  pictured(owner.find('exit'), `service${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: the index%s', (suffix, width, height) => {
  const { editor, devices } = devicesStory({
    values: { devices: boat, night: '21:00-06:30', brightness: 80 },
  });
  const wifi = new WifiSetup({ wifi: new FakeWifi(), changed: () => undefined });
  const parts = { editor, devices, wifi, information, service: allActions() };
  const owner = new Owner(parts, width, height, 'index');
  pictured(owner, `index${suffix}`);
});

test.each(sizes)('S0.58: the settings look as they were agreed: MQTT%s', (suffix, width, height) => {
  const { editor } = desk({
    values: {
      bmsId: 'MorganOak',
      mqtt: 'sender',
      mqttUrl: 'mqtts://broker.example',
      mqttUser: 'dial',
      mqttPassword: 'hidden secret',
      homeAssistant: true,
    },
  });
  const owner = new Owner({ editor }, width, height);
  pictured(owner.find('choose mqtt 2'), `mqtt-role${suffix}`);
  pictured(owner.find('edit mqttUrl'), `mqtt-broker${suffix}`);
  pictured(owner.find('edit mqttPassword').touch('edit mqttPassword'), `mqtt-password${suffix}`);
});

test.each(sizes)(
  'the settings look as they were agreed: alarms in °F, off and changed%s',
  (suffix, width, height) => {
    const { editor } = desk({
      values: { units: 'fahrenheit', alarmTemperatureLow: -10, alarmPackHigh: 57.6 },
    });
    const owner = new Owner({ editor }, width, height).find('plus alarmTemperatureHigh');
    owner.touch('plus alarmTemperatureHigh').drag('slide alarmTemperatureLow', 0.3, 0);
    pictured(owner, `alarms-changed${suffix}`);
  },
);

test.each(sizes)(
  'the settings look as they were agreed: an announced controller%s',
  (suffix, width, height) => {
    const owner = new Owner({ controller: announced() }, width, height);
    owner.touch('plus controller HIVOLT').touch('plus controller HIVOLT');
    pictured(owner, `controller${suffix}`);
    pictured(owner.find('edit controller SSID'), `controller-network${suffix}`);
    pictured(owner.find('edit controller BMSID'), `controller-name${suffix}`);
  },
);

test.each(sizes)('the settings look as they were agreed: changes%s', (suffix, width, height) => {
  const { editor } = desk();
  const owner = new Owner({ editor }, width, height);
  owner.touch('choose source 2').touch('edit bmsId').type('MorganOak').key('Enter');
  pictured(owner, `changed${suffix}`);
  pictured(owner.touch('save'), `restart-question${suffix}`);
  owner.touch('no').find('minus brightness');
  owner.touch('minus brightness').touch('plus screenOff').touch('choose units 1');
  pictured(owner, `changed-screen${suffix}`);
  pictured(owner.touch('close'), `leave-question${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: the keyboard%s', (suffix, width, height) => {
  const { editor } = desk();
  const owner = new Owner({ editor }, width, height);
  pictured(owner.touch('edit bmsId').type('Morgan Oak'), `keyboard-letters${suffix}`);
  pictured(owner.touch('key done'), `keyboard-problem${suffix}`);
  pictured(owner.touch('key shift'), `keyboard-capitals${suffix}`);
  pictured(owner.touch('key shift'), `keyboard-caps-lock${suffix}`);
  pictured(owner.touch('key digits'), `keyboard-digits${suffix}`);
  pictured(owner.touch('key symbols'), `keyboard-symbols${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: remote access%s', (suffix, width, height) => {
  const { editor } = desk({ values: { remotePassword: 'opensesame' } });
  const owner = new Owner({ editor, wired: false }, width, height);
  pictured(owner.find('edit remotePassword'), `remote${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: a password%s', (suffix, width, height) => {
  const owner = new Owner({ controller: announced() }, width, height);
  owner.find('edit controller WIFIPASS').touch('edit controller WIFIPASS').type('hidden secret');
  pictured(owner, `keyboard-password${suffix}`);
  pictured(owner.touch('show'), `keyboard-password-shown${suffix}`);
});

test.each(sizes)(
  'the settings look as they were agreed: what goes wrong%s',
  async (suffix, width, height) => {
    const refuses = (): Error =>
      new UserError('The settings file /etc/packdial/settings.json can’t be written: the disk is read-only.');
    const { editor } = desk({ refuses });
    const owner = new Owner({ editor }, width, height).find('minus brightness');
    await owner.touch('minus brightness').touch('save').saved();
    pictured(owner, `not-saved${suffix}`);
    const damage = 'The settings file /etc/packdial/settings.json is not JSON: Unexpected end of input.';
    pictured(new Owner({ editor: desk({ damage }).editor }, width, height), `damaged-file${suffix}`);
  },
);

test.each(sizes)(
  'the settings look as they were agreed: what is set elsewhere%s',
  (suffix, width, height) => {
    const elsewhere = [
      ['source', '--source'],
      ['port', 'PACKDIAL_PORT'],
    ] as const;
    const { editor } = desk({ elsewhere });
    pictured(new Owner({ editor }, width, height), `set-elsewhere${suffix}`);
  },
);

test.each(sizes)(
  'the settings look as they were agreed: information about what is wrong%s',
  (suffix, width, height) => {
    const [address, folder, file, ...rest] = information();
    const lines = [
      ...[address, folder, file].filter((line) => line !== undefined),
      {
        label: 'Log',
        text: "The log can't be written: the disk has 300.0 MB free, and 500.0 MB are kept for the system; the last lines wait in memory.",
      },
      { label: 'History', text: 'No history is written: the disk is nearly full' },
      ...rest,
    ];
    const owner = new Owner({ information: () => lines }, width, height);
    // After the two pages that a controller would have.
    pictured(owner.touch('right').touch('right'), `information-trouble${suffix}`);
    if (suffix !== '-480x800') pictured(owner.touch('right'), `information-trouble-2${suffix}`);
  },
);

test.each(sizes)('the settings look as they were agreed: service under way%s', (suffix, width, height) => {
  const service = allActions({
    resetLog: {
      state: 'failed',
      ...told('The log can’t be erased: the disk is read-only.'),
      progress: undefined,
    },
    copyLog: { state: 'running', ...told('Copying the log to BATTERY: 312 of 640 MB'), progress: 0.49 },
    update: { state: 'running', ...told('Looking for a newer version'), progress: undefined },
  });
  pictured(new Owner({ service }, width, height).find('copy-log'), `service-busy${suffix}`);
  const done = {
    state: 'done',
    ...told('The log is on BATTERY, 640 MB; the stick can be pulled.'),
    progress: 1,
  } as const;
  const only = { copyLog: action(done) };
  pictured(new Owner({ service: only }, width, height).find('copy-log'), `service-done${suffix}`);
  const asking = new Owner({ service: allActions() }, width, height).find('reset-log').touch('reset-log');
  pictured(asking, `reset-question${suffix}`);
});

test.each(sizes)(
  'the settings look as they were agreed: SAVE to a controller%s',
  async (suffix, width, height) => {
    const link = announced();
    const owner = new Owner({ controller: link, editor: desk().editor }, width, height);
    owner.find('plus controller HIVOLT').touch('plus controller HIVOLT').touch('minus controller LOVOLT');
    owner
      .find('edit controller WIFIPASS')
      .touch('edit controller WIFIPASS')
      .type('hidden secret')
      .key('Enter');
    owner.find('edit controller UDPPORT').touch('edit controller UDPPORT');
    for (let i = 0; i < 4; i++) owner.key('Backspace');
    pictured(owner.type('6550').key('Enter').touch('save'), `follow-question${suffix}`);
    owner.touch('yes');
    pictured(owner, `follow-restart-question${suffix}`);
    owner.touch('yes');
    link.ask(undefined);
    owner.look(20);
    pictured(owner, `address-question${suffix}`);
    owner.touch('no');
    link.refuse({ code: 'address-not-confirmed', values: {} });
    await owner.saved();
    owner.touch('save').touch('yes');
    link.ask('192.168.1.17:6501');
    owner.look(20);
    pictured(owner, `address-changed-question${suffix}`);
    owner.touch('yes');
    link.run({ LOVOLT: { state: 'refused', reason: said('It must be 2.5 to 4.0 V.') } });
    pictured(owner, `save-running${suffix}`);
    link.end({
      LOVOLT: { state: 'refused', reason: said('It must be 2.5 to 4.0 V.') },
      UDPPORT: {
        state: 'no answer',
        reason: { code: 'in-doubt', values: {} },
      },
    });
    await owner.saved();
    pictured(owner, `save-partly${suffix}`);
  },
);

test.each(sizes)(
  'the settings look as they were agreed: all saved, and all items at once%s',
  async (suffix, width, height) => {
    const link = announced();
    const owner = new Owner({ controller: link, editor: desk().editor }, width, height);
    owner
      .touch('plus controller HIVOLT')
      .touch('plus controller HITEMP')
      .find('choose controller CAN1SPEED 2');
    await owner.touch('choose controller CAN1SPEED 2').touch('save').saved();
    link.end();
    await owner.saved();
    pictured(owner, `save-all${suffix}`);
    owner.touch('results read');
    const buttons = [
      'plus HIVOLT',
      'minus LOVOLT',
      'plus BALVOLT',
      'plus HITEMP',
      'choose CAN0SPEED 0',
      'choose CAN1SPEED 0',
    ];
    for (const name of buttons)
      owner.find(name.replace(' ', ' controller ')).touch(name.replace(' ', ' controller '));
    for (const name of ['SSID', 'WIFIPASS', 'BMSID', 'TIMEZONE']) {
      owner.find(`edit controller ${name}`).touch(`edit controller ${name}`);
      owner
        .key('Home')
        .type(name === 'WIFIPASS' ? 'hidden secret' : 'E')
        .key('Enter');
    }
    owner.touch('save');
    link.run({});
    pictured(owner, `save-many${suffix}`);
    link.end();
    await owner.saved();
    owner.touch('results read');
    link.fallSilent();
    owner.look(200_000);
    pictured(owner, `controller-silent${suffix}`);
  },
);

test.each(sizes)('the settings look as they were agreed: a wired battery%s', (suffix, width, height) => {
  pictured(new Owner({ wired: true }, width, height), `wired${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: a finger on a button%s', (suffix, width, height) => {
  const owner = new Owner({ editor: desk().editor }, width, height).find('minus brightness');
  owner.screen.press(owner.screen.targets.find(({ name }) => name === 'plus screenOff'));
  pictured(owner, `pressed${suffix}`);
});
