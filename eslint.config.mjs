import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

// The walls of the house (see docs/architecture.md): what the files of a room may import from outside it, as regular expressions
// below src/. src/base is everybody's. A folder within a room is a floor deeper and leaves the room with one more `../`, so each
// floor has a rule of its own.
const everybodys = ['base/'];

const wall = (room, allowed, { typesOfAll = false, apart = '' } = {}) =>
  [1, 2, 3].map((depth) => {
    const outside = {
      regex: `^(\\.\\./){${depth}}(?!${[...everybodys, ...allowed].join('|')})`,
      message: `src/${room} must not import this (see docs/architecture.md).`,
      allowTypeImports: typesOfAll,
    };
    // Folders of a room that know nothing of one another: what one needs of another is handed in.
    const sibling = {
      regex: `^(\\.\\./){${depth - 1}}${apart}`,
      message: `A folder of src/${room} must not import another.`,
    };
    const forbidden = apart !== '' && depth > 1 ? [outside, sibling] : [outside];
    return {
      files: [`src/${room}/${'*/'.repeat(depth - 1)}*.ts`],
      rules: {
        '@typescript-eslint/no-restricted-imports': ['error', { patterns: forbidden }],
        // What import() loads, and the types that it names, are not looked at by that rule.
        'no-restricted-syntax': [
          'error',
          ...forbidden.flatMap(({ regex, message, allowTypeImports = false }) => {
            const literal = `Literal[value=/${regex.replaceAll('/', '\\u002F')}/]`;
            return [
              { selector: `ImportExpression > ${literal}`, message },
              ...(allowTypeImports ? [] : [{ selector: `TSImportType ${literal}`, message }]),
            ];
          }),
        ],
      },
    };
  });

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'dist-bench/**',
      'node_modules/**',
      '**/*.mjs',
      '**/*.cjs',
      'coverage/**',
      '.runtime/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  {
    // No circles of imports, be they loaded at once or by import(). `import type` is left out: it is gone when the program is
    // built and decides no order of loading, and consistent-type-imports sees to it that all imports of types are written so.
    files: ['**/*.ts'],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts'] })],
    },
    rules: { 'import-x/no-cycle': ['error', { ignoreExternal: true }] },
  },
  wall('base', []),
  wall('settings', ['model/', 'protocol/', 'devices/', 'io/replace-file$', 'update/update-url$']),
  wall('logging', []),
  wall('model', []),
  wall('protocol', ['model/']),
  wall('simulation', ['model/', 'protocol/', 'words/', 'devices/evtv/', 'devices/played-site$']),
  wall('devices', ['protocol/', 'model/'], { apart: '[^./]+/' }),
  wall('io', ['model/', 'protocol/', 'simulation/', 'devices/device-type$']),
  wall('render', []),
  wall('screens', ['model/', 'render/', 'words/']),
  wall('glass', ['io/']),
  wall('update', ['io/', 'model/', 'words/']),
  wall('words', ['model/', 'devices/device-type$']),
  wall('desk', ['settings/', 'screens/', 'model/', 'words/', 'logging/', 'version$']),
  wall(
    'web-page',
    [
      'render/theme$',
      'screens/(format|quantity-text|scales)$',
      'model/(temperature|quantities)$',
      'protocol/complete-status$',
    ],
    { typesOfAll: true },
  ),
  wall(
    'features',
    [
      'settings/',
      'logging/',
      'model/',
      'protocol/',
      'devices/',
      'io/',
      'render/',
      'screens/',
      'glass/',
      'update/',
      'desk/',
      'words/',
      'display$',
      'version$',
    ],
    { apart: '[^.]' },
  ),
  {
    // jest takes set-up and tear-down from default exports; noVNC has one.
    files: ['test/appliance/set-up.ts', 'test/appliance/tear-down.ts', 'src/web-page/novnc.d.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
);
