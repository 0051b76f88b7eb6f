// `npm run screenshots`: plays the tour in the real window at 1440x900 and keeps its pictures in docs/images.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, say } from './run.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const scratch = mkdtempSync(join(tmpdir(), 'grantscope-screenshots-'));
const userData = join(scratch, 'user-data');
mkdirSync(join(userData, 'data'), { recursive: true });
writeFileSync(join(userData, 'data/window.json'), '{"x":0,"y":0,"width":1440,"height":900}');
process.exitCode = await run(process.execPath, ['scripts/start.mjs', '--tour', `--user-data-dir=${userData}`], { env: { ...process.env, GRANTSCOPE_TOUR_FOLDER: scratch } });
if (process.exitCode === 0) {
  for (const name of ['finished-run.png', 'refused-grant.png']) copyFileSync(join(scratch, name), join('docs/images', name));
  say('docs/images is up to date.');
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
