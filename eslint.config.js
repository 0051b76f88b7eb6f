import { builtinModules } from 'node:module';
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
  compare: ['contract'],
  export: ['contract'],
  import: ['contract'],
  vault: ['contract'],
  history: ['contract', 'vault'],
  practice: ['contract'],
};
const rooms = [...Object.keys(mayImport), 'ipc', 'shell', 'cli'];
const knowElectron = ['practice', 'ipc', 'shell'];

const dangerous = [
  { selector: "Identifier[name='findCredentials'], Literal[value='findCredentials']", message: 'On a locked keyring it ends the process.' },
  {
    selector: ['name', 'value'].map((key) => `AssignmentExpression > MemberExpression.left[property.${key}=/^(inner|outer)HTML$/]`).join(', '),
    message: 'What a server sent is shown as text, never as markup.',
  },
];

/**
 * The two rules that refuse the given specifiers: no-restricted-imports sees `import … from` and `export … from` but not `import()`,
 * so that has its selector. `import('x').T` as a type is refused everywhere by consistent-type-imports.
 * Both are set together because a later block replaces a rule's options instead of adding to them.
 */
function refuse(patterns) {
  return {
    'no-restricted-imports': ['error', { patterns }],
    'no-restricted-syntax': ['error', ...dangerous,
      { selector: "ImportExpression:not([source.type='Literal'])", message: 'Name the module, so that who imports whom can be read.' },
      // A selector's regular expression cannot hold a slash, hence the escape.
      ...patterns.map(({ regex, message }) => ({ selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`, message })),
    ],
  };
}

const electron = { regex: '^electron(/|$)', message: 'Only main.ts, app.ts, preload.ts, ipc/, shell/ and practice/ know Electron.' };
const theWindow = { regex: '(^|/)src-renderer/', message: 'Main does not import the window.' };
const theApp = { regex: '(^|/)(\\.\\.|src-main)/(services|main|app|preload)\\.ts$', message: 'A room does not import what puts the rooms together.' };

const roomRules = Object.entries(mayImport).map(([room, allowed]) => ({
  files: [`src-main/${room}/**/*.ts`],
  rules: refuse([
    ...(knowElectron.includes(room) ? [] : [electron]), theWindow, theApp,
    ...rooms.filter((other) => other !== room && !allowed.includes(other)).map((other) => ({
      regex: `^\\.{1,2}/(.*/)?${other}/`, message: `${room}/ may not import ${other}/ (see CONTRIBUTING.md).`,
    })),
  ]),
}));

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
  { files: ['src-main/**/*.ts'], rules: refuse([theWindow]) },
  { files: ['src-main/**/*.ts'], ignores: ['src-main/cli/**'], rules: { 'no-console': 'error' } },
  ...roomRules,
  { files: ['src-main/services.ts', 'src-main/cli/**/*.ts'], rules: refuse([electron, theWindow]) },
  {
    files: ['src-renderer/**/*.{ts,svelte}'],
    rules: refuse([
      electron,
      { regex: '(^|/)src-main/((?!contract/)|.*\\.\\./)', message: 'The window imports src-main/contract and nothing else of main.' },
      { regex: `^(node:|(${builtinModules.join('|')})(/|$))`, message: 'The window has no Node.' },
    ]),
  },
);
