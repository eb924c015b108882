import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { BluezService } from '../system/bluetooth/bluez-service';
import { PrivateBus } from '../system/bluetooth/private-bus';
import { besideOne } from './beside-one';
import type { Figure } from './measure';
import { environment, freshFolder } from './processes';

const [alonePort, amongPort] = [16_507, 16_508];
/** Devices on the boat that simulate plays. */
const bluetoothDevices = 5;

/** Two JBD batteries, a charger and two meters that are played on a D-Bus of their own, for displays that read them. */
class PlayedBoat {
  private readonly bus = new PrivateBus();
  private readonly helpers: ChildProcess[] = [];
  private texts: readonly string[] = [];

  get environment(): Readonly<Record<string, string>> {
    return { ...environment, DBUS_SYSTEM_BUS_ADDRESS: this.bus.address };
  }

  /** The flags with which a display reads them. */
  get flags(): string[] {
    return this.texts.flatMap((text) => ['--device', text]);
  }

  async start(program: string): Promise<void> {
    await this.bus.start();
    const self = process.argv[1] ?? '';
    await this.run('ready\n', process.execPath, [self, 'bluez', this.bus.address]);
    const said = await this.run('role=load\n', program, ['simulate', '--site', 'boat']);
    this.texts = [...said.matchAll(/^--device (\S+)$/gm)].map(([, text = '']) => text);
  }

  async close(): Promise<void> {
    for (const helper of this.helpers) helper.kill();
    await this.bus.remove();
  }

  /** Starts a helper; resolves with what it has said when that has a text in it. */
  private run(text: string, program: string, args: readonly string[]): Promise<string> {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env: this.environment });
    this.helpers.push(child);
    return new Promise((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (piece: Buffer) => {
        said += piece.toString();
        if (said.includes(text)) resolve(said);
      });
      child.once('exit', () => reject(new Error(`${program} has ended`)));
    });
  }
}

/** The process that BlueZ is played in, until it is killed: one adapter to read with, and one for each device. */
export async function playBluez(address: string): Promise<void> {
  const bluez = new BluezService(address);
  for (let i = 1; i <= bluetoothDevices; i++) bluez.plugIn(`/org/bluez/hci${i}`, `00:AA:01:00:00:5${i}`);
  await bluez.open();
  process.stdout.write('ready\n');
}

/**
 * Five Bluetooth devices and an EVTV battery at their natural pace, beside a display of that battery alone; both run in the same
 * minute.
 */
export async function bluetoothSite(program: string): Promise<Figure> {
  const boat = new PlayedBoat();
  try {
    await boat.start(program);
    return await cost(program, boat);
  } finally {
    await boat.close();
  }
}

async function cost(program: string, boat: PlayedBoat): Promise<Figure> {
  const folder = freshFolder();
  const helpers: ChildProcess[] = [];
  try {
    for (const port of [alonePort, amongPort])
      helpers.push(
        spawn(program, ['simulate', '--port', String(port)], { stdio: 'ignore', env: environment }),
      );
    return await besideOne({
      name: 'an EVTV battery and five Bluetooth devices at their natural pace',
      one: 'the EVTV battery, 96 cells',
      program,
      folder,
      alone: ['--port', String(alonePort)],
      among: ['--device', `evtv-udp,name=evtv,port=${amongPort}`, '--bank', 'off', ...boat.flags],
      environment: boat.environment,
    });
  } finally {
    for (const helper of helpers) helper.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
