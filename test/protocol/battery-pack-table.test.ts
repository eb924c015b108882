import {
  batteryPackColumns,
  batteryPackText,
  parseBatteryPack,
  unfitColumn,
} from '../../src/protocol/battery-pack-table';

const postgresNames: Readonly<Record<string, string>> = {
  TIMESTAMP: 'timestamp without time zone',
  BIGINT: 'bigint',
  SMALLINT: 'smallint',
  REAL: 'real',
  'VARCHAR(32)': 'character varying(32)',
  'VARCHAR(16)': 'character varying(16)',
};
const columns = batteryPackColumns.map(({ name, type }) => [name, postgresNames[type] ?? ''] as const);

test('S2.4 the original’s table is taken, and one with room for more', () => {
  expect(unfitColumn(new Map(columns))).toBeUndefined();
  const wider: Readonly<Record<string, string>> = {
    soc: 'integer',
    v_pack: 'double precision',
    errors: 'text',
    insert_time_utc: 'timestamp with time zone',
  };
  const more = [
    ...columns.map(([name, type]) => [name, wider[name] ?? type] as const),
    ['mine', 'text'] as const,
  ];
  expect(unfitColumn(new Map(more))).toBeUndefined();
});

test.each([
  ['adc_3', undefined],
  ['errors', 'character varying(16)'],
  ['v_pack', 'integer'],
  ['v_pack', 'numeric(5,1)'],
  ['insert_time_utc', 'date'],
  ['mcu_id', 'integer'],
])('one whose %s is %s is not', (name, type) => {
  const changed = columns.flatMap((column): (readonly [string, string])[] =>
    column[0] !== name ? [column] : type === undefined ? [] : [[name, type]],
  );
  expect(unfitColumn(new Map(changed))).toBe(name);
});

test('a row is read as it was kept; anything else is none', () => {
  const values = { mcu_id: 4_294_967_295, errors: `'"\\`, soc: null };
  expect(parseBatteryPack({ at: 5, text: batteryPackText(values) })).toEqual({ at: 5, values });
  for (const text of ['', '{', '{"kind":"battery","values":{}}', '{"table":"battery_pack","values":null}'])
    expect(() => parseBatteryPack({ at: 5, text })).toThrow();
});
