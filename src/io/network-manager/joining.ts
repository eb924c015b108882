import type { JoinWish } from '../../model/wifi';
import type { JoinOutcome, JoinStep } from '../../model/wifi-reports';
import { Variant } from '@jellybrick/dbus-next';
import type { BusObjects } from '../system-bus/bus-objects';
import type { BusCall, BusSignal, SystemBus } from '../system-bus/system-bus';
import type { Timers } from '../timers';
import { accessPoints } from './access-points';
import { addressOf, stateOf } from './adapter';
import {
  activeInterface,
  deviceInterface,
  managerInterface,
  managerPath,
  networkManager,
  noObject,
  profileInterface,
} from './names';
import type { Profiles } from './profiles';
import { connectionIsOver, deviceStates, joinFailure, joinStep } from './states';
import { settingsFor } from './wish-settings';

/** ms that a call may take. */
const callLimit = 25_000;
/** ms after which joining has come to nothing; NetworkManager itself gives up before that. */
const joinLimit = 120_000;
/** ms in which NetworkManager returns to the network before by itself. */
const returnLimit = 3000;

/** What joining needs. */
export interface JoiningParts {
  readonly bus: SystemBus;
  readonly objects: BusObjects;
  readonly profiles: Profiles;
  readonly timers: Timers;
  /** Path of the adapter. */
  readonly device: string;
}

/**
 * Joins a network. A new profile is volatile until it has worked: with a wrong password it is gone by itself, and the one before
 * stays as it was.
 *
 * @throws BusError (as a rejection) when NetworkManager refuses, or does not answer
 */
export async function joinNetwork(
  parts: JoiningParts,
  wish: JoinWish,
  signal: AbortSignal,
  tell: (step: JoinStep) => void,
): Promise<JoinOutcome> {
  const { objects, profiles, device } = parts;
  const kept = profiles.of(wish.id);
  const point = accessPoints(objects, device).find(({ id }) => id === wish.id);
  const specific = point?.path ?? noObject;
  const watch = new JoinWatch(parts, tell);
  try {
    const [known] = wish.password === undefined ? kept : [];
    if (known !== undefined) {
      const [active] = await manage(parts, 'ActivateConnection', 'ooo', [known.path, device, specific]);
      return seen(parts, wish.id, await watch.outcome(String(active), signal));
    }
    const settings = settingsFor(wish, point);
    const options = { persist: new Variant('s', 'volatile') };
    const [path, active] = await manage(parts, 'AddAndActivateConnection2', 'a{sa{sv}}ooa{sv}', [
      settings,
      device,
      specific,
      options,
    ]);
    const outcome = seen(parts, wish.id, await watch.outcome(String(active), signal));
    if (outcome.code !== 'wifi-joined') return outcome;
    await callProfile(parts.bus, String(path), 'Save');
    for (const old of kept) await callProfile(parts.bus, old.path, 'Delete');
    return outcome;
  } finally {
    watch.close();
  }
}

/** NetworkManager takes a network that never let it in for one that is not there, also where it is received. */
function seen({ objects, device }: JoiningParts, id: string, outcome: JoinOutcome): JoinOutcome {
  const isThere = accessPoints(objects, device).some((point) => point.id === id);
  return outcome.code === 'wifi-out-of-range' && isThere ? { code: 'wifi-no-answer', values: {} } : outcome;
}

/** Calls a method of a profile that takes nothing. @throws BusError (as a rejection) */
export async function callProfile(bus: SystemBus, path: string, member: 'Save' | 'Delete'): Promise<void> {
  await bus.call({ ...to(path, profileInterface, member), limit: callLimit });
}

/** Path of the profile that an adapter has joined a network by; `undefined` where it is in no network. */
export function activeProfile(objects: BusObjects, device: string): string | undefined {
  if (stateOf(objects, device) !== deviceStates.activated) return undefined;
  const { ActiveConnection: active } = objects.get(device, deviceInterface) ?? {};
  const { Connection: path } = objects.get(String(active), activeInterface) ?? {};
  return typeof path === 'string' ? path : undefined;
}

/**
 * Sees to it that the network before is joined again where NetworkManager does not do so by itself. Never rejects.
 *
 * @param before path of its profile @param signal another network is joined
 */
export async function goBack(parts: JoiningParts, before: string, signal: AbortSignal): Promise<void> {
  const { objects, device } = parts;
  const state = (): number => stateOf(objects, device);
  const isOnItsWay = (): boolean => state() >= deviceStates.prepare && state() <= deviceStates.activated;
  if ((await objects.until(isOnItsWay, returnLimit, signal)) || signal.aborted) return;
  await manage(parts, 'ActivateConnection', 'ooo', [before, device, noObject]).catch(() => undefined);
}

function to(path: string, name: string, member: string): Omit<BusCall, 'limit'> {
  return { destination: networkManager, path, interface: name, member };
}

function manage(
  { bus }: JoiningParts,
  member: string,
  signature: string,
  body: readonly unknown[],
): Promise<readonly unknown[]> {
  return bus.call({ ...to(managerPath, managerInterface, member), signature, body, limit: callLimit });
}

/** Follows the adapter's states from before it begins to join until it has, or has not. */
class JoinWatch {
  /** It has begun: what fails from now on is no connection before. */
  private hasBegun = false;
  /** Why the device failed, or what it was taken away for. */
  private reason: number | undefined;
  private isActivated = false;
  private readonly release: () => void;
  private check: () => void = () => undefined;

  constructor(
    private readonly parts: JoiningParts,
    private readonly tell: (step: JoinStep) => void,
  ) {
    // Properties are told of after the fact, and states that follow one another at once might be missed.
    this.release = parts.bus.onSignal((signal) => this.hear(signal));
  }

  close(): void {
    this.release();
  }

  /** Resolves when this connection stands or is over. */
  outcome(active: string, signal: AbortSignal): Promise<JoinOutcome> {
    const { objects, timers, device, bus } = this.parts;
    return new Promise((resolve) => {
      const finish = (outcome: JoinOutcome): void => {
        for (const end of ends) end();
        resolve(outcome);
      };
      const gone = (): void => finish({ code: 'wifi-no-manager', values: {} });
      const stopped = (): void => finish({ code: 'wifi-given-up', values: {} });
      this.check = () => {
        if (this.reason !== undefined) return finish(joinFailure(this.reason));
        if (!objects.isRunning) return gone();
        const connection = objects.get(active, activeInterface);
        if (connection?.['State'] === connectionIsOver) return finish(joinFailure(60));
        const isOurs = objects.get(device, deviceInterface)?.['ActiveConnection'] === active;
        if (this.isActivated && isOurs)
          finish({ code: 'wifi-joined', values: { address: addressOf(objects, device) } });
      };
      signal.addEventListener('abort', stopped, { once: true });
      const ends = [
        timers.after(joinLimit, () => finish({ code: 'wifi-no-answer', values: {} })),
        objects.onChange(() => this.check()),
        bus.onClosed(gone),
        () => signal.removeEventListener('abort', stopped),
      ];
      if (signal.aborted) stopped();
      else this.check();
    });
  }

  private hear({ path, interface: name, member, body }: BusSignal): void {
    if (path !== this.parts.device || name !== deviceInterface || member !== 'StateChanged') return;
    const [state, , reason] = body.map(Number);
    if (state === undefined || reason === undefined) return;
    const step = joinStep(state);
    if (step !== undefined) this.tell(step);
    this.hasBegun ||= state === deviceStates.prepare;
    this.isActivated = this.hasBegun && state === deviceStates.activated;
    if (
      this.hasBegun &&
      (state === deviceStates.failed ||
        state <= deviceStates.disconnected ||
        state === deviceStates.deactivating)
    )
      this.reason ??= reason;
    this.check();
  }
}
