/** Entry of the command line: `node main.ts diagnose …`, in Node with type stripping or built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInProcess, userDataFolder } from './process.ts';

// Two folders up from src-main/cli and from out/main alike.
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { name: string; productName?: string; version: string };

const code = await runInProcess(process.argv.slice(2), {
  dataFolder: join(userDataFolder(manifest.productName ?? manifest.name), 'data'),
  versions: { grantscope: manifest.version, node: process.versions.node, platform: `${process.platform} ${process.arch}` },
});
process.exit(code);
