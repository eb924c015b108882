import type { FieldDraft } from './draft';
import type { FieldValue, SliderField } from './field';

const numberOf = (value: FieldValue, { stops }: SliderField): number =>
  typeof value === 'number' ? value : (stops[0] ?? 0);

/** Where a value stands on its slider, 0 to 1: between two stops in proportion, outside them at the end. */
export function positionOf(field: SliderField, value: FieldValue): number {
  const { stops } = field;
  const number = numberOf(value, field);
  const above = stops.findIndex((stop) => stop >= number);
  if (above === 0) return 0;
  if (above < 0) return 1;
  const [low = 0, high = 0] = [stops[above - 1], stops[above]];
  return (above - 1 + (number - low) / (high - low)) / (stops.length - 1);
}

/** The stop next to a place on the slider. @param position may be outside of 0 to 1 */
export function stopAt({ stops }: SliderField, position: number): number {
  const index = Math.round(Math.min(1, Math.max(0, position)) * (stops.length - 1));
  return stops[index] ?? 0;
}

/** Moves to the next stop in a direction that goes together with the other values. Returns false at the end. */
export function step(draft: FieldDraft, field: SliderField, direction: 1 | -1): boolean {
  const from = numberOf(field.read(draft.values), field);
  const ahead =
    direction > 0
      ? field.stops.filter((stop) => stop > from)
      : field.stops.filter((stop) => stop < from).reverse();
  return ahead.some((stop) => draft.set(field, stop));
}

/** True when there is a stop in a direction. */
export function canStep(field: SliderField, value: FieldValue, direction: 1 | -1): boolean {
  const number = numberOf(value, field);
  return field.stops.some((stop) => (direction > 0 ? stop > number : stop < number));
}
