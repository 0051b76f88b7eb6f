import { readdirSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint();

async function refusals(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).filter(({ severity }) => severity === 2).map(({ ruleId }) => String(ruleId));
}

describe('the lint rule for who may import whom', () => {
  it.each([
    ['src-renderer/shell/x.ts', "import { openVault } from '../../src-main/vault/index.ts';\nopenVault;"],
    ['src-renderer/shell/x.ts', "import { readFileSync } from 'node:fs';\nreadFileSync;"],
    ['src-main/diagnosis/x.ts', "import { app } from 'electron';\napp;"],
    ['src-main/contract/read/x.ts', "import { FlowService } from '../../flow/index.ts';\nFlowService;"],
    ['src-main/export/x.ts', "import { openVault } from '../vault/index.ts';\nopenVault;"],
    ['src-main/vault/x.ts', "import { openHistory } from '../history/index.ts';\nopenHistory;"],
    ['src-main/wire/secrets/x.ts', "import { MaskedRuns } from '../../ipc/index.ts';\nMaskedRuns;"],
    ['src-main/services.ts', "import { app } from 'electron';\napp;"],
  ])('refuses %s: %s', async (file, code) => {
    expect(await refusals(file, code)).toContain('no-restricted-imports');
  });

  it.each([
    ['src-main/diagnosis/x.ts', 'electron/main'],
    ['src-main/cli/x.ts', 'electron'],
    ['src-main/export/x.ts', './../vault/index.ts'],
    ['src-main/export/x.ts', '../../src-main/vault/index.ts'],
    ['src-main/export/x.ts', '../services.ts'],
    ['src-main/contract/read/x.ts', '../../main.ts'],
    ['src-main/contract/x.ts', '../../src-renderer/main.ts'],
    ['src-main/shell/x.ts', '../../src-renderer/main.ts'],
    ['src-renderer/shell/x.svelte.ts', '../../src-main/services.ts'],
    ['src-renderer/shell/x.ts', '../../src-main/contract/../vault/index.ts'],
    ['src-renderer/shell/x.ts', 'fs/promises'],
  ])('refuses %s to reach %s, however it is asked for', async (file, target) => {
    expect(await refusals(file, `export * from '${target}';`)).toEqual(['no-restricted-imports']);
    expect(await refusals(file, `export const x = import('${target}');`)).toEqual(['no-restricted-syntax']);
    expect(await refusals(file, `export const x = import(\`${target}\`);`)).toEqual(['no-restricted-syntax']);
    expect(await refusals(file, `export type X = import('${target}').X;`)).toEqual(['@typescript-eslint/consistent-type-imports']);
  });

  it('reads the script of a component', async () => {
    const code = "<script lang=\"ts\">import { openVault } from '../../src-main/vault/index.ts'; openVault();</script>";
    expect(await refusals('src-renderer/shell/X.svelte', code)).toEqual(['no-restricted-imports']);
  });

  const mayImportAnyRoom = ['cli', 'ipc', 'shell'];
  const heldRooms = readdirSync('src-main', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !mayImportAnyRoom.includes(entry.name)).map(({ name }) => name);

  it.each(heldRooms)('holds %s/: a room that nobody listed would pass', async (room) => {
    expect(await refusals(`src-main/${room}/x.ts`, "export * from '../ipc/index.ts';")).toEqual(['no-restricted-imports']);
  });

  it.each(heldRooms.filter((room) => room !== 'contract'))('knows %s/ as something contract/ may not import', async (room) => {
    expect(await refusals('src-main/contract/x.ts', `export * from '../${room}/index.ts';`)).toEqual(['no-restricted-imports']);
  });

  it.each([
    ['src-renderer/shell/x.ts', "import { foldRun } from '../../src-main/contract/index.ts';\nfoldRun([]);"],
    ['src-renderer/shell/x.ts', "export * from '../state/selection.ts';"],
    ['src-main/flow/steps/x.ts', "import { send } from '../../wire/index.ts';\nvoid send;"],
    ['src-main/flow/steps/x.ts', "export * from '../tokens.ts';"],
    ['src-main/history/x.ts', "import { openVault } from '../vault/index.ts';\nvoid openVault;"],
    ['src-main/shell/x.ts', "import { app } from 'electron';\nvoid app;"],
    ['src-main/ipc/handlers/x.ts', "export * from '../../services.ts';"],
    ['src-main/export/x.ts', "export const x = import('../contract/index.ts');"],
    ['src-main/cli/x.ts', "export * from '../diagnosis/index.ts';\nconsole.log('x');"],
  ])('takes %s: %s', async (file, code) => {
    expect(await refusals(file, code)).toEqual([]);
  });

  it('refuses what crashes or injects', async () => {
    expect(await refusals('src-main/vault/x.ts', 'export const x = (k: { findCredentials(s: string): void }) => k.findCredentials("s");')).toContain('no-restricted-syntax');
    expect(await refusals('src-main/vault/x.ts', 'import { findCredentials } from "keytar";\nvoid findCredentials;')).toContain('no-restricted-syntax');
    expect(await refusals('src-main/vault/x.ts', 'export const x = (k: Record<string, () => void>) => k["findCredentials"]?.();')).toEqual(['no-restricted-syntax']);
    expect(await refusals('src-main/vault/x.ts', 'export const x = globalThis.eval("1");')).toEqual(['no-eval']);
    expect(await refusals('src-renderer/shell/x.ts', 'export const x = new Function("1");')).toContain('no-new-func');
    expect(await refusals('src-main/vault/x.ts', 'console.log("x");')).toEqual(['no-console']);
    expect(await refusals('src-renderer/shell/x.ts', 'document.body["innerHTML"] = location.hash;')).toEqual(['no-restricted-syntax']);
    expect(await refusals('src-renderer/shell/x.ts', 'document.body.innerHTML = location.hash;')).toContain('no-restricted-syntax');
    expect(await refusals('src-renderer/shell/X.svelte', '<p>{@html location.hash}</p>')).toContain('svelte/no-at-html-tags');
  });
});
