import fc from 'fast-check';
import { deviceName, longestDevice, parseRow, rowText, tableRows } from '../../src/protocol/database-rows';
import { columnsOf, mariadbSql, postgresSql } from '../../src/protocol/database-sql';
import {
  columnName,
  databaseTables,
  kindTables,
  markedVersion,
  tableMark,
} from '../../src/protocol/database-tables';
import { checkTable, type TypeNames } from '../../src/protocol/database-tables-check';
import { lineProtocol, tagValue } from '../../src/protocol/line-protocol';
import { quantities } from '../../src/model/quantities';

const at = Date.UTC(2026, 5, 1, 12);

function sample(values: Readonly<Record<string, number>>, device = 'house') {
  return {
    device,
    kind: 'battery' as const,
    names: Object.keys(values),
    values: Float64Array.from(Object.values(values)),
  };
}

test('every quantity has a column, each table another name for each, and names that need no escaping', () => {
  for (const kind of ['battery', 'solar-charger', 'meter'] as const) {
    const names = kindTables[kind].columns.map(({ name }) => name);
    expect(names).toEqual(Object.keys(quantities[kind]).map(columnName));
    expect(new Set([...names, 'time', 'device']).size).toBe(names.length + 2);
  }
  for (const table of databaseTables)
    for (const { name } of columnsOf(table)) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  expect(databaseTables.map(({ name }) => name)).toEqual([
    'battery',
    'solar_charger',
    'meter',
    'cell',
    'probe',
  ]);
});

test('a sample becomes a row, with its cells and probes, and what is unknown stays so', () => {
  const text = rowText(
    sample({
      voltage: 52.1234567,
      current: -0,
      stateOfCharge: NaN,
      protection: 5,
      cell1: 3.3,
      cell3: 3.4,
      temperature2: 21.5,
    }),
  );
  const rows = tableRows(parseRow({ at, device: 'house', text }));
  const told = rows.map(({ table, part, values }) => [
    table.name,
    part,
    Object.fromEntries(
      table.columns.flatMap(({ name }, i) => (values[i] == null ? [] : [[name, values[i]]])),
    ),
  ]);
  expect(told).toEqual([
    ['battery', undefined, { voltage: 52.123, current: 0, protection: 5 }],
    ['cell', 1, { voltage: 3.3 }],
    ['cell', 3, { voltage: 3.4 }],
    ['probe', 2, { temperature: 21.5 }],
  ]);
});

test.each(['', '{', '[]', '{"kind":"tank","values":{}}', '{"kind":"meter"}', 'null'])(
  '%s is no row',
  (text) => {
    expect(() => parseRow({ at, device: 'house', text })).toThrow();
  },
);

test('long names stay two, and hostile ones are names', () => {
  const long = 'é'.repeat(10_000);
  expect(Array.from(deviceName(`${long}1`))).toHaveLength(longestDevice);
  expect(deviceName(`${long}1`)).not.toBe(deviceName(`${long}2`));
  expect(deviceName('a\0b\uD800')).toBe('a\uFFFDb\uFFFD');
  expect(deviceName(`'; DROP TABLE battery; --\n🔋`)).toBe(`'; DROP TABLE battery; --\n🔋`);
});

test('the statements are fixed, with a parameter for each value', () => {
  const [, , , cell] = databaseTables;
  expect(postgresSql.create(cell!)).toEqual([
    'CREATE TABLE "cell" ("time" timestamptz NOT NULL, "device" text NOT NULL, "cell" smallint NOT NULL, "voltage" double precision, PRIMARY KEY ("device", "cell", "time"))',
    'COMMENT ON TABLE "cell" IS \'packdial 1\'',
    'CREATE INDEX ON "cell" ("time")',
  ]);
  expect(postgresSql.insert(cell!)).toBe(
    'INSERT INTO "cell" ("time", "device", "cell", "voltage") SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::smallint[], $4::double precision[]) ON CONFLICT DO NOTHING',
  );
  expect(mariadbSql.insert(cell!, 2)).toBe(
    'INSERT INTO `cell` (`time`, `device`, `cell`, `voltage`) VALUES (?,?,?,?),(?,?,?,?) ON DUPLICATE KEY UPDATE `device` = `device`',
  );
  expect(mariadbSql.addColumn(kindTables.battery, 'protection')).toBe(
    'ALTER TABLE `battery` ADD COLUMN `protection` BIGINT',
  );
});

describe('a table that is there', () => {
  const types: TypeNames = { time: /^t$/, device: /^d$/, part: /^p$/, number: /^n$/, whole: /^w$/ };
  const good = new Map<string, string>([
    ['time', 't'],
    ['device', 'd'],
    ['cell', 'p'],
    ['voltage', 'n'],
    ['remark', 'anything of the owner'],
  ]);
  const cell = databaseTables[3]!;
  const check = (mark: string | null, columns = good) => checkTable(cell, { mark, columns }, types, 'here');

  test('is written where it is packdial’s own', () => {
    expect(check(tableMark)).toEqual({ missing: [] });
    expect(check(tableMark, new Map([...good].filter(([name]) => name !== 'voltage')))).toEqual({
      missing: ['voltage'],
    });
  });

  test.each([
    [null, 'database-foreign-table'],
    ['', 'database-foreign-table'],
    ['packdial 1 or so', 'database-foreign-table'],
    ['packdial 2', 'database-newer-table'],
  ])('with the mark %s is %s', (mark, code) => {
    expect(check(mark)).toMatchObject({ trouble: { code, values: { table: 'cell' } } });
  });

  test.each([
    ['voltage', 'text'],
    ['time', 'text'],
    ['device', undefined],
  ])('whose %s is %s is not written', (column, type) => {
    const columns = new Map(good);
    if (type === undefined) columns.delete(column);
    else columns.set(column, type);
    expect(check(tableMark, columns)).toMatchObject({
      trouble: { code: 'database-other-column', values: { table: 'cell', column } },
    });
  });

  test('has its version in its mark', () => {
    expect([markedVersion(tableMark), markedVersion('packdial 12'), markedVersion('x')]).toEqual([
      1,
      12,
      undefined,
    ]);
  });
});

/** Reads a line as InfluxDB does: a backslash before a comma, an equals sign or a space makes it a letter. */
function parseLine(line: string) {
  const split = (text: string, at: string): string[] => text.split(new RegExp(`(?<!\\\\)${at}`));
  const [series = '', fields = '', time] = split(line, ' ');
  const [measurement, ...tags] = split(series, ',');
  const pairs = (list: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      list.map((pair): [string, string] => {
        const [name = '', value = ''] = split(pair, '=').map((part) => part.replaceAll(/\\([,= ])/g, '$1'));
        return [name, value];
      }),
    );
  return { measurement, tags: pairs(tags), fields: pairs(split(fields, ',')), time: Number(time) };
}

test('line protocol has a measurement for each table, tags and fields', () => {
  const row = {
    at,
    device: 'my house',
    kind: 'battery' as const,
    values: { voltage: 52.1, current: -1e-7, cell2: 3.3 },
  };
  expect(lineProtocol([row])).toBe(
    `battery,device=my\\ house voltage=52.1,current=-1e-7 ${at}\ncell,cell=2,device=my\\ house voltage=3.3 ${at}\n`,
  );
  expect(lineProtocol([{ ...row, values: {} }])).toBe('');
});

test('no name of a device breaks a line, or becomes that of another measurement, tag or field', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(',', '=', ' ', '\\', '\n', '\r', '"', "'", '🔋', '\u2028', 'a'), {
        maxLength: 12,
      })
      .map((l) => l.join('')),
  );
  fc.assert(
    fc.property(hostile, (device) => {
      const text = lineProtocol([{ at, device, kind: 'meter', values: { power: 1, temperature1: 2 } }]);
      const lines = text.split('\n');
      expect(lines).toHaveLength(3);
      const [meter, probe, rest] = lines;
      const plain = device.replaceAll(/[\p{Cs}\p{Cc}\\\u2028\u2029]/gu, '_');
      const name = plain === '' ? '_' : plain;
      expect(rest).toBe('');
      expect(parseLine(meter!)).toEqual({
        measurement: 'meter',
        tags: { device: name },
        fields: { power: '1' },
        time: at,
      });
      expect(parseLine(probe!)).toMatchObject({ measurement: 'probe', tags: { probe: '1', device: name } });
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a,b=c d', 'a\\,b\\=c\\ d'],
  ['a\nb\tc\\', 'a_b_c_'],
  ['', '_'],
])('%j is the tag value %s', (text, written) => {
  expect(tagValue(text)).toBe(written);
});
