import { calibrationWords } from '../../words/en/touch-calibration';
import { databaseWords } from '../../words/en/database-pages';
import { devicesWords } from '../../words/en/devices';
import { indexWords } from '../../words/en/settings-index';
import { wifiWords } from '../../words/en/wifi';
import type { DatabasesDesk } from './databases/databases-desk';
import { isTakenOut } from './devices/device-list';
import type { DevicesDesk } from './devices/devices-desk';
import type { Draft } from './draft';
import type { ControllerLink } from '../../model/controller/controller-link';
import type { Editable, SettingsEditor } from './editable';
import type { Field, FieldPage } from './field';
import type { UnreadNotices } from './own-notice';
import { ownLines } from './plain-pages';
import { offeredActions, type InformationLine, type ServiceActions } from './service';
import type { WifiDesk } from './network/wifi-desk';
import type { SettingsLock } from './settings-lock';
import { settingsParts, type SettingsPart } from './settings-parts';

/** What the settings have to show and to do; what is missing has no page. */
export interface ConfigParts {
  readonly editor?: SettingsEditor;
  readonly devices?: DevicesDesk;
  /** The machine's Wi-Fi, where it is set on this display. */
  readonly wifi?: WifiDesk;
  /** The databases that rows are sent to. */
  readonly databases?: DatabasesDesk;
  /** Default: none has announced itself. */
  readonly controller?: ControllerLink;
  readonly service?: ServiceActions;
  readonly information?: () => readonly InformationLine[];
  /** What is wrong with packdial itself. */
  readonly notices?: UnreadNotices;
  /** Default: whoever touches the display may set it. */
  readonly lock?: SettingsLock;
  /** True while only the main screen is to be shown. */
  readonly kiosk?: () => boolean;
  /** The battery is heard over a wire, on which nothing can be configured. */
  readonly wired?: boolean;
}

/** No controller that could be configured. */
export interface ControllerAway {
  /** What there is to say of one that was heard before. */
  readonly silent: string | undefined;
}

/** What a page belongs to; the index leads to the parts and is none. */
type PagePart = SettingsPart | 'index';

/** A row of the index: it leads to the first page of a part. */
export interface IndexRow {
  readonly part: SettingsPart;
  /** Id of that page. */
  readonly opens: string;
  /** How the part is set; absent where the index knows by itself. */
  readonly state?: () => PartState;
}

/** How a part of the settings is set, in a word or two; notable while that is not saved, or not as it should be. */
export interface PartState {
  readonly text: string;
  readonly tone: 'known' | 'notable';
}

/** One page of the settings. */
export type ConfigPage = { readonly id: string; readonly title: string; readonly part: PagePart } & (
  | { readonly kind: 'index'; readonly rows: readonly IndexRow[] }
  | { readonly kind: 'fields'; readonly fields: readonly Field[]; readonly draft: Draft }
  | { readonly kind: 'nothing'; readonly heading: string; readonly text: string }
  | { readonly kind: 'devices'; readonly from: number; readonly to: number }
  | { readonly kind: 'wifi' }
  | { readonly kind: 'databases'; readonly field: Field | undefined; readonly draft: Draft }
  | { readonly kind: 'information'; readonly from: number; readonly to: number }
  | { readonly kind: 'touch'; readonly calibrate: () => void }
  | { readonly kind: 'service'; readonly service: ServiceActions; readonly from: number; readonly to: number }
);

type DatabasesConfigPage = Extract<ConfigPage, { readonly kind: 'databases' }>;

/** Name of the field that stands above the list of databases. */
const databasesSwitch = 'logToDatabase';

/** What fits on one page; more goes on another. */
export interface PageLimits {
  /** Rows of fields. */
  readonly fields: number;
  /** Rows of the index. */
  readonly parts: number;
  readonly devices: number;
  /** Lines of information. */
  readonly lines: number;
}

/**
 * All pages there are at the moment, in their order: the index; the battery's, which are the manual's, so the controller's first;
 * the devices; the rest of the display's own; information, service.
 *
 * @param devices rows that the list of devices has; 0 without such a list
 */
export function configPages(
  parts: ConfigParts,
  controller: Editable | ControllerAway,
  drafts: { readonly own: Draft; readonly controller: Draft },
  devices: number,
  most: PageLimits,
): ConfigPage[] {
  const { editor, service } = parts;
  const databases = parts.databases === undefined ? [] : [databasesPage(editor, drafts.own)];
  const own =
    editor === undefined ? [] : fieldPages(without(editor, databases), drafts.own, most.fields, 'own');
  const pages: ConfigPage[] = [
    ...('pages' in controller
      ? fieldPages(controller, drafts.controller, most.fields, 'controller')
      : controller.silent === undefined
        ? unannounced(parts.wired === true)
        : [silentPage(controller.silent)]),
    ...own.filter(({ part }) => part === 'battery'),
    ...parted('devices', devicesWords.title, devices, most.devices),
    ...own.filter(({ part }) => part !== 'battery' && isBefore(part, 'night')),
    ...touchPages(service),
    ...own.filter(({ part }) => !isBefore(part, 'night') && isBefore(part, 'databases')),
    ...databases,
    ...own.filter(({ part }) => part === 'databases'),
    ...(parts.wifi === undefined
      ? []
      : [{ id: 'wifi', title: wifiWords.title, part: 'network', kind: 'wifi' } as const]),
    ...own.filter(({ part }) => !isBefore(part, 'network')),
    ...informationPages(ownLines(undefined, parts.information?.() ?? []).length, most.lines),
    ...servicePages(service, most.fields),
  ];
  return [...indexPages(pages, parts, drafts.own, most.parts), ...pages];
}

/** True for a part that stands before another in the index. */
function isBefore(part: PagePart, other: SettingsPart): boolean {
  return part !== 'index' && settingsParts.indexOf(part) < settingsParts.indexOf(other);
}

/**
 * The page that a part opens with: the first on which something can be set, or its list of databases. A part that has no page yet opens with the one where it
 * is switched on, as MQTT.
 */
function firstPage(pages: readonly ConfigPage[], part: SettingsPart): ConfigPage | undefined {
  const own = pages.filter((page) => page.part === part);
  const switches = (page: ConfigPage): boolean =>
    page.kind === 'fields' && page.fields.some(({ name }) => name === part);
  const sets = ({ kind }: ConfigPage): boolean => kind === 'fields' || kind === 'databases';
  return own.find(sets) ?? own[0] ?? pages.find(switches);
}

function devicesState(desk: DevicesDesk): PartState {
  const { saved, only } = desk;
  const read = saved.devices.filter((entry) => !isTakenOut(entry));
  const all = saved.devices.length === 0 ? [only.live] : read.map(({ name }) => desk.live(name));
  const fresh = all.filter((device) => device?.freshness === 'fresh').length;
  return { text: indexWords.live(fresh, all.length), tone: fresh === all.length ? 'known' : 'notable' };
}

/** The page of databases, with LOG TO DATABASE on it. */
function databasesPage(editor: Editable | undefined, draft: Draft): DatabasesConfigPage {
  const fields = editor?.pages.flatMap((page) => page.fields) ?? [];
  const field = fields.find(({ name }) => name === databasesSwitch);
  return { id: 'databases', title: databaseWords.title, part: 'databases', kind: 'databases', field, draft };
}

/** Pages without what stands on the page of databases. */
function without({ pages }: Editable, databases: readonly DatabasesConfigPage[]): Pick<Editable, 'pages'> {
  const isElsewhere = (field: Field): boolean => databases.some((page) => page.field === field);
  const left = (page: FieldPage): FieldPage => ({
    ...page,
    fields: page.fields.filter((field) => !isElsewhere(field)),
  });
  return { pages: pages.map(left) };
}

function databasesState(desk: DatabasesDesk, draft: Draft): PartState {
  const { saved } = desk;
  const { databases: words } = indexWords;
  const isChanged = draft.values[databasesSwitch] !== draft.saved[databasesSwitch];
  if (saved.length === 0) return { text: words.none, tone: 'known' };
  if (draft.values[databasesSwitch] === false)
    return { text: indexWords.off, tone: isChanged ? 'notable' : 'known' };
  const up = saved.filter((address) => {
    const live = desk.live(address);
    return live !== undefined && live.state !== 'down' && live.report.code !== 'database-connecting';
  }).length;
  return { text: words.connected(up, saved.length), tone: up === saved.length ? 'known' : 'notable' };
}

/** The index, of those parts that have a page. */
function indexPages(
  pages: readonly ConfigPage[],
  { editor, devices, databases }: ConfigParts,
  draft: Draft,
  most: number,
): ConfigPage[] {
  const rows = settingsParts.flatMap((part): IndexRow[] => {
    const opens = firstPage(pages, part)?.id;
    if (opens === undefined) return [];
    const own = editor?.pages.filter((page) => page.part === part) ?? [];
    if (part === 'devices' && devices !== undefined) {
      return [{ part, opens, state: () => devicesState(devices) }];
    }
    if (part === 'databases' && databases !== undefined) {
      return [{ part, opens, state: () => databasesState(databases, draft) }];
    }
    if (own.length === 0) return [{ part, opens }];
    const state = (): PartState => ({
      text: own.map((page) => page.state?.(draft.values) ?? '').find((text) => text !== '') ?? '',
      tone: own.some(({ fields }) => fields.some((field) => draft.differs(field))) ? 'notable' : 'known',
    });
    return [{ part, opens, state }];
  });
  return parted('index', indexWords.title, rows.length, most).map((page) => ({
    ...page,
    kind: 'index',
    rows: rows.slice(page.from, page.to),
  }));
}

/**
 * The page to show; one that is no more gives way to the first on which something can be done, or which says where it went.
 *
 * @param id of the page that is open; `undefined` when the settings are opened
 * @param isSilent nothing was received yet: they open with the devices
 */
export function chosenPage(
  pages: readonly ConfigPage[],
  id: string | undefined,
  isSilent: boolean,
): ConfigPage {
  const wanted = id ?? (isSilent ? 'devices' : '');
  const controllers = (each = ''): boolean => each.startsWith('controller');
  const page =
    pages.find((each) => each.id === wanted) ??
    pages.find(({ kind }) => kind === 'devices' && wanted.startsWith(kind)) ??
    pages.find((each) => controllers(wanted) && controllers(each.id)) ??
    pages[0];
  if (page === undefined) throw new Error('the settings have no page');
  return page;
}

/** What distinguishes a page's picture from another of the same page. */
export function pageKey(page: ConfigPage): readonly string[] {
  if (page.kind === 'nothing') return [page.id, page.text];
  return page.kind === 'fields' ? [page.id, ...page.fields.map(({ name }) => name)] : [page.id];
}

function fieldPages(
  { pages }: Pick<Editable, 'pages'>,
  draft: Draft,
  most: number,
  owner: string,
): ConfigPage[] {
  return pages.flatMap((page: FieldPage): ConfigPage[] => {
    const fields = page.fields.filter((field) => field.applies(draft.values));
    const parts = Math.ceil(fields.length / most);
    return Array.from({ length: parts }, (_, i) => ({
      id: `${owner} ${page.title} ${i}`,
      title: parts > 1 ? `${page.title} ${i + 1}/${parts}` : page.title,
      part: page.part,
      kind: 'fields',
      fields: fields.slice(i * most, (i + 1) * most),
      draft,
    }));
  });
}

function informationPages(lines: number, most: number): ConfigPage[] {
  const count = Math.max(1, Math.ceil(lines / most));
  // As many on each as there is room for evenly: two lines alone on a page look like a mistake.
  return parted('information', 'Information', Math.max(1, lines), Math.ceil(lines / count));
}

/** Beside the settings of the screen. */
function touchPages({ calibrateTouch: calibrate }: ServiceActions = {}): ConfigPage[] {
  if (calibrate === undefined) return [];
  return [{ id: 'touch', title: calibrationWords.title, part: 'screen', kind: 'touch', calibrate }];
}

function servicePages(service: ServiceActions = {}, most: number): ConfigPage[] {
  const pages = parted('service', 'Service', offeredActions(service).length, most);
  return pages.map((page) => ({ ...page, service }));
}

/** Pages of a list; `most` on each. */
function parted<K extends 'devices' | 'information' | 'index' | 'service'>(
  kind: K,
  title: string,
  length: number,
  most: number,
): { id: string; title: string; part: K; kind: K; from: number; to: number }[] {
  const count = Math.ceil(length / most);
  return Array.from({ length: count }, (_, i) => ({
    id: i === 0 ? kind : `${kind} ${i}`,
    title: count > 1 ? `${title} ${i + 1}/${count}` : title,
    part: kind,
    kind,
    from: i * most,
    to: (i + 1) * most,
  }));
}

function silentPage(text: string): ConfigPage {
  return {
    id: 'controller',
    title: 'Controller',
    part: 'battery',
    kind: 'nothing',
    heading: 'The controller is silent',
    text,
  };
}

function unannounced(wired: boolean): ConfigPage[] {
  const heading = wired
    ? 'A wired controller is not configured from here'
    : 'No controller has announced its configuration';
  const why = wired
    ? 'On a CAN bus controllers only tell how the battery is.'
    : 'One that broadcasts it over the wireless network is shown here by itself.';
  return [
    {
      id: 'controller',
      title: 'Controller',
      part: 'battery',
      kind: 'nothing',
      heading,
      text: `${why} Its limits are then set here with sliders.`,
    },
    {
      id: 'controller network',
      title: 'Controller’s network',
      part: 'battery',
      kind: 'nothing',
      heading,
      text: `${why} Its CAN speeds, Wi-Fi and time zone are then set here.`,
    },
  ];
}
