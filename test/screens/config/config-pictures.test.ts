import { expectGolden } from '../../golden-picture';
import { action, allActions, announced, desk, information, Owner } from './config-stories';

import { UserError } from '../../../src/user-error';

const sizes = [
  ['', 800, 480],
  ['-480x320', 480, 320],
  ['-1024x600', 1024, 600],
  ['-480x800', 480, 800],
] as const;

const pictured = (owner: Owner, name: string): void =>
  expectGolden(owner.picture().canvas, `settings-${name}`);

test.each(sizes)('the settings look as they were agreed: every page%s', (suffix, width, height) => {
  const { editor } = desk({ values: { night: '21:00-06:30' } });
  const owner = new Owner({ editor, information, service: allActions() }, width, height);
  owner.touch('left').touch('left');
  for (const page of [
    'no-controller',
    'no-controller-network',
    'source',
    'signs',
    'screen',
    'night',
    'information',
    'service',
  ]) {
    pictured(owner, `${page}${suffix}`);
    owner.touch('right');
  }
});

test.each(sizes)(
  'the settings look as they were agreed: an announced controller%s',
  (suffix, width, height) => {
    const owner = new Owner({ controller: () => announced() }, width, height);
    owner.touch('plus high').touch('plus high');
    pictured(owner, `controller${suffix}`);
    pictured(owner.touch('right'), `controller-network${suffix}`);
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
  const owner = new Owner({ controller: () => announced() }, width, height);
  owner.find('edit password').touch('edit password');
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
    const notice =
      'The settings file /etc/packdial/settings.json is not JSON: Unexpected end of input; the last good settings are in use.';
    pictured(new Owner({ editor: desk({ notice }).editor }, width, height), `damaged-file${suffix}`);
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

test.each(sizes)('the settings look as they were agreed: service under way%s', (suffix, width, height) => {
  const service = allActions({
    resetLog: {
      state: 'failed',
      text: 'The log can’t be erased: the disk is read-only.',
      progress: undefined,
    },
    copyLog: { state: 'running', text: 'Copying the log to BATTERY: 312 of 640 MB', progress: 0.49 },
    update: { state: 'running', text: 'Looking for a newer version', progress: undefined },
  });
  pictured(new Owner({ service }, width, height).find('copy-log'), `service-busy${suffix}`);
  const done = {
    state: 'done',
    text: 'The log is on BATTERY, 640 MB; the stick can be pulled.',
    progress: 1,
  } as const;
  const only = { copyLog: action(done) };
  pictured(new Owner({ service: only }, width, height).find('copy-log'), `service-done${suffix}`);
  const asking = new Owner({ service: allActions() }, width, height).find('reset-log').touch('reset-log');
  pictured(asking, `reset-question${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: a wired battery%s', (suffix, width, height) => {
  pictured(new Owner({ wired: true }, width, height), `wired${suffix}`);
});

test.each(sizes)('the settings look as they were agreed: a finger on a button%s', (suffix, width, height) => {
  const owner = new Owner({ editor: desk().editor }, width, height).find('minus brightness');
  owner.screen.press(owner.screen.targets.find(({ name }) => name === 'plus screenOff'));
  pictured(owner, `pressed${suffix}`);
});
