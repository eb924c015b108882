import { join } from 'node:path';
import { dataDir } from '../../settings/data-dir';
import { fileGeometry } from '../../io/outputs/framebuffer-geometry';
import { FramebufferOutput } from '../../io/outputs/framebuffer-output';
import type { Output } from '../../io/outputs/output';
import { PngOutput } from '../../io/outputs/png-output';
import type { Log } from '../../logging/log';
import type { ColourDepth } from '../../render/surface';
import { parseSize, type Settings } from '../../settings/settings';

/** What the picture is shown on. */
export interface Screen {
  readonly outputs: Output[];
  /** The one of them that is looked at directly. */
  readonly pixels?: FramebufferOutput;
  readonly width: number;
  readonly height: number;
  /** Dots per inch; `undefined` where nobody tells. */
  readonly density: number | undefined;
  readonly depth: ColourDepth;
  readonly description: string;
}

/** Told of what happens to the panel while the display runs. */
export interface PanelListener {
  /** Its driver has come back; the mode of the screen may not have. */
  readonly recovered: () => void;
  /** One of another size has come in its place, on which this picture can't be shown. */
  readonly otherSize: () => void;
}

/**
 * Opens what the settings name: the framebuffer, or a PNG file with `headless`.
 *
 * @throws UserError when it is missing, can't be written or is of an unknown format
 */
export function openScreen(settings: Settings, log: Log, panel: PanelListener): Screen {
  const { width, height } = parseSize(settings.size);
  if (settings.headless) {
    const turned = settings.rotate === 90 || settings.rotate === 270;
    const size = turned ? { width: height, height: width } : { width, height };
    const path = settings.picture === '' ? join(dataDir(settings), 'screen.png') : settings.picture;
    const png = openPicture(path, size, log);
    return {
      outputs: [png],
      ...size,
      density: undefined,
      depth: 'full',
      description: `Headless: the picture is kept in ${path}`,
    };
  }
  const framebuffer = FramebufferOutput.open({
    path: settings.framebuffer,
    rotate: settings.rotate,
    geometry: fileGeometry(width, height),
    onError: (error) => log.error(`${settings.framebuffer} takes no more pixels: ${error.message}`),
    onOtherSize: (w, h) => {
      log.error(`${settings.framebuffer} is ${w}x${h} now: packdial has to start again for it`);
      panel.otherSize();
    },
    onRecovered: () => {
      log.info(`${settings.framebuffer} takes pixels again`);
      panel.recovered();
    },
  });
  const outputs: Output[] = [framebuffer];
  const size = { width: framebuffer.width, height: framebuffer.height };
  if (settings.picture !== '') outputs.push(openPicture(settings.picture, size, log));
  return {
    outputs,
    pixels: framebuffer,
    ...size,
    density: framebuffer.geometry?.density,
    depth: framebuffer.depth,
    description: `Drawing ${size.width}x${size.height} on ${settings.framebuffer}`,
  };
}

function openPicture(
  path: string,
  size: { readonly width: number; readonly height: number },
  log: Log,
): PngOutput {
  return PngOutput.open({
    path,
    ...size,
    onError: (error) => log.error(`${path} can't be written: ${error.message}`),
  });
}
