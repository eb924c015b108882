import { evtvReading } from '../../../src/devices/evtv/readings';
import type { Duplex } from 'node:stream';
import { FailureTable } from '../../../src/io/failure-table';
import type { RfbPeer } from '../../../src/io/outputs/rfb/rfb-peer';
import { Sessions } from '../../../src/io/web/sessions';
import type { DisplayHealth, LiveStatus, WebHistory, WebParts } from '../../../src/io/web/web-parts';
import type { Passwords } from '../../../src/io/web/passwords';
import { Battery } from '../../../src/model/battery';
import { energyPeriods } from '../../../src/model/energy/energy-periods';
import { completeStatus } from '../../../src/protocol/complete-status';
import { deviceJson } from '../../../src/protocol/device-json';
import { energyJson, energyPeriodsJson } from '../../../src/protocol/energy-json';
import { deviceMetrics } from '../../../src/io/web/device-metrics';

/** A page's parts with a battery that tells what it is told, and clocks that stand. */
export class MadeParts {
  readonly battery = new Battery('battery');
  now = 5000;
  wall = Date.UTC(2026, 5, 8, 12, 0, 0);
  history: WebHistory | undefined;
  health: DisplayHealth = { status: 'ok', panel: 'shown', source: 'live' };
  /** Viewers of the live screen that came. */
  readonly viewers: { readonly stream: Duplex; readonly peer: RfbPeer }[] = [];
  /** Demonstrations that were gone over to. */
  readonly demonstrated: string[] = [];
  readonly parts: WebParts;

  /** @param demo a demonstration is shown */
  constructor(passwords: Passwords = { control: '', view: '' }, key?: string, demo = false) {
    this.battery.apply(
      evtvReading({ message: '0x150', packCurrent: 42, packVoltage: 49.4, temperatureMax: 27 }, 4500),
    );
    this.battery.apply(evtvReading({ message: '0x650', stateOfCharge: 77.5 }, 4000));
    this.battery.apply(
      evtvReading(
        { message: '0x68F', module: { index: 0, total: 1, voltages: [3.41, 3.42, 3.43, 3.44, 3.45, 3.46] } },
        4800,
      ),
    );
    this.parts = {
      version: '1.2.3',
      failures: new FailureTable({ monotonic: () => this.now }),
      wall: () => this.wall,
      passwords,
      sessions: new Sessions({ control: key ?? passwords.control, view: passwords.view }),
      ...(key !== undefined && { key }),
      names: ['garage-pi', 'battery.example.org'],
      files: new Map([
        ['/', { type: 'text/html; charset=utf-8', body: Buffer.from('<!doctype html>'), etag: '"e1"' }],
      ]),
      health: () => this.health,
      live: (name) => (name === undefined || name === 'battery' ? this.live() : undefined),
      devices: () => [
        deviceJson(
          { name: 'battery', kind: 'battery', type: 'evtv-udp' },
          this.battery,
          this.now,
          new Date(this.wall),
        ),
      ],
      energy: () => [energyJson(this.battery, [], this.now)],
      energyPeriods: (by) =>
        Promise.resolve([energyPeriodsJson(this.battery, energyPeriods(new Map(), new Date(this.wall), by))]),
      changes: () => this.battery.changes,
      metrics: () => deviceMetrics([this.battery], this.now),
      history: () => this.history,
      parquetWorker: '/nowhere/parquet-worker.js',
      ...(demo && { demonstrate: (show) => void this.demonstrated.push(show) }),
      screen: (stream, peer) => void this.viewers.push({ stream, peer }),
    };
  }

  live(): LiveStatus {
    return {
      status: completeStatus(
        this.battery,
        { bmsId: null, source: 'evtv-udp' },
        this.now,
        new Date(this.wall),
      ),
      display: {
        device: null,
        link: { tone: 'live', text: 'UDP 6500 · live' },
        alarms: [],
        flow: 'charging',
        energy: [],
        madeUp: false,
        demo: null,
        units: 'celsius',
      },
    };
  }
}
