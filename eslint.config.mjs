import tseslint from 'typescript-eslint';

// The walls of the house: what each room must not import (see docs/architecture.md).
const wall = (room, forbidden) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: forbidden.map((name) => ({
          regex: `^(\\.\\./)+${name}(/|$)`,
          message: `src/${room} must not import src/${name}.`,
        })),
      },
    ],
  },
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
  wall('model', ['io', 'glass', 'protocol', 'render', 'screens', 'commands', 'settings', 'app', 'main']),
  wall('protocol', ['io', 'glass', 'render', 'screens', 'commands', 'settings', 'app', 'main']),
  wall('render', ['io', 'glass', 'model', 'protocol', 'screens', 'commands', 'settings', 'app', 'main']),
  wall('screens', ['io', 'glass', 'protocol', 'commands', 'settings', 'app', 'main']),
  wall('glass', ['protocol', 'model', 'render', 'screens', 'commands', 'app', 'main']),
  wall('update', ['glass', 'protocol', 'render', 'screens', 'commands', 'settings', 'app', 'main']),
  wall('io', ['update', 'glass', 'render', 'screens', 'commands', 'settings', 'app', 'main']),
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
