// `npm test`: prepares the machine, then type check, lint, unit, integration and end-to-end tests. Ends with `N passed, N failed`.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuild } from './build.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { onVirtualDisplay, withPrivateKeyring } from './desktop.mjs';
import { electronPath, ensureElectron } from './electron-binary.mjs';
import { run, say } from './run.mjs';
import { ensureSystemLibraries, testPackages } from './system-libraries.mjs';
import { failuresOf, fromVitest, total } from './test-results.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

const suites = {
  types: async () => oneTest(await run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']) === 0
    && await run(process.execPath, ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human']) === 0),
  lint: async () => oneTest(await run(process.execPath, ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']) === 0),
  unit,
  e2e,
};
const words = process.argv.slice(2);
const asked = words.filter((name) => name in suites);
// `npm test -- e2e tests/e2e/boundary.e2e.ts` plays one file of the window tests.
const specsAsked = words.filter((word) => word.endsWith('.e2e.ts')).flatMap((file) => ['--spec', file]);

try {
  await ensureDependencies();
  if (!await ensureSystemLibraries(testPackages)) process.exit(1);
  await ensureElectron();
  await ensureBuild();
} catch (error) {
  say(`The tests could not be prepared: ${error.message}\n0 passed, 1 failed`);
  process.exit(1);
}
mkdirSync('artifacts', { recursive: true });
const results = [];
for (const [name, suite] of Object.entries(suites)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`\n== ${name}`);
  const result = await suite();
  say(`== ${name}: ${result.passed} passed, ${result.failed} failed`);
  results.push(result);
}
const { passed, failed } = total(results);
const failures = results.flatMap((result) => result.failures ?? []);
if (failures.length > 0) say(`\nFailed:\n${failures.map((failure) => `- ${failure}`).join('\n')}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
say(`\n${passed} passed, ${failed} failed`);

function oneTest(good) {
  return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function unit() {
  const output = 'artifacts/unit-results.json';
  rmSync(output, { force: true });
  const code = await run(electronPath(), ['node_modules/vitest/vitest.mjs', 'run', '--reporter=minimal', '--reporter=json', `--outputFile.json=${output}`], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const report = readJson(output);
  return { ...fromVitest(report, code), failures: failuresOf(report, process.cwd()) };
}

async function e2e() {
  const output = 'artifacts/e2e-results.json';
  rmSync(output, { force: true });
  const { command, environment, folder } = withPrivateKeyring(onVirtualDisplay([process.execPath, 'node_modules/@wdio/cli/bin/wdio.js', 'run', 'wdio.conf.ts', ...specsAsked]));
  const code = await run(command[0], command.slice(1), { env: environment });
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const counted = readJson(output) ?? { passed: 0, failed: 1 };
  return code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}
