import type { JoinWish, WifiAccess, WifiView } from '../../model/wifi';
import type { JoinOutcome, JoinStep, WifiTrouble } from '../../model/wifi-reports';
import { BusObjects } from '../system-bus/bus-objects';
import { SystemBus, type BusOptions } from '../system-bus/system-bus';
import { systemTimers, type Timers } from '../timers';
import { accessPoints, nameOf, networksOf, usedNetwork } from './access-points';
import { adapterPath, adapterTrouble, addressOf, stateOf } from './adapter';
import { asWifiTrouble } from './failures';
import { activeProfile, callProfile, goBack, joinNetwork } from './joining';
import { managerInterface, managerPath, networkManager, objectsRoot } from './names';
import { Profiles } from './profiles';
import { Search } from './search';
import { deviceStates } from './states';

/** ms that a call may take: NetworkManager asks polkit, which may have to be started first. */
const callLimit = 25_000;
/** ms between two searches while somebody looks. */
const searchEvery = 20_000;
/** ms in which an adapter that was just found gets ready. */
const readyLimit = 5000;
/** The longest time that a timer knows, ms. */
const noLimit = 2 ** 31 - 1;

/** What polkit has to allow. */
const permissions = [`${networkManager}.network-control`, `${networkManager}.settings.modify.system`];

interface Connected {
  readonly bus: SystemBus;
  readonly objects: BusObjects;
  readonly profiles: Profiles;
}

/** The machine's Wi-Fi through NetworkManager and D-Bus, which is left alone while nobody uses it. */
export class NetworkManager implements WifiAccess {
  private connected: Promise<Connected> | undefined;
  private users = 0;
  private askSearch: () => void = () => undefined;

  constructor(private readonly options: BusOptions = {}) {}

  watch(signal: AbortSignal, tell: (view: WifiView) => void): Promise<WifiTrouble | undefined> {
    return this.using(
      (connected) => this.watchNetworks(connected, signal, tell),
      (trouble) => (signal.aborted ? undefined : trouble),
    );
  }

  search(): void {
    this.askSearch();
  }

  join(wish: JoinWish, signal: AbortSignal, tell: (step: JoinStep) => void): Promise<JoinOutcome> {
    return this.using<JoinOutcome>(
      async (connected) => {
        const device = adapterPath(connected.objects);
        const trouble = adapterTrouble(connected.objects, device);
        if (trouble !== undefined || device === undefined)
          return trouble ?? { code: 'wifi-no-adapter', values: {} };
        await connected.profiles.read();
        const before = activeProfile(connected.objects, device);
        const parts = { ...connected, device, timers: this.timers };
        const outcome = await joinNetwork(parts, wish, signal, tell);
        if (outcome.code !== 'wifi-joined' && before !== undefined && !signal.aborted)
          // Not waited for: the owner reads meanwhile why it failed.
          void this.using(
            () => goBack(parts, before, signal),
            () => undefined,
          );
        return outcome;
      },
      (trouble) => trouble,
    );
  }

  forget(id: string): Promise<WifiTrouble | undefined> {
    return this.using<WifiTrouble | undefined>(
      async ({ bus, profiles }) => {
        await profiles.read();
        for (const { path } of profiles.of(id)) await callProfile(bus, path, 'Delete');
        return undefined;
      },
      (trouble) => trouble,
    );
  }

  private get timers(): Timers {
    return this.options.timers ?? systemTimers;
  }

  /** Connects for as long as the work takes, or somebody else's does. */
  private async using<T>(
    work: (connected: Connected) => Promise<T>,
    failed: (trouble: WifiTrouble) => T,
  ): Promise<T> {
    this.users++;
    try {
      return await work(await this.connect());
    } catch (error) {
      return failed(asWifiTrouble(error));
    } finally {
      this.users--;
      if (this.users === 0) void this.disconnect();
    }
  }

  private async connect(): Promise<Connected> {
    this.connected ??= this.open();
    try {
      return await this.connected;
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
  }

  private async open(): Promise<Connected> {
    const bus = await SystemBus.connect(this.options);
    bus.onClosed(() => (this.connected = undefined));
    try {
      const owner = { service: networkManager, root: objectsRoot };
      const objects = await BusObjects.open(bus, owner, this.timers);
      return { bus, objects, profiles: new Profiles(bus, objects) };
    } catch (error) {
      bus.disconnect();
      throw error;
    }
  }

  private async disconnect(): Promise<void> {
    const { connected } = this;
    this.connected = undefined;
    (await connected?.catch(() => undefined))?.bus.disconnect();
  }

  private async watchNetworks(
    { bus, objects, profiles }: Connected,
    signal: AbortSignal,
    tell: (view: WifiView) => void,
  ): Promise<WifiTrouble | undefined> {
    if (!(await objects.start())) return { code: 'wifi-no-manager', values: {} };
    const device = (): string | undefined => adapterPath(objects);
    await objects.until(() => adapterTrouble(objects, device()) === undefined, readyLimit, signal);
    if (!(await this.isPermitted(bus))) return { code: 'wifi-not-permitted', values: {} };
    const search = new Search(bus, objects, this.timers);
    this.askSearch = () => search.begin(device());
    let trouble = adapterTrouble(objects, device());
    let told = '';
    const look = (): boolean => {
      const path = device();
      trouble = adapterTrouble(objects, path);
      if (trouble !== undefined || path === undefined || signal.aborted) return true;
      // What changes meanwhile is read by the next look.
      void profiles.read().then(
        (isMore) => isMore && look(),
        () => undefined,
      );
      const view = viewOf(objects, profiles, path, search.isRunning);
      const text = JSON.stringify(view);
      if (text !== told) tell(view);
      told = text;
      return false;
    };
    search.changed = () => void look();
    const stop = every(this.timers, searchEvery, () => search.begin(device()));
    try {
      if (trouble === undefined) {
        search.begin(device());
        await objects.until(look, noLimit, signal);
      }
    } finally {
      stop();
      search.close();
    }
    return signal.aborted ? undefined : trouble;
  }

  private async isPermitted(bus: SystemBus): Promise<boolean> {
    const [answers] = await bus.call({
      destination: networkManager,
      path: managerPath,
      interface: managerInterface,
      member: 'GetPermissions',
      limit: callLimit,
    });
    return permissions.every((each) => (answers as Record<string, string>)[each] === 'yes');
  }
}

function viewOf(objects: BusObjects, profiles: Profiles, device: string, isSearching: boolean): WifiView {
  const used = stateOf(objects, device) === deviceStates.activated ? usedNetwork(objects, device) : undefined;
  const networks = networksOf(accessPoints(objects, device), (id) => profiles.of(id).length > 0, used);
  const joined =
    used === undefined ? undefined : { id: used, name: nameOf(used), address: addressOf(objects, device) };
  return { networks, joined, isSearching };
}

/** Calls back again and again until the returned function is called. */
function every(timers: Timers, ms: number, act: () => void): () => void {
  let cancel = (): void => undefined;
  const next = (): void => {
    cancel = timers.after(ms, () => {
      act();
      next();
    });
  };
  next();
  return () => cancel();
}
