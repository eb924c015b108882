import { readFile } from 'node:fs/promises';
import { failureWords } from '../../base/failure-words';
import type { BrokerTrouble } from '../../model/broker-reports';
import { AccessError, brokerPlace, type BrokerAccess } from './broker-access';
import type { BrokerSet } from './broker-files';
import type { BrokerStore } from './broker-store';

/** What the settings say about the broker; empty where they say nothing. */
export interface BrokerSettings {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Paths of PEM files. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/**
 * Decides what to connect with: the settings, and for what they leave open the files from the stick. A set that has not
 * connected yet takes turns with the one that has, so that a bad stick cuts nobody off.
 */
export class BrokerChoice {
  private usedFresh = false;
  private readonly sets = new Map<BrokerAccess, BrokerSet>();
  private freshTrouble: BrokerTrouble | undefined;

  constructor(
    private readonly settings: BrokerSettings,
    private readonly store: Pick<BrokerStore, 'sets' | 'prove'>,
  ) {}

  /** Why a new set does not connect. */
  get trouble(): BrokerTrouble | undefined {
    return this.freshTrouble;
  }

  /** @throws AccessError when there is no broker, or one of the files that the settings name can't be read */
  async access(): Promise<BrokerAccess> {
    const { url, user, password, ca, cert, key } = this.settings;
    const set = await this.nextSet();
    const address = url !== '' ? url : set === undefined ? undefined : addressOf(set);
    if (address === undefined) {
      throw new AccessError({ code: 'no-broker-set', values: {} });
    }
    const { encrypted } = brokerPlace(address);
    const own = { ca: await pem(ca), cert: await pem(cert), key: await pem(key) };
    const chosen = {
      ca: own.ca ?? set?.ca,
      ...(own.cert === undefined ? { cert: set?.cert, key: set?.key } : { cert: own.cert, key: own.key }),
    };
    const access: BrokerAccess = {
      url: address,
      user,
      password,
      // A certificate has no business with a broker that is not asked who it is.
      ...(encrypted &&
        (Object.fromEntries(Object.entries(chosen).filter(([, text]) => text !== undefined)) as object)),
    };
    this.sets.clear();
    if (set !== undefined) this.sets.set(access, set);
    return access;
  }

  /** What came of a try to connect; `undefined` when it worked. */
  async tried(access: BrokerAccess, trouble: BrokerTrouble | undefined): Promise<void> {
    const set = this.sets.get(access);
    if (set === undefined || !this.usedFresh) return;
    if (trouble === undefined) {
      this.freshTrouble = undefined;
      // The next one that comes is tried first.
      this.usedFresh = false;
      await this.store.prove(set).catch(() => undefined);
      return;
    }
    this.freshTrouble = trouble;
  }

  private async nextSet(): Promise<BrokerSet | undefined> {
    const { fresh, proven } = await this.store.sets();
    this.usedFresh = fresh !== undefined && (proven === undefined || !this.usedFresh);
    if (fresh === undefined) this.freshTrouble = undefined;
    return this.usedFresh ? fresh : proven;
  }
}

function addressOf({ host }: BrokerSet): string {
  return `mqtts://${host}${/:\d+$/.test(host) ? '' : ':8883'}`;
}

/** In place of the files from a stick, where none are meant. */
export const noBrokerFiles: Pick<BrokerStore, 'sets' | 'prove'> = {
  sets: () => Promise.resolve({ proven: undefined, fresh: undefined }),
  prove: () => Promise.resolve(),
};

/** What is in a PEM file that the settings name; `undefined` when they name none. @throws AccessError */
async function pem(path: string): Promise<string | undefined> {
  if (path === '') return undefined;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new AccessError({ code: 'pem-unreadable', values: { path, reason: failureWords(error) } });
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new AccessError({ code: 'pem-other-format', values: { path } });
}
