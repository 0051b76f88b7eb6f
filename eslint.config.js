import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Who may import whom: for each room, the rooms of main it may reach beside itself. Anything not listed is refused. */
const mayImport = {
  contract: [],
  environment: ['contract'],
  wire: ['contract'],
  receiver: ['contract'],
  token: ['contract'],
  flow: ['contract', 'environment', 'receiver', 'token', 'wire'],
  diagnosis: ['contract'],
  export: ['contract'],
  import: ['contract'],
  vault: ['contract'],
  history: ['contract', 'vault'],
  practice: ['contract'],
};
const rooms = [...Object.keys(mayImport), 'ipc', 'shell', 'cli'];
const knowElectron = ['practice', 'ipc', 'shell'];

const noElectron = { name: 'electron', message: 'Only main.ts, preload.ts, ipc/, shell/ and practice/ know Electron.' };

const roomRules = Object.entries(mayImport).map(([room, allowed]) => ({
  files: [`src-main/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', {
      paths: knowElectron.includes(room) ? [] : [noElectron],
      patterns: rooms.filter((other) => other !== room && !allowed.includes(other)).map((other) => ({
        regex: `^(\\.\\./)+${other}/`, message: `${room}/ may not import ${other}/ (see CONTRIBUTING.md).`,
      })),
    }],
  },
}));

const dangerous = [
  { selector: "MemberExpression[property.name='findCredentials']", message: 'It crashes the process on a refused unlock.' },
  { selector: "AssignmentExpression > MemberExpression[property.name=/^(inner|outer)HTML$/]", message: 'Server text is text.' },
];

export default ts.config(
  { ignores: ['node_modules/', 'out/', 'artifacts/', 'dist/', 'coverage/', 'resources/'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'max-lines': ['error', { max: 400 }],
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-undef': 'off',
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } }, rules: {
    'svelte/no-at-html-tags': 'error',
    // Maps and dates that are no state; and a named children snippet says where the text goes.
    'svelte/prefer-svelte-reactivity': 'off', 'svelte/no-useless-children-snippet': 'off', 'svelte/no-useless-mustaches': 'off',
  } },
  { files: ['src-main/**/*.ts', 'src-renderer/**/*.{ts,svelte}'], rules: { 'no-restricted-syntax': ['error', ...dangerous] } },
  { files: ['src-main/**/*.ts'], ignores: ['src-main/cli/**'], rules: { 'no-console': 'error' } },
  ...roomRules,
  {
    files: ['src-main/services.ts', 'src-main/cli/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noElectron] }] },
  },
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    rules: {
      'no-restricted-imports': ['error', {
        paths: [noElectron],
        patterns: [{ regex: 'src-main/(?!contract/)', message: 'The window imports src-main/contract and nothing else of main.' }, { regex: '^node:', message: 'The window has no Node.' }],
      }],
    },
  },
);
