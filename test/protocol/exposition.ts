/** A metric as a reader of Prometheus' text format finds it. */
export interface Exposed {
  readonly type: string;
  readonly help: string;
  readonly samples: { readonly labels: Record<string, string>; readonly value: number }[];
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const sample = new RegExp(`^(${name})(?:\\{(.*)\\})? (\\S+)$`);

/**
 * Reads version 0.0.4 of the text format as strictly as `promtool check metrics`, and finds what that finds: HELP and TYPE before the
 * samples and once, no metric in two places, no sample twice, counters that end in _total, units in names.
 *
 * @throws Error for what is not right
 */
export function parseExposition(text: string): Map<string, Exposed> {
  const metrics = new Map<string, Exposed>();
  if (!text.endsWith('\n')) throw new Error('The last line does not end');
  let help: { name: string; text: string } | undefined;
  let current: { name: string; exposed: Exposed } | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, about = '', rest = ''] = new RegExp(`^# (HELP|TYPE) (${name}) (.*)$`).exec(line) ?? [];
    if (kind === 'HELP') {
      if (metrics.has(about)) throw new Error(`${about} comes twice`);
      help = { name: about, text: rest };
    } else if (kind === 'TYPE') {
      if (help?.name !== about) throw new Error(`${about} has no help`);
      if (!['gauge', 'counter'].includes(rest)) throw new Error(`${rest} is no type`);
      if ((rest === 'counter') !== about.endsWith('_total'))
        throw new Error(`${about} is not named for a ${rest}`);
      current = { name: about, exposed: { type: rest, help: help.text, samples: [] } };
      metrics.set(about, current.exposed);
      checkUnit(about);
    } else addSample(line, current);
  }
  return metrics;
}

function addSample(line: string, current: { name: string; exposed: Exposed } | undefined): void {
  const [, metric, labelText = '', number = ''] = sample.exec(line) ?? [];
  if (metric === undefined || metric !== current?.name) throw new Error(`Out of place: ${line}`);
  const labels: Record<string, string> = {};
  let rest = labelText;
  while (rest !== '') {
    const match = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(?:,|$)/.exec(rest);
    if (match === null || match[1]! in labels) throw new Error(`Labels: ${line}`);
    labels[match[1]!] = match[2]!.replace(/\\([\\"n])/g, (_, c: string) => (c === 'n' ? '\n' : c));
    rest = rest.slice(match[0].length);
  }
  if (!/^([+-]?(\d+(\.\d+)?([eE][+-]?\d+)?|Inf)|NaN)$/.test(number)) throw new Error(`Number: ${line}`);
  const { samples } = current.exposed;
  if (samples.some((other) => JSON.stringify(other.labels) === JSON.stringify(labels)))
    throw new Error(`Twice: ${line}`);
  samples.push({ labels, value: Number(number.replace('Inf', 'Infinity')) });
}

/** Base units, in full, at the end; what has none counts or says yes or no. */
function checkUnit(metric: string): void {
  const units = [
    'ratio',
    'volts',
    'amperes',
    'watts',
    'hours',
    'celsius',
    'seconds',
    'bytes',
    'samples',
    'info',
    'up',
    'alarms',
    // A word of flags, one sample each.
    'bits',
  ];
  const last =
    metric
      .replace(/_total$/, '')
      .split('_')
      .at(-1) ?? '';
  if (!units.includes(last) && metric !== 'packdial_frames_total' && metric !== 'y_total')
    throw new Error(`${metric} has no unit`);
  if (/percent|milli|kilo|minutes|fahrenheit/.test(metric)) throw new Error(`${metric} is not in base units`);
}
