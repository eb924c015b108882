import { databaseWords } from '../../words/en/database-pages';
import { devicesWords } from '../../words/en/devices';
import type { Header } from './chrome';
import { DatabasesPages } from './databases/databases-pages';
import { DevicesPages, type DevicesHost } from './devices/devices-pages';
import type { FieldValues } from './field';
import { WifiPages } from './network/wifi-pages';
import type { ConfigPage, ConfigParts } from './pages';
import type { ViewBuilder } from './view-builder';

/** A list on a page of the settings, whose entries have pages of their own. */
interface SubPage {
  /** True while another page stands in place of the list. */
  readonly isOpen: boolean;
  /** What the picture is made of: it is built anew when that is something else. */
  readonly structure: unknown;
  buildOpened(builder: ViewBuilder, header: Omit<Header, 'title'>): void;
  /** Goes one page back. */
  back(): void;
}

/** Something that was changed and not saved yet. */
export interface Change {
  readonly label: string;
  readonly restarts: boolean;
}

/** The parts of the settings that are lists: devices, networks and databases. What has no part has no pages. */
export class SubPages {
  readonly devices: DevicesPages | undefined;
  readonly wifi: WifiPages | undefined;
  readonly databases: DatabasesPages | undefined;

  constructor(
    { devices, wifi, databases }: Pick<ConfigParts, 'devices' | 'wifi' | 'databases'>,
    host: DevicesHost,
  ) {
    this.devices = devices && new DevicesPages(devices, host);
    this.wifi = wifi && new WifiPages(wifi, host);
    this.databases = databases && new DatabasesPages(databases, host);
  }

  /** What stands in place of a page: that of one of the list. */
  opened(page: ConfigPage): SubPage | undefined {
    const pages = this.of(page);
    return pages?.isOpen === true ? pages : undefined;
  }

  /** What the picture of a page is made of; nothing for a page without a list. */
  structure(page: ConfigPage): unknown {
    return this.of(page)?.structure;
  }

  /** Lists that were changed and not saved yet. */
  get changed(): readonly Change[] {
    const lists = [
      [this.devices?.list, devicesWords.changed],
      [this.databases?.list, databaseWords.changed],
    ] as const;
    return lists.flatMap(([list, label]) => (list?.isChanged === true ? [{ label, restarts: true }] : []));
  }

  /** What would be saved of them, by the names of the settings. */
  get changes(): FieldValues {
    return { ...this.devices?.list.changes, ...this.databases?.list.changes };
  }

  /** This page is shown. */
  shown(page: ConfigPage): void {
    this.wifi?.shown(page.kind === 'wifi');
  }

  /** Nobody looks at them any more. */
  left(): void {
    this.devices?.left();
    this.databases?.left();
    this.wifi?.shown(false);
  }

  /** Goes back to the lists and forgets what was changed. */
  drop(): void {
    this.devices?.list.drop();
    this.devices?.close();
    this.wifi?.back();
    this.databases?.list.drop();
    this.databases?.close();
  }

  private of({ kind }: ConfigPage): SubPage | undefined {
    return kind === 'devices' || kind === 'wifi' || kind === 'databases' ? this[kind] : undefined;
  }
}
