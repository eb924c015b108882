import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { canUp } from '../../src/commands/can-up';
import { systemIp, type Ended } from '../../src/io/can-setup';
import type { CanController } from '../../src/protocol/rtnetlink';
import { UserError } from '../../src/base/user-error';
import { packdial } from './packdial';

const chip: CanController = {
  kind: 'can',
  bitRate: 500_000,
  restartMs: 100,
  state: 'active',
  listenOnly: false,
};
const wanted = { interface: 'can0', bitrate: 500_000, restartMs: 100 } as const;
const fine: Ended = { code: 0, stderr: '' };
const down = 'link set dev can0 down';
const up = 'link set dev can0 up type can bitrate 500000';

describe('bringing a CAN interface up', () => {
  let interfaces: string;
  let said: string[];
  let ran: string[];

  beforeEach(async () => {
    interfaces = await mkdtemp(path.join(tmpdir(), 'can-'));
    said = [];
    ran = [];
  });

  afterEach(() => rm(interfaces, { recursive: true }));

  async function there(isUp: boolean, type = 280): Promise<void> {
    const folder = path.join(interfaces, 'can0');
    await mkdir(folder);
    await writeFile(path.join(folder, 'type'), `${type}\n`);
    await writeFile(path.join(folder, 'flags'), isUp ? '0x40081\n' : '0x40080\n');
    await writeFile(path.join(folder, 'operstate'), isUp ? 'up\n' : 'down\n');
  }

  function run(
    controller: CanController | undefined,
    answers: Readonly<Record<string, Ended>> = {},
    settings: Parameters<typeof canUp>[0] = wanted,
  ): Promise<number> {
    return canUp(settings, {
      interfaces,
      controller: () => Promise.resolve(controller),
      ip: (args) => {
        ran.push(args.join(' '));
        return Promise.resolve(answers[args.join(' ')] ?? fine);
      },
      say: (text) => said.push(text),
    });
  }

  it('switches it off and on with the bit rate and the delay of its restart', async () => {
    await there(false);
    expect(await run({ kind: 'can', listenOnly: false })).toBe(0);
    expect(ran).toEqual([down, `${up} restart-ms 100`]);
    expect(said).toEqual(['can0 is up at 500 kbit/s, and restarts 100 ms after going off the bus.']);
  });

  it('leaves one alone that is as it should be', async () => {
    await there(true);
    expect(await run(chip)).toBe(0);
    expect(ran).toEqual([]);
    expect(said).toEqual(['can0 is up at 500 kbit/s already.']);
  });

  it.each<[string, CanController | undefined]>([
    ['has another bit rate', { ...chip, bitRate: 250_000 }],
    ['does not restart', { ...chip, restartMs: 0 }],
    ['has left the bus', { ...chip, state: 'bus-off' }],
    ['only listens', { ...chip, listenOnly: true }],
    ['does not say how it is', undefined],
  ])('sets one up anew that %s', async (_, controller) => {
    await there(true);
    expect(await run(controller)).toBe(0);
    expect(ran).toEqual([down, `${up} restart-ms 100`]);
  });

  it('gives a virtual one no bit rate', async () => {
    await there(false);
    const vcan: CanController = { kind: 'vcan', listenOnly: false };
    expect(await run(vcan)).toBe(0);
    expect(ran).toEqual([down, 'link set dev can0 up']);
    expect(said).toEqual(['can0 is up.']);
  });

  it('does without the restart where the driver refuses it', async () => {
    await there(false);
    const refused: Ended = { code: 2, stderr: 'RTNETLINK answers: Operation not supported\n' };
    expect(await run({ kind: 'can', listenOnly: false }, { [`${up} restart-ms 100`]: refused })).toBe(0);
    expect(ran).toEqual([down, `${up} restart-ms 100`, up]);
    expect(said[0]).toMatch(/^can0 is up at 500 kbit\/s; its driver refuses restart-ms/);
  });

  it('says why the driver refuses it altogether', async () => {
    await there(false);
    const refused: Ended = { code: 2, stderr: 'Error: bitrate error 12.5% too high.\nmore\n' };
    expect(
      await run({ kind: 'can', listenOnly: false }, { [`${up} restart-ms 100`]: refused, [up]: refused }),
    ).toBe(1);
    expect(said).toEqual(["can0 can't be brought up at 500 kbit/s: bitrate error 12.5% too high."]);
  });

  it.each([
    ['no rights', { code: 2, stderr: 'RTNETLINK answers: Operation not permitted\n' }, /rights of root/],
    ['no program ip', { code: undefined, stderr: '' }, /install the package iproute2/],
  ])('ends with one sentence where there are %s', async (_, answer, words) => {
    await there(false);
    const running = run(undefined, { [down]: answer });
    await expect(running).rejects.toThrow(words);
    await expect(running).rejects.toThrow(UserError);
  });

  it('ends with one sentence where there is no such interface or it is another kind', async () => {
    await expect(run(undefined)).rejects.toThrow(/^There is no interface can0; enable the CAN hat/);
    await there(true, 1);
    await expect(run(undefined)).rejects.toThrow(/^can0 is not a CAN interface/);
    expect(ran).toEqual([]);
  });
});

describe('the program ip', () => {
  let folder: string;
  const { PATH } = process.env;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ip-'));
  });

  afterEach(async () => {
    process.env['PATH'] = PATH;
    await rm(folder, { recursive: true });
  });

  it('gets its arguments as they are, and tells how it ended', async () => {
    const script = path.join(folder, 'ip');
    await writeFile(script, '#!/bin/sh\nfor argument; do echo "<$argument>" >&2; done\nexit 2\n');
    await chmod(script, 0o755);
    process.env['PATH'] = folder;
    expect(await systemIp(['a b', '$(c)'])).toEqual({ code: 2, stderr: '<a b>\n<$(c)>\n' });
  });
});

it('is a command whose mistakes are one sentence and exit code 2', async () => {
  const { code, stderr } = await packdial(['can-up', '--interface', 'nocan9']);
  expect([code, stderr]).toEqual([
    2,
    'packdial: There is no interface nocan9; enable the CAN hat or name another with --interface.\n',
  ]);
});
