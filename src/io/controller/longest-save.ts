import { pauses } from './save-run';
import { usualPatience } from './tcp-save';

const paused = 1000 * pauses.reduce((sum, pause) => sum + pause, 0);

/** ms after which a SAVE has come to an end, however slowly the controller answers: every try to its end, and the pauses. */
export const longestSave = (pauses.length + 1) * usualPatience.whole + paused;
