import { isTimeZone, longestTimeZone } from './time-zone';

/** What the value of an item is. */
export type ControllerValue = string | number;

interface ItemOfAnyKind {
  /** What the owner calls it. */
  readonly label: string;
  /** The page that it stands on. */
  readonly page: 'limits' | 'network' | 'name';
  /** A few words about what it is for or what it takes; may be empty. */
  readonly note: string;
  /** A password: never announced, logged, published or shown. */
  readonly secret: boolean;
}

/** A number between two limits, set by sliding. */
export interface NumberItem extends ItemOfAnyKind {
  readonly kind: 'number';
  readonly least: number;
  readonly most: number;
  /** Distance of two values; the limits are whole multiples of it. */
  readonly step: number;
  readonly unit: string;
}

/** A whole number that is typed. */
export interface WholeItem extends ItemOfAnyKind {
  readonly kind: 'whole';
  readonly least: number;
  readonly most: number;
}

/** One of a few texts. */
export interface ChoiceItem extends ItemOfAnyKind {
  readonly kind: 'choice';
  readonly options: readonly string[];
}

/** A text that is typed. */
export interface TextItem extends ItemOfAnyKind {
  readonly kind: 'text';
  /** The longest that fits, bytes of UTF-8. */
  readonly longest: number;
  /** What is accepted, to stand behind «It must be». */
  readonly accepts: string;
  readonly accepted: (text: string) => boolean;
}

/** What is known of an item. */
export type ControllerItem = NumberItem | WholeItem | ChoiceItem | TextItem;

const speeds = ['125K', '250K', '500K', '1000K'] as const;

/**
 * What can be set at a controller, once: its name on the wire (docs/controller-protocol.md), what the owner calls it, what it
 * takes. EVTV's manual v1.21 shows most of these on its configuration screens (S0.53, S0.57, S0.58) without names, limits or a
 * wire format; HIVOLT and LOVOLT are its marks on the cell bars.
 */
export const controllerItems = {
  HIVOLT: {
    kind: 'number',
    label: 'High cut-off',
    page: 'limits',
    note: 'per cell',
    secret: false,
    least: 2.5,
    most: 4.5,
    step: 0.1,
    unit: 'V',
  },
  LOVOLT: {
    kind: 'number',
    label: 'Low cut-off',
    page: 'limits',
    note: 'per cell',
    secret: false,
    least: 2,
    most: 4,
    step: 0.1,
    unit: 'V',
  },
  BALVOLT: {
    kind: 'number',
    label: 'Balance from',
    page: 'limits',
    note: 'per cell',
    secret: false,
    least: 2.5,
    most: 4.5,
    step: 0.1,
    unit: 'V',
  },
  HITEMP: {
    kind: 'number',
    label: 'Hottest terminal',
    page: 'limits',
    note: '',
    secret: false,
    least: 30,
    most: 80,
    step: 1,
    unit: '°C',
  },
  CAN0SPEED: {
    kind: 'choice',
    label: 'CAN0 speed',
    page: 'network',
    note: 'bit/s',
    secret: false,
    options: speeds,
  },
  CAN1SPEED: {
    kind: 'choice',
    label: 'CAN1 speed',
    page: 'network',
    note: 'bit/s',
    secret: false,
    options: speeds,
  },
  SSID: {
    kind: 'text',
    label: 'Wi-Fi name',
    page: 'network',
    note: 'that the controller joins',
    secret: false,
    longest: 32,
    accepts: '1 to 32 characters',
    accepted: (text) => text.length > 0,
  },
  WIFIPASS: {
    kind: 'text',
    label: 'Wi-Fi password',
    page: 'network',
    note: '8 to 63 characters',
    secret: true,
    longest: 63,
    accepts: '8 to 63 letters, digits and signs',
    accepted: (text) => /^[ -~]{8,63}$/.test(text),
  },
  BMSID: {
    kind: 'text',
    label: 'BMS ID',
    page: 'name',
    note: 'the controller’s name',
    secret: false,
    longest: 64,
    accepts: '1 to 64 characters without spaces, slashes, + and #',
    accepted: (text) => /^[^\s/+#]+$/.test(text),
  },
  UDPPORT: {
    kind: 'whole',
    label: 'UDP port',
    page: 'name',
    note: 'that the controller sends to',
    secret: false,
    least: 1,
    most: 65535,
  },
  TIMEZONE: {
    kind: 'text',
    label: 'Time zone',
    page: 'name',
    note: 'such as CST6CDT,M3.2.0/2,M11.1.0',
    secret: false,
    longest: longestTimeZone,
    accepts: 'a POSIX time zone such as CST6CDT,M3.2.0/2,M11.1.0',
    accepted: isTimeZone,
  },
} as const satisfies Record<string, ControllerItem>;

/** The name of an item on the wire, such as `HIVOLT`. */
export type ControllerItemName = keyof typeof controllerItems;

/** All names, in the order in which they are shown. */
export const controllerItemNames = Object.keys(controllerItems) as readonly ControllerItemName[];

/** Values by name; what is not known is absent. */
export type ControllerValues = { readonly [K in ControllerItemName]?: ControllerValue };

/** True for the name of an item; everything else that a wire brings is not known here. */
export function isControllerItem(name: string): name is ControllerItemName {
  return Object.hasOwn(controllerItems, name);
}

/** The item of a name, as one of the kinds that there are. */
export function controllerItem(name: ControllerItemName): ControllerItem {
  return controllerItems[name];
}
