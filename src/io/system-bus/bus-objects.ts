import { Variant } from '@jellybrick/dbus-next';
import { systemTimers, type Timers } from '../timers';
import type { BusSignal, SystemBus } from './system-bus';

/** D-Bus's interface of everything that has properties. */
export const propertiesInterface = 'org.freedesktop.DBus.Properties';

/** ms in which the service starts: a slow board takes some seconds. */
const startLimit = 10_000;

const objectManager = 'org.freedesktop.DBus.ObjectManager';

/** Properties of one interface of an object, by their names, without D-Bus's wrapping. */
export type Properties = Readonly<Record<string, unknown>>;

/** Is called with changed properties. */
export type PropertyListener = (path: string, name: string, changed: Properties) => void;

/** Whose objects. */
export interface ObjectsOwner {
  /** Its name on the bus, such as `org.bluez`. */
  readonly service: string;
  /** Path of the object that lists the others. */
  readonly root: string;
}

/**
 * The objects of a service as they are now, with their properties: read once, then kept by its signals. When the service or the
 * bus ends all of them are gone; when the service starts again they are read again.
 */
export class BusObjects {
  private readonly objects = new Map<string, Map<string, Record<string, unknown>>>();
  private readonly propertyListeners = new Set<PropertyListener>();
  private readonly changeListeners = new Set<() => void>();
  /** True while the service has its name on the bus. */
  isRunning = false;

  private constructor(
    private readonly bus: SystemBus,
    private readonly owner: ObjectsOwner,
    private readonly timers: Timers,
  ) {}

  /**
   * Reads them; a service that is not running has none.
   *
   * @throws BusError (as a rejection) when the bus is lost or forbids it, or the service does not answer within 10 s
   */
  static async open(bus: SystemBus, owner: ObjectsOwner, timers: Timers = systemTimers): Promise<BusObjects> {
    const objects = new BusObjects(bus, owner, timers);
    const { service } = owner;
    bus.onSignal((signal) => objects.signal(signal));
    bus.onClosed(() => objects.forget());
    await bus.match(`type='signal',sender='${service}'`);
    await bus.match(
      `type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${service}'`,
    );
    await objects.load();
    return objects;
  }

  /**
   * Has the service started where it is installed and does not run, as after a fault of its own: systemd does that when D-Bus
   * asks for it, and at no other time. Resolves with whether it runs. Never rejects.
   */
  async start(): Promise<boolean> {
    if (this.isRunning) return true;
    try {
      await this.askBus('StartServiceByName', 'su', [this.owner.service, 0], startLimit);
    } catch {
      return false;
    }
    return this.until(() => this.isRunning, startLimit);
  }

  private async askBus(
    member: string,
    signature: string,
    body: unknown[],
    limit: number,
  ): Promise<readonly unknown[]> {
    const name = 'org.freedesktop.DBus';
    return this.bus.call({
      destination: name,
      path: '/org/freedesktop/DBus',
      interface: name,
      member,
      signature,
      body,
      limit,
    });
  }

  private async load(): Promise<void> {
    const [hasOwner] = await this.askBus('NameHasOwner', 's', [this.owner.service], 5000);
    this.isRunning = hasOwner === true;
    if (!this.isRunning) return;
    const [managed] = await this.bus.call({
      destination: this.owner.service,
      path: this.owner.root,
      interface: objectManager,
      member: 'GetManagedObjects',
      limit: 10_000,
    });
    this.objects.clear();
    for (const [path, interfaces] of Object.entries(managed as Record<string, object>))
      this.add(path, interfaces);
    this.changed();
  }

  /** Properties of an object; `undefined` without that object or interface. */
  get(path: string, name: string): Properties | undefined {
    return this.objects.get(path)?.get(name);
  }

  /** Paths of all objects with an interface, sorted. @param below only those beneath this path */
  paths(name: string, below = ''): string[] {
    return [...this.objects]
      .filter(([path, interfaces]) => interfaces.has(name) && path.startsWith(`${below}/`))
      .map(([path]) => path)
      .sort();
  }

  /** Calls back on every change of properties until the returned function is called. */
  onProperties(listener: PropertyListener): () => void {
    this.propertyListeners.add(listener);
    return () => this.propertyListeners.delete(listener);
  }

  /** Calls back after every change, the end of the service and of the bus included, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /**
   * Waits until a condition holds, checked after each change.
   *
   * @returns whether it came true within `ms`, before the signal was aborted
   */
  async until(condition: () => boolean, ms: number, signal?: AbortSignal): Promise<boolean> {
    if (condition()) return true;
    if (signal?.aborted === true) return false;
    return new Promise((resolve) => {
      const finish = (result: boolean): void => {
        cancel();
        release();
        signal?.removeEventListener('abort', onAbort);
        resolve(result);
      };
      const onAbort = (): void => finish(false);
      const cancel = this.timers.after(ms, () => finish(false));
      const release = this.onChange(() => {
        if (condition()) finish(true);
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  private signal({ path, interface: name, member, body }: BusSignal): void {
    if (member === 'NameOwnerChanged' && body[0] === this.owner.service) this.ownerChanged(body[2] !== '');
    else if (name === objectManager && member === 'InterfacesAdded') this.add(String(body[0]), body[1] ?? {});
    else if (name === objectManager && member === 'InterfacesRemoved')
      this.remove(String(body[0]), (body[1] ?? []) as string[]);
    else if (name === propertiesInterface && member === 'PropertiesChanged')
      this.update(path, String(body[0]), body[1] ?? {}, (body[2] ?? []) as string[]);
    else return;
    this.changed();
  }

  private ownerChanged(isThere: boolean): void {
    this.isRunning = isThere;
    this.objects.clear();
    // Objects that appear later are announced by InterfacesAdded.
    if (isThere) void this.load().catch(() => undefined);
  }

  private forget(): void {
    this.isRunning = false;
    this.objects.clear();
    this.changed();
  }

  private add(path: string, interfaces: object): void {
    const object = this.objects.get(path) ?? new Map<string, Record<string, unknown>>();
    for (const [name, properties] of Object.entries(interfaces))
      object.set(name, plain(properties as object));
    this.objects.set(path, object);
  }

  private remove(path: string, names: readonly string[]): void {
    const object = this.objects.get(path);
    for (const name of names) object?.delete(name);
    if (object?.size === 0) this.objects.delete(path);
  }

  private update(path: string, name: string, changes: object, invalidated: readonly string[]): void {
    const changed = plain(changes);
    const properties = this.objects.get(path)?.get(name);
    if (properties !== undefined) {
      Object.assign(properties, changed);
      // Such as the signal of a device, when nobody scans any more.
      for (const property of invalidated) Reflect.deleteProperty(properties, property);
    }
    for (const listener of [...this.propertyListeners]) listener(path, name, changed);
  }

  private changed(): void {
    for (const listener of [...this.changeListeners]) listener();
  }
}

function plain(properties: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      name,
      value instanceof Variant ? value.value : value,
    ]),
  );
}
