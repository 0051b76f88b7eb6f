/// <reference types="@wdio/globals/types" />
/// <reference types="@wdio/electron-service" />
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { reachMainProcess } from './tests/e2e/support/main-process.ts';
import { quitApp } from './tests/e2e/support/quit.ts';
import { openStage, stopStage } from './tests/e2e/support/stage.ts';

const artifacts = resolve('artifacts');
const scratch = process.env['GRANTSCOPE_E2E_SCRATCH'] ?? mkdtempSync(join(tmpdir(), 'grantscope-e2e-'));
process.env['GRANTSCOPE_E2E_SCRATCH'] = scratch;

/** The app itself under WebDriver: the built main file in the Electron of the checkout, a fresh data folder per spec file. */
export const config: WebdriverIO.Config = {
  runner: 'local',
  specs: ['./tests/e2e/**/*.e2e.ts'],
  // Two cores: a second window at the same time makes both slow and neither surer.
  maxInstances: 1,
  capabilities: [{
    browserName: 'electron',
    'wdio:chromedriverOptions': { binary: '/usr/bin/chromedriver', disableBuildCheck: true },
    'wdio:electronServiceOptions': {
      appEntryPoint: resolve('out/main/main.js'),
      appArgs: ['--no-sandbox', '--disable-gpu', '--force-device-scale-factor=1'],
      cdpBridgeTimeout: 30_000, cdpBridgeWaitInterval: 200, cdpBridgeRetryCount: 100,
    },
  } as WebdriverIO.Capabilities],
  services: ['electron'],
  framework: 'mocha',
  mochaOpts: { ui: 'bdd', timeout: 90_000, retries: 0 },
  reporters: ['spec'],
  // Into artifacts/wdio-logs: why something of the runner itself was not there.
  logLevel: 'warn',
  outputDir: join(artifacts, 'wdio-logs'),
  waitforTimeout: 10_000,

  onPrepare: () => mkdirSync(artifacts, { recursive: true }),
  beforeSession: async (_config, capabilities) => {
    await openStage(capabilities as WebdriverIO.Capabilities, scratch);
  },
  before: reachMainProcess,
  after: () => quitApp(),
  afterSession: () => stopStage(),
  // One line a test: the runner's own results count spec files.
  afterTest: (test, _context, { passed, error }) => {
    appendFileSync(join(scratch, 'tests'), passed ? '+' : '-');
    if (!passed) appendFileSync(join(scratch, 'failures'), `${JSON.stringify(`${relative(process.cwd(), test.file)}: ${test.parent} ${test.title}: ${String((error as Error | undefined)?.message ?? '').slice(0, 800)}`)}\n`);
  },
  onComplete: (_exitCode, _config, _capabilities, results) => {
    const marks = existsSync(join(scratch, 'tests')) ? readFileSync(join(scratch, 'tests'), 'utf8') : '';
    const failed = marks.split('-').length - 1;
    // A spec file that failed without a failing test (a hook, a session that never came up) counts as one.
    writeFileSync(join(artifacts, 'e2e-results.json'), JSON.stringify({ passed: marks.split('+').length - 1, failed: failed === 0 ? results.failed : failed, failures: lines(join(scratch, 'failures')) }));
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  },
};

function lines(path: string): unknown[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown) : [];
}
