// Stands in for Electron's default app, which the fallback lacks: takes the app's folder or main file (also as --app=PATH, the way
// WebDriver passes it), sets name, version and path from its package.json, and imports its main.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const named = process.argv.find((argument) => argument.startsWith('--app='))?.slice('--app='.length);
const path = resolve(named ?? process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
let root = statSync(path).isDirectory() ? path : dirname(path);
while (!existsSync(join(root, 'package.json')) && dirname(root) !== root) root = dirname(root);
const manifest = existsSync(join(root, 'package.json')) ? JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) : {};
if (manifest.name) app.setName(manifest.productName ?? manifest.name);
if (manifest.version) app.setVersion(manifest.version);
app.setAppPath(root);
await import(pathToFileURL(statSync(path).isDirectory() ? join(path, manifest.main ?? 'index.js') : path).href);
