/** One number of a metric, with what tells it from the others. */
export interface MetricSample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric with all its samples. */
export interface Metric {
  /** Letters, digits and _, with the unit in it: `packdial_pack_voltage_volts`. A counter's name ends in `_total`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'gauge' | 'counter';
  readonly samples: readonly MetricSample[];
}

/** What Prometheus asks for: version 0.0.4 of its text format. */
export const prometheusType = 'text/plain; version=0.0.4; charset=utf-8';

/** Writes metrics in the text format of Prometheus. One without samples is left out: what is not known has no number. */
export function prometheusText(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, type, samples }) =>
    samples.length === 0
      ? []
      : [
          `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
          `# TYPE ${name} ${type}`,
          ...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${numberText(value)}`),
        ],
  );
  return lines.map((line) => `${line}\n`).join('');
}

function labelText(labels: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries(labels);
  if (entries.length === 0) return '';
  const escaped = (text: string): string =>
    text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${entries.map(([name, text]) => `${name}="${escaped(text)}"`).join(',')}}`;
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
