import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from './support/statistics.ts';
import type { Bench } from './support/bench.ts';

const electron = resolve('node_modules/electron/dist/electron');
const probe = resolve('tests/bench/support/window-probe.mjs');

/** Milliseconds from spawn to first painted content, in a fresh data folder. */
function firstContent(main: string | null): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'grantscope-bench-'));
  const { ELECTRON_RUN_AS_NODE: _node, ...environment } = process.env;
  return new Promise((done, failed) => {
    const child = spawn(electron, [probe, '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}`], {
      env: { ...environment, PROBE_SPAWNED: String(Date.now()), ...(main !== null && { PROBE_MAIN: main }) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => { printed += chunk.toString(); });
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.on('close', () => {
      clearTimeout(timer);
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      const found = /painted (\d+)/.exec(printed);
      if (found) done(Number(found[1]));
      else failed(new Error(`No window content was seen: ${printed.slice(0, 200)}`));
    });
  });
}

const bench: Bench = {
  name: 'first window content, beside a bare Electron window',
  goal: '1.3×',
  async run() {
    const main = resolve('out/main/main.js');
    await firstContent(null);
    await firstContent(main);
    const [ours, baseline]: [number[], number[]] = [[], []];
    for (let round = 0; round < 5; round += 1) {
      baseline.push(await firstContent(null));
      ours.push(await firstContent(main));
    }
    return { ours: median(ours), baseline: median(baseline), unit: 'ms', note: '5 pairs after a warm-up, fresh data folder each' };
  },
};

export default bench;
