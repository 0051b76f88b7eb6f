import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One hash over the content of files and folders; a path that is not there counts as such. */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) for (const file of filesOf(path)) hash.update(`${file}\0`).update(existsSync(file) ? readFileSync(file) : '-').update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => filesOf(join(path, entry.name)));
}

/** Whether what was made from `paths` is still what the stamp file says. */
export function isFresh(stamp, paths) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOf(paths);
}

export function writeStamp(stamp, paths) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hashOf(paths));
}
