import { evtvDecoder } from '../../src/devices/evtv/decoder';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock';
import { ConfirmedAddressFile } from '../../src/io/controller/confirmed-address';
import { NetworkControllerLink } from '../../src/io/controller/network-link';
import { PackdialDialect } from '../../src/io/controller/packdial-dialect';
import { FrameIntake } from '../../src/io/sources/frame-intake';
import { UdpSource } from '../../src/io/sources/udp-source';
import { systemTimers } from '../../src/io/timers';
import type { ControllerValues } from '../../src/model/controller/items';
import { saveReasonText } from '../../src/words/en';
import { Owner } from '../screens/config/config-stories';
import { temporaryFolder } from '../temporary-folder';
import { until } from '../until';
import { freePort, Packdial } from './packdial';

const folder = temporaryFolder();
const running: Packdial[] = [];
const displays: SmallDisplay[] = [];
afterEach(async () => {
  for (const display of displays.splice(0)) await display.close();
  for (const program of running.splice(0)) {
    program.kill();
    await program.end();
  }
});

/** Everybody on this machine who listens on the port hears it. */
const toAll = ['--to', '127.255.255.255'];

function start(...args: string[]): Packdial {
  const program = new Packdial(args);
  running.push(program);
  return program;
}

async function simulate(port: number, file: string, ...more: string[]): Promise<Packdial> {
  const program = start(
    ...['simulate', '--port', String(port), ...toAll, '--modules', '2', '--controller-port', '0'],
    ...['--controller-file', file, ...more],
  );
  await program.says(/Sending a battery/);
  return program;
}

const keptIn = (file: string): ControllerValues => JSON.parse(readFileSync(file, 'utf8')) as ControllerValues;

/** A display's own parts from the socket to the settings' screen, with a person in front of it. */
class SmallDisplay {
  readonly lines: string[] = [];
  readonly link: NetworkControllerLink;
  readonly owner: Owner;
  private readonly stop = new AbortController();
  private readonly heard: Promise<void>;

  constructor(port: number, memory: string) {
    displays.push(this);
    const write = (text: string): number => this.lines.push(text);
    const log = { info: write, warn: write };
    this.link = new NetworkControllerLink({
      dialect: new PackdialDialect(),
      confirmed: new ConfirmedAddressFile(() => join(folder, memory), write),
      clock: systemClock,
      timers: systemTimers,
      log,
      words: saveReasonText,
      changed: () => undefined,
    });
    const intake = new FrameIntake(systemClock, evtvDecoder(), {
      reading: () => undefined,
      announcement: (frame, sender) => this.link.hear(frame, sender),
      status: () => undefined,
    });
    this.heard = new UdpSource({ port }).run(this.stop.signal, intake);
    this.owner = new Owner({ controller: this.link });
  }

  get values(): ControllerValues {
    const { presence } = this.link;
    return presence.state === 'heard' ? presence.announced.values : {};
  }

  async until(condition: () => boolean): Promise<void> {
    await until(condition.toString(), () => {
      if (condition()) return true;
      this.owner.look(10);
      return false;
    });
  }

  /** Touches SAVE, says whose controller it is, if that is asked, and reads the results to the end. */
  async save(): Promise<void> {
    this.owner.touch('save');
    const touchable = (name: string): boolean => this.owner.names().includes(name);
    await this.until(() => touchable('yes') || this.link.saving.state === 'finished');
    if (touchable('yes')) this.owner.touch('yes');
    await this.until(() => this.link.saving.state === 'finished');
    await this.owner.saved();
    this.owner.touch('results read');
  }

  async close(): Promise<void> {
    this.link.close();
    this.stop.abort();
    await this.heard;
  }
}

test('S0.53 to S0.57, S0.62: a SAVE changes the controller, comes back in what it announces, and outlives it', async () => {
  const port = await freePort();
  const file = join(folder, 'controller.json');
  const controller = await simulate(port, file, '--bms-id', 'MorganOak');
  const headless = start(
    ...['run', '--headless', '--port', String(port), '--data-dir', folder],
    ...['--picture', join(folder, 'screen.png')],
  );
  await headless.says(/Controller at 127\.0\.0\.1:\d+ announces its configuration/);
  const decode = start('decode', '--json', '--port', String(port));
  await decode.says(/"lowCutoff":3\.2/, 'stdout');
  const display = new SmallDisplay(port, 'first.json');
  await display.until(() => display.link.presence.state === 'heard');
  expect(display.values).toMatchObject({
    BMSID: 'MorganOak',
    UDPPORT: port,
    CAN0SPEED: '1000K',
    CAN1SPEED: '250K',
  });
  const { owner } = display;
  owner.look();
  owner.touch('plus controller LOVOLT').touch('plus controller LOVOLT').find('edit controller WIFIPASS');
  owner.touch('edit controller WIFIPASS').type('hunter2 hunter2').key('Enter');
  // Nothing has changed until SAVE.
  expect(display.values.LOVOLT).toBe(3.2);
  await display.save();
  // What comes back is told by the controller itself, not by what this display remembers of its SAVE.
  const witness = new SmallDisplay(port, 'witness.json');
  await witness.until(() => witness.values.LOVOLT === 3.4);
  await display.until(() => display.values.LOVOLT === 3.4);
  await decode.says(/"lowCutoff":3\.4/, 'stdout');
  expect(keptIn(file)).toMatchObject({ LOVOLT: 3.4, WIFIPASS: 'hunter2 hunter2' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  controller.kill();
  await controller.end();
  const again = await simulate(port, file);
  await display.until(() => display.link.presence.state === 'heard' && display.values.LOVOLT === 3.4);
  for (const said of [controller, again, headless].map(({ stderr, stdout }) => stderr + stdout))
    expect(said).not.toContain('hunter2');
  expect(display.lines.join()).not.toContain('hunter2');
});

test('S0.58, S0.63: the controller’s BMS ID and UDP port are set from here; it goes on to the new port', async () => {
  const [port, next] = [await freePort(), await freePort()];
  const file = join(folder, 'moving.json');
  await simulate(port, file);
  const display = new SmallDisplay(port, 'moving-display.json');
  await display.until(() => display.link.presence.state === 'heard');
  const { owner } = display;
  owner.look();
  owner.find('edit controller BMSID').touch('edit controller BMSID');
  for (let i = 0; i < 20; i++) owner.key('Backspace');
  owner.type('Barn').key('Enter').touch('edit controller UDPPORT');
  for (let i = 0; i < 6; i++) owner.key('Backspace');
  owner.type(String(next)).key('Enter');
  await display.save();
  expect(keptIn(file)).toMatchObject({ BMSID: 'Barn', UDPPORT: next });
  const follower = new SmallDisplay(next, 'moving-display.json');
  await follower.until(() => follower.values.BMSID === 'Barn');
  expect(follower.values.UDPPORT).toBe(next);
});

test('S0.64: two controllers and their displays on one network are paired by the UDP port, for SAVE too', async () => {
  const ports = [await freePort(), await freePort()] as const;
  const files = ports.map((port) => join(folder, `paired-${port}.json`));
  const pairs: SmallDisplay[] = [];
  for (const [i, port] of ports.entries()) {
    await simulate(port, files[i]!, '--bms-id', `Battery${i}`);
    const display = new SmallDisplay(port, `paired-${i}.display.json`);
    pairs.push(display);
    await display.until(() => display.values.BMSID === `Battery${i}`);
    display.owner.look();
  }
  for (const [i, display] of pairs.entries()) {
    for (let step = 0; step <= i; step++) display.owner.touch('minus controller HIVOLT');
    await display.save();
  }
  expect(files.map((file) => keptIn(file).HIVOLT)).toEqual([4.1, 4]);
  for (const [i, display] of pairs.entries()) {
    await display.until(() => display.values.HIVOLT === [4.1, 4][i]);
    expect([display.values.BMSID, display.link.warning]).toEqual([`Battery${i}`, undefined]);
  }
});

test('a simulated controller that refuses, and one whose file is damaged', async () => {
  const port = await freePort();
  const file = join(folder, 'damaged.json');
  writeFileSync(file, '{"HIVOLT": 4.');
  await simulate(port, file, '--controller', 'refuse');
  const display = new SmallDisplay(port, 'refused.json');
  await display.until(() => display.values.HIVOLT === 4.2);
  const results = display.link.save({ HIVOLT: 4 });
  await display.until(() => display.link.saving.state === 'confirm');
  display.link.confirm(true);
  expect((await results).get('HIVOLT')).toEqual({
    state: 'refused',
    reason: { code: 'said', values: { words: 'The controller is locked.' } },
  });
});
