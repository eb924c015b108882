import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCanvas, Image, type Canvas } from 'canvas';
import type { Rect } from '../rect';
import type { Widget } from '../scene';
import type { Colour } from '../theme';

/** How much of the module is lit. */
export interface ModuleFillProps {
  /** Lit part from the left, 0..1; `undefined` lights nothing. */
  readonly level: number | undefined;
  /** Lights it in the quiet colour of a late value. */
  readonly late: boolean;
}

/** In which light the module is seen. */
export type ModuleLight = 'dark' | 'lit' | 'late';

/** The module in three lights, each made when it is first needed and then only copied. */
export type ModulePictures = (light: ModuleLight) => Canvas;

/**
 * Reads images/module.png and prepares it at the size it is shown in.
 *
 * @param root the folder that holds `images/`
 * @throws Error when the picture is missing from the installation
 */
export function loadModulePictures(
  root: string,
  size: { readonly width: number; readonly height: number },
  colours: { readonly lit: Colour; readonly late: Colour },
): ModulePictures {
  const image = new Image();
  image.src = readFileSync(join(root, 'images', 'module.png'));
  const plain = createCanvas(size.width, size.height);
  plain.getContext('2d').drawImage(image, 0, 0, size.width, size.height);
  const made = new Map<ModuleLight, Canvas>();
  // The picture is darkened where it is not lit, and kept calm enough everywhere for white figures on top of it.
  const tints: Readonly<Record<ModuleLight, { readonly colour: Colour; readonly glow: number }>> = {
    dark: { colour: '#59626b', glow: 0.35 },
    lit: { colour: colours.lit, glow: 0.5 },
    late: { colour: colours.late, glow: 0.3 },
  };
  return (light) => {
    let picture = made.get(light);
    if (picture === undefined) {
      picture = tinted(plain, tints[light].colour, tints[light].glow);
      made.set(light, picture);
    }
    return picture;
  };
}

function tinted(plain: Canvas, colour: Colour, glow: number): Canvas {
  const { width, height } = plain;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.drawImage(plain, 0, 0);
  // Terminals and rim keep their own colours: only the cells are tinted.
  const cells = { x: width * 0.048, y: height * 0.06, width: width * 0.904, height: height * 0.88 };
  context.save();
  context.beginPath();
  context.rect(cells.x, cells.y, cells.width, cells.height);
  context.clip();
  context.globalCompositeOperation = 'multiply';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-atop';
  context.globalAlpha = glow * 0.55;
  context.fillRect(0, 0, width, height);
  context.restore();
  return canvas;
}

/** The module, lit from the left up to the level, as wide as the state of charge. */
export function moduleFill(rect: Rect, pictures: ModulePictures): Widget<ModuleFillProps> {
  const litLeft = Math.round(rect.width * 0.048);
  const litWidth = rect.width - 2 * litLeft;
  return {
    bounds: rect,
    paint(context, props) {
      context.drawImage(pictures('dark'), rect.x, rect.y);
      if (props.level === undefined) return;
      const level = Math.min(1, Math.max(0, props.level));
      const width = Math.round(litLeft + litWidth * level);
      context.save();
      context.beginPath();
      context.rect(rect.x, rect.y, width, rect.height);
      context.clip();
      context.drawImage(pictures(props.late ? 'late' : 'lit'), rect.x, rect.y);
      context.restore();
    },
  };
}
