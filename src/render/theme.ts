/** A colour in CSS notation, `#rrggbb`. */
export type Colour = `#${string}`;

/** Every colour of the display, by what it means. Text pairs keep a contrast of 4.5:1 or more on ground and panel. */
export interface Palette {
  readonly ground: Colour;
  readonly panel: Colour;
  readonly panelLine: Colour;
  /** The unfilled part of a gauge. */
  readonly track: Colour;
  /** The dial's disc, from its middle to its rim. */
  readonly faceInner: Colour;
  readonly faceOuter: Colour;
  readonly rim: Colour;
  readonly rimLight: Colour;
  readonly text: Colour;
  readonly secondary: Colour;
  readonly tertiary: Colour;
  /** Text of a value that is late. */
  readonly late: Colour;
  /** Voltage and state of charge. */
  readonly voltage: Colour;
  readonly voltageLight: Colour;
  readonly voltageAlternate: Colour;
  /** What lies beneath a level over time, whose upper end is bright. */
  readonly levelFill: Colour;
  readonly lowLevelFill: Colour;
  readonly powerOut: Colour;
  readonly powerOutLight: Colour;
  readonly powerIn: Colour;
  /** What stands behind bars of the same kind, such as those of a year before. */
  readonly powerOutBehind: Colour;
  readonly powerInBehind: Colour;
  readonly solarBehind: Colour;
  readonly powerInLight: Colour;
  /** What comes from the sun. */
  readonly solar: Colour;
  readonly solarLight: Colour;
  readonly warning: Colour;
  /** Ground of a warning's banner. */
  readonly warningGround: Colour;
  /** What an alarm is drawn in, and the ground of its banner: text is written on that. */
  readonly alarm: Colour;
  readonly alarmGround: Colour;
  /** What gauges are filled with while their value is late. */
  readonly lateFill: Colour;
  readonly lateLight: Colour;
  /** Ground of a small control, idle and under a finger. */
  readonly control: Colour;
  readonly pressed: Colour;
  /** Ground of what is chosen, and of the button that is meant. */
  readonly chosen: Colour;
  readonly terminal: Colour;
}

/** The colours of all that is drawn, on the panel and in a browser. */
export const dayPalette: Palette = {
  ground: '#000000',
  panel: '#0e1114',
  panelLine: '#1d2329',
  track: '#1a2027',
  faceInner: '#12171d',
  faceOuter: '#030405',
  rim: '#262d35',
  rimLight: '#5d6873',
  text: '#f4f6f8',
  secondary: '#9aa4ad',
  tertiary: '#7d8892',
  late: '#7f8387',
  voltage: '#2f8fff',
  voltageLight: '#a9d2ff',
  voltageAlternate: '#2372cf',
  levelFill: '#1a4a86',
  lowLevelFill: '#6b4a10',
  powerOut: '#ff4d3d',
  powerOutLight: '#ffc4bd',
  powerIn: '#35d07f',
  powerOutBehind: '#8f3d33',
  powerInBehind: '#226b46',
  solarBehind: '#826a28',
  powerInLight: '#c2f5d9',
  solar: '#ffcb3d',
  solarLight: '#fff0c2',
  warning: '#ffb020',
  warningGround: '#241a08',
  alarm: '#ff6a5c',
  alarmGround: '#86180f',
  lateFill: '#46525e',
  lateLight: '#8b959e',
  control: '#1d242b',
  pressed: '#24425f',
  chosen: '#1f6ac2',
  terminal: '#d08442',
};

/**
 * Type sizes in pixels at 800x480, by role. Other sizes of display scale them. There are few of them on purpose: the screen looks
 * calmer, and every size of a font has to be loaded before the first picture.
 */
export const typeScale = {
  /** kW in the middle of the dial. */
  hero: 102,
  /** Pack voltage, state of charge. */
  large: 48,
  /** Amperes. */
  current: 44,
  /** Temperature, mean cell voltage. */
  value: 28,
  /** Units beside large numbers. */
  unit: 24,
  /** Clock, what the battery does, notices. */
  title: 20,
  /** The smallest size of a live value; names of windows. */
  body: 18,
  /** Axes and captions. */
  small: 15,
} as const;

/** One of them. */
export type TypeRole = keyof typeof typeScale;

/** The only two weights that are shipped. */
export type Weight = 500 | 600;

/** Lengths in pixels at 800x480. */
export const metrics = {
  margin: 12,
  gap: 8,
  radius: 10,
  line: 1,
  /** No control is smaller than this in either direction (9 mm on a 7-inch panel). */
  touchTarget: 48,
} as const;

/** The display's reference size: layouts are thought out here and scaled. */
export const referenceSize = { width: 800, height: 480 } as const;
