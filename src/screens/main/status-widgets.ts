import type { Rect } from '../../render/rect';
import type { Slot } from '../../render/scene';
import type { TextStyle } from '../../render/text';
import type { Colour } from '../../render/theme';
import { readout, type ReadoutProps } from '../../render/widgets/readout';
import { statusLight, type StatusLightProps } from '../../render/widgets/status-light';
import { warningMark, type WarningMarkProps } from '../../render/widgets/warning-mark';
import type { MainLayout } from './layout';
import type { MainParts, MainPen } from './main-pen';

/** The strip that says what time it is, how the battery is heard and where the display is found. */
export interface StatusSlots {
  readonly clock: Slot<ReadoutProps>;
  readonly light: Slot<StatusLightProps>;
  readonly link: Slot<ReadoutProps>;
  readonly address: Slot<ReadoutProps>;
}

function places({ status, length }: MainLayout) {
  const baseline = status.y + length(24);
  const clock: Rect = { ...status, width: length(56) };
  const light: Rect = {
    x: status.x + clock.width,
    y: baseline - length(13),
    width: length(14),
    height: length(14),
  };
  const addressWidth = length(112);
  const address: Rect = {
    x: status.x + status.width - addressWidth,
    y: status.y,
    width: addressWidth,
    height: status.height,
  };
  const left = light.x + length(19);
  const link: Rect = {
    x: left,
    y: status.y,
    width: status.width - addressWidth - (left - status.x),
    height: status.height,
  };
  return { baseline, clock, light, link, address };
}

/** Puts the strip's widgets into the scene. */
export function addStatus(parts: MainParts, pen: MainPen): StatusSlots {
  const { scene, layout, palette, styles } = parts;
  const { type } = layout;
  const place = places(layout);
  const { baseline } = place;
  /** A long name of a source is written smaller. */
  const linkStyles = (colour: Colour): TextStyle[] =>
    [type('body'), type('small')].map((size) => styles.style(size, 500, colour, 'proportional'));
  return {
    clock: pen.number(place.clock, 'left', baseline, type('title'), 600),
    light: scene.add(statusLight(place.light)),
    link: scene.add(
      readout({
        bounds: place.link,
        align: 'left',
        baseline,
        styles: {
          live: linkStyles(palette.secondary),
          late: linkStyles(palette.warning),
          silent: linkStyles(palette.warning),
        },
      }),
    ),
    address: scene.add(
      readout({
        bounds: place.address,
        align: 'right',
        baseline,
        styles: { fresh: [styles.style(type('body'), 500, palette.secondary, 'proportional')] },
      }),
    ),
  };
}

/** The mark of an alarm that was acknowledged, in the address's place. */
export function addAlarmMark({ scene, layout, palette, styles }: MainParts): Slot<WarningMarkProps> {
  const { length, type } = layout;
  const { baseline, address } = places(layout);
  return scene.add(
    warningMark({
      bounds: address,
      baseline,
      size: length(16),
      colour: palette.alarm,
      ground: palette.ground,
      styles: [
        styles.style(type('body'), 500, palette.alarm, 'proportional'),
        styles.style(type('small'), 500, palette.alarm, 'proportional'),
      ],
    }),
  );
}
