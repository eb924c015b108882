import * as canvas from 'canvas';

/** Versions of the libraries that make pixels. */
export interface Rasteriser {
  readonly cairo: string;
  readonly pango: string;
  readonly freetype: string;
}

// The types leave Pango out.
const { cairoVersion, pangoVersion, freetypeVersion } = canvas as typeof canvas & { pangoVersion: string };

/** Those in use. */
export const rasteriser: Rasteriser = { cairo: cairoVersion, pango: pangoVersion, freetype: freetypeVersion };

/** Those of Debian 12, with which the pictures in test/golden were made. */
export const reference: Rasteriser = { cairo: '1.16.0', pango: '1.50.12', freetype: '2.12.1' };

/** Whether the pictures must come out to the pixel. */
export function isReference({ cairo, pango, freetype }: Rasteriser): boolean {
  return cairo === reference.cairo && pango === reference.pango && freetype === reference.freetype;
}
