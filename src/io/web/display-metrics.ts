import type { Metric } from '../../protocol/prometheus';
import type { DatabaseStatus } from '../databases/database-recorder';
import type { RecorderStatus } from '../recorders/recorder';
import type { FrameCounters } from '../sources/frame-intake';

/** What is known of packdial itself. */
export function displayMetrics(parts: {
  readonly version: string;
  readonly counters: FrameCounters;
  readonly alarms: readonly { readonly acknowledged: boolean }[];
  readonly history: RecorderStatus | undefined;
  /** `place`: host and name. */
  readonly databases?: readonly { readonly place: string; readonly status: DatabaseStatus }[];
}): Metric[] {
  const { version, counters, alarms, history, databases = [] } = parts;
  const { frames, ignored, malformed } = counters;
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: 'gauge',
    samples: [{ value }],
  });
  const cpu = process.cpuUsage();
  return [
    {
      name: 'packdial_build_info',
      help: 'Always 1; the version is in the label.',
      type: 'gauge',
      samples: [{ labels: { version }, value: 1 }],
    },
    {
      name: 'packdial_frames_total',
      help: 'Frames heard since the start, by what became of them.',
      type: 'counter',
      samples: Object.entries({ used: frames, ignored, malformed }).map(([result, value]) => ({
        labels: { result },
        value,
      })),
    },
    {
      name: 'packdial_alarms',
      help: 'Alarms that stand.',
      type: 'gauge',
      samples: [true, false].map((acknowledged) => ({
        labels: { acknowledged: String(acknowledged) },
        value: alarms.filter((alarm) => alarm.acknowledged === acknowledged).length,
      })),
    },
    ...(history === undefined
      ? []
      : [
          gauge(
            'packdial_history_up',
            'Whether the history is written: 1 it is.',
            history.state === 'down' ? 0 : 1,
          ),
          gauge('packdial_history_waiting_samples', 'Samples that wait to be written.', history.waiting),
          {
            name: 'packdial_history_dropped_samples_total',
            help: 'Samples that found no room.',
            type: 'counter' as const,
            samples: [{ value: history.dropped }],
          },
        ]),
    ...databaseMetrics(databases),
    gauge('process_resident_memory_bytes', 'Resident memory of packdial.', process.memoryUsage.rss()),
    gauge('packdial_uptime_seconds', 'Time since packdial was started.', Math.round(process.uptime())),
    {
      name: 'process_cpu_seconds_total',
      help: 'Time of the processor that packdial has used.',
      type: 'counter',
      samples: [{ value: (cpu.user + cpu.system) / 1e6 }],
    },
  ];
}

function databaseMetrics(
  databases: readonly { readonly place: string; readonly status: DatabaseStatus }[],
): Metric[] {
  const metric = (
    name: string,
    help: string,
    type: Metric['type'],
    value: (status: DatabaseStatus) => number,
  ): Metric => ({
    name: `packdial_database_${name}`,
    help,
    type,
    samples: databases.map(({ place, status }) => ({ labels: { database: place }, value: value(status) })),
  });
  return [
    metric('up', 'Whether rows get into the database: 1 they do.', 'gauge', ({ state }) =>
      state === 'down' ? 0 : 1,
    ),
    metric('waiting_rows', 'Rows that wait for the database.', 'gauge', ({ waiting }) => waiting),
    metric('dropped_rows_total', 'Rows that could not be kept.', 'counter', ({ dropped }) => dropped),
    metric('refused_rows_total', 'Rows that the database did not take.', 'counter', ({ refused }) => refused),
  ];
}
