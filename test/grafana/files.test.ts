import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Panel, RowPanel } from '@grafana/schema';
import { databaseTables } from '../../src/protocol/database-tables';
import { dashboardOf } from './dashboard';
import { rows } from './panels';
import { stores } from './stores';

const folder = join(__dirname, '../../deploy/grafana');
const fileOf = (name: string): string => join(folder, 'dashboards', `packdial-${name}.json`);

const flat = (panels: readonly (Panel | RowPanel)[]): (Panel | RowPanel)[] =>
  panels.flatMap((panel) => [panel, ...('panels' in panel ? panel.panels : [])]);

describe.each(stores)('$title', (store) => {
  const text = (): string => readFileSync(fileOf(store.name), 'utf8');

  test('its dashboard is the one that UPDATE_GRAFANA=1 writes', () => {
    const made = `${JSON.stringify(dashboardOf(store), undefined, 2)}\n`;
    if (process.env.UPDATE_GRAFANA === '1') writeFileSync(fileOf(store.name), made);
    expect(text()).toBe(made);
  });

  test('no two panels have the same number or lie over one another', () => {
    const panels = flat((JSON.parse(text()) as { panels: (Panel | RowPanel)[] }).panels);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const taken = panels.flatMap(({ gridPos }) => {
      const { x, y, w, h } = gridPos!;
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`);
    });
    expect(new Set(taken).size).toBe(taken.length);
  });

  test('all that it asks goes to the data source that provisioning makes', () => {
    const yaml = readFileSync(
      join(folder, 'provisioning/datasources', `packdial-${store.name}.yaml`),
      'utf8',
    );
    expect(yaml).toContain(`uid: packdial-${store.name}\n`);
    expect(yaml).toContain(`type: ${store.type}\n`);
    const named = [...text().matchAll(/"uid": "([^"]*)"/g)].map(([, uid]) => uid);
    expect(new Set(named)).toEqual(new Set([`packdial-${store.name}`]));
  });
});

test('there is a dashboard and a data source for each store, and nothing else', () => {
  const names = stores.map(({ name }) => `packdial-${name}`).sort();
  const there = (path: string): string[] => readdirSync(join(folder, path)).sort();
  expect(there('dashboards')).toEqual(names.map((name) => `${name}.json`));
  expect(there('provisioning/datasources')).toEqual(names.map((name) => `${name}.yaml`));
  expect(there('provisioning/dashboards')).toEqual(['packdial.yaml']);
});

test('every column that a panel asks for is in packdial’s tables', () => {
  const columns = new Set(
    databaseTables.flatMap(({ name, columns: own }) => own.map((column) => `${name}.${column.name}`)),
  );
  const asked = rows.flatMap(({ panels }) => panels.flatMap(({ wanted }) => wanted));
  expect(asked.map(({ table, column }) => `${table}.${column}`).filter((name) => !columns.has(name))).toEqual(
    [],
  );
});
