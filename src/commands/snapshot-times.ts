/** Simulated time before a picture is taken, so that the logs have something to show: s. */
export const simulatedPast = 28 * 3600;
/** The same of devices that are played: until the morning of the second day. */
export const playedPast = (22 + 2 / 3) * 3600;
/** The part of it at the end that is lived through second by second, as it would be received: s. */
export const simulatedLately = 900;
/** Between two samples of the time before: s. */
export const simulatedStep = 30;
