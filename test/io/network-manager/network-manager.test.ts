import type { JoinWish, WifiView } from '../../../src/model/wifi';
import type { JoinOutcome } from '../../../src/model/wifi-reports';
import { NetworkManager } from '../../../src/io/network-manager/network-manager';
import { joinFailure, keyManagement, securityOf } from '../../../src/io/network-manager/states';
import { BusError } from '../../../src/io/system-bus/system-bus';
import { FakeNetworkManager, reaching, turn, wlan0, type Played } from './fake-network-manager';
import { Variant } from '@jellybrick/dbus-next';

const air: readonly Played[] = [
  { name: 'Marina', strength: 40 },
  { name: 'Harbour', strength: 80, password: 'fair winds' },
];

const idOf = (name: string): string => Buffer.from(name).toString('hex');
const wish = (name: string, password?: string, isHidden = false): JoinWish => ({
  id: idOf(name),
  password,
  isHidden,
});

interface Bench {
  readonly played: FakeNetworkManager;
  /** The latest of what is seen. */
  readonly view: () => WifiView | undefined;
  readonly stop: () => Promise<unknown>;
  readonly join: (wish: JoinWish) => Promise<readonly [JoinOutcome, readonly string[]]>;
  readonly reached: ReturnType<typeof reaching>;
}

/** Somebody who looks at the networks. */
async function watching(played = new FakeNetworkManager(air)): Promise<Bench> {
  const reached = reaching(played);
  const { wifi } = reached;
  const ends = new AbortController();
  const views: WifiView[] = [];
  const end = wifi.watch(ends.signal, (view) => views.push(view));
  await turn(5);
  return {
    played,
    reached,
    view: () => views.at(-1),
    stop: async () => {
      ends.abort();
      return end;
    },
    join: async (wanted) => {
      const steps: string[] = [];
      const outcome = await wifi.join(wanted, new AbortController().signal, (step) => steps.push(step.code));
      await turn(5);
      return [outcome, steps];
    },
  };
}

/** Joined to Marina, which is kept. */
async function inMarina(played = new FakeNetworkManager(air)): Promise<Bench> {
  const bench = await watching(played);
  await bench.join(wish('Marina'));
  return bench;
}

describe('networks', () => {
  it('are listed with strength, protection and what is known of them, and the machine is left alone afterwards', async () => {
    const played = new FakeNetworkManager(air);
    played.keep('Harbour', 'fair winds');
    const { view, stop, reached } = await watching(played);
    expect(view()).toEqual({
      networks: [
        {
          id: idOf('Harbour'),
          name: 'Harbour',
          strength: 80,
          security: 'password',
          isKnown: true,
          isJoined: false,
        },
        {
          id: idOf('Marina'),
          name: 'Marina',
          strength: 40,
          security: 'open',
          isKnown: false,
          isJoined: false,
        },
      ],
      joined: undefined,
      isSearching: false,
    });
    expect(await stop()).toBeUndefined();
    await turn();
    expect([reached.buses.map(({ isOpen }) => isOpen), reached.timers.pending]).toEqual([[false], 0]);
  });

  it('are searched for again and again, and when it is asked for', async () => {
    const { view, stop, played, reached } = await watching();
    const searches = (): number => played.calls.filter((each) => each === 'RequestScan').length;
    expect(searches()).toBe(1);
    played.change([{ name: 'Lighthouse', strength: 9 }]);
    reached.wifi.search();
    await turn(3);
    expect([searches(), view()?.networks.map(({ name }) => name)]).toEqual([2, ['Lighthouse']]);
    await reached.timers.advance(60_000);
    expect(searches()).toBe(5);
    await stop();
  });

  it('of one name are one, and those without a name are none', async () => {
    const played = new FakeNetworkManager([
      ...air,
      { name: '\0\0\0', strength: 90 },
      { name: 'Harbour', strength: 20, password: 'fair winds' },
    ]);
    const { view, stop } = await watching(played);
    expect(view()?.networks.map(({ name }) => name)).toHaveLength(2);
    await stop();
  });

  it.each([
    [[0, 0, 0], 'open', undefined],
    [[1, 0, 0x188], 'password', 'wpa-psk'],
    [[1, 0x144, 0x588], 'password', 'wpa-psk'],
    [[1, 0, 0x488], 'password', 'sae'],
    [[0, 0, 0x888], 'open', 'owe'],
    [[1, 0, 0], 'other', undefined],
    [[1, 0, 0x288], 'other', undefined],
  ] as const)('are protected as their flags say: %j', ([flags, wpa, rsn], security, management) => {
    expect(securityOf({ flags, wpa, rsn })).toBe(security);
    expect(keyManagement({ flags, wpa, rsn })).toBe(management);
  });
});

describe('joining', () => {
  it('goes on step by step, and what has worked is kept', async () => {
    const { join, played, view, stop } = await watching();
    const [outcome, steps] = await join(wish('Harbour', 'fair winds'));
    expect(outcome).toEqual({ code: 'wifi-joined', values: { address: '10.9.1.64' } });
    expect(steps).toEqual(['wifi-preparing', 'wifi-associating', 'wifi-asks-address']);
    expect(played.kept).toEqual([['Harbour', 'fair winds']]);
    expect(view()?.joined).toEqual({ id: idOf('Harbour'), name: 'Harbour', address: '10.9.1.64' });
    await stop();
  });

  it('with a wrong password fails, keeps nothing, and the network before is joined again', async () => {
    const { join, played, view, stop } = await inMarina();
    expect(view()?.joined?.name).toBe('Marina');
    const [outcome] = await join(wish('Harbour', 'foul winds'));
    expect(outcome).toEqual({ code: 'wifi-wrong-password', values: {} });
    expect(played.kept).toEqual([['Marina', undefined]]);
    await turn(10);
    expect(view()?.joined?.name).toBe('Marina');
    await stop();
  });

  it('returns to the network before also where NetworkManager does not do so by itself', async () => {
    const { join, played, view, stop, reached } = await inMarina();
    played.staysAway = true;
    await join(wish('Harbour', 'foul winds'));
    expect(view()?.joined).toBeUndefined();
    await reached.timers.advance(3000);
    await turn(10);
    expect(view()?.joined?.name).toBe('Marina');
    await stop();
  });

  it('with another password replaces what is kept only where that is right', async () => {
    const played = new FakeNetworkManager(air);
    played.keep('Harbour', 'of last year');
    const { join, stop } = await watching(played);
    expect((await join(wish('Harbour')))[0].code).toBe('wifi-wrong-password');
    expect((await join(wish('Harbour', 'foul winds')))[0].code).toBe('wifi-wrong-password');
    expect(played.kept).toEqual([['Harbour', 'of last year']]);
    expect((await join(wish('Harbour', 'fair winds')))[0].code).toBe('wifi-joined');
    expect(played.kept).toEqual([['Harbour', 'fair winds']]);
    expect((await join(wish('Harbour')))[0].code).toBe('wifi-joined');
    await stop();
  });

  it('of a network out of range, and of one whose router gives no address, says so', async () => {
    const played = new FakeNetworkManager([
      ...air,
      { name: 'Dry', strength: 50, hasNoAddresses: true },
      { name: 'Deaf', strength: 50, isDeaf: true },
    ]);
    const { join, stop } = await watching(played);
    expect((await join(wish('Nowhere', 'fair winds', true)))[0].code).toBe('wifi-out-of-range');
    expect((await join(wish('Dry')))[0].code).toBe('wifi-no-address');
    // NetworkManager's reason is the same as for one out of range.
    expect((await join(wish('Deaf')))[0].code).toBe('wifi-no-answer');
    expect(played.kept).toEqual([]);
    await stop();
  });

  it.each([
    [[5, 6, 15, 16, 17], 'wifi-no-address'],
    [[7], 'wifi-wrong-password'],
    [[8, 9, 10], 'wifi-refused'],
    [[11], 'wifi-no-answer'],
    [[53], 'wifi-out-of-range'],
    [[36], 'wifi-no-adapter'],
    [[39, 60], 'wifi-given-up'],
    [[999], 'wifi-failed'],
  ] as const)('NetworkManager’s reasons %j mean %s', (reasons, code) => {
    for (const reason of reasons) expect(joinFailure(reason).code).toBe(code);
  });

  it('ends when NetworkManager ends, when the bus ends, and when nothing comes of it', async () => {
    for (const [end, code] of [
      [({ reached }: Bench): unknown => reached.buses[0]?.close(), 'wifi-no-manager'],
      [({ reached }: Bench): unknown => reached.timers.advance(120_000), 'wifi-no-answer'],
    ] as const) {
      const played = new FakeNetworkManager(air);
      const bench = await watching(played);
      played.state = () => undefined;
      const joining = bench.join(wish('Marina'));
      await turn(3);
      await end(bench);
      expect((await joining)[0].code).toBe(code);
      await bench.stop();
    }
  });
});

describe('forgetting', () => {
  it('takes all that is kept of a network away', async () => {
    const played = new FakeNetworkManager(air);
    played.keep('Harbour', 'fair winds');
    played.keep('Harbour', 'older', 0n);
    played.keep('Marina');
    const { view, stop, reached } = await watching(played);
    expect(await reached.wifi.forget(idOf('Harbour'))).toBeUndefined();
    await turn(3);
    expect(played.kept).toEqual([['Marina', undefined]]);
    expect(view()?.networks.map(({ isKnown }) => isKnown)).toEqual([false, true]);
    await stop();
  });
});

describe('what stands in the way', () => {
  const trouble = async (change: (played: FakeNetworkManager) => void): Promise<unknown> => {
    const played = new FakeNetworkManager(air);
    change(played);
    const { wifi, timers } = reaching(played);
    const ended = wifi.watch(new AbortController().signal, () => undefined);
    await timers.advance(20_000);
    return Promise.race([ended, Promise.resolve('still watching')]);
  };
  const device = 'org.freedesktop.NetworkManager.Device';
  const state = (played: FakeNetworkManager, value: number): void =>
    played.set(wlan0, device, { State: new Variant('u', value) });

  it.each([
    ['wifi-no-manager', (played: FakeNetworkManager): unknown => (played.isRunning = false)],
    ['wifi-not-permitted', (played: FakeNetworkManager): unknown => (played.permission = 'auth')],
    ['wifi-no-adapter', (played: FakeNetworkManager): unknown => played.objects.delete(wlan0)],
    ['wifi-unmanaged', (played: FakeNetworkManager): unknown => state(played, 10)],
    ['wifi-not-ready', (played: FakeNetworkManager): unknown => state(played, 20)],
    [
      'wifi-blocked',
      (played: FakeNetworkManager): unknown =>
        played.set('/org/freedesktop/NetworkManager', 'org.freedesktop.NetworkManager', {
          WirelessEnabled: new Variant('b', false),
        }),
    ],
  ] as const)('%s', async (code, change) => {
    expect(await trouble(change)).toMatchObject({ code });
  });

  it('is told also while the networks are watched', async () => {
    const played = new FakeNetworkManager(air);
    const { wifi } = reaching(played);
    const gone = wifi.watch(new AbortController().signal, () => undefined);
    await turn(5);
    state(played, 10);
    expect(await gone).toEqual({ code: 'wifi-unmanaged', values: { interface: 'wlan0' } });
  });

  it('and why NetworkManager refuses', async () => {
    const { played, join, stop } = await watching();
    played.refusal = 'org.freedesktop.NetworkManager.PermissionDenied';
    expect((await join(wish('Marina')))[0]).toEqual({ code: 'wifi-not-permitted', values: {} });
    played.refusal = 'org.freedesktop.NetworkManager.InvalidConnection';
    expect((await join(wish('Marina')))[0]).toEqual({
      code: 'wifi-failed',
      values: { reason: 'InvalidConnection' },
    });
    await stop();
  });

  it('no bus at all', async () => {
    const wifi = new NetworkManager({
      open: () => {
        throw new BusError('gone', 'there is no D-Bus');
      },
    });
    expect(await wifi.watch(new AbortController().signal, () => undefined)).toEqual({
      code: 'wifi-no-manager',
      values: {},
    });
  });
});
