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
    ['src-renderer/shell/x.ts', "import { foldRun } from '../../src-main/contract/index.ts';\nfoldRun([]);"],
    ['src-main/flow/steps/x.ts', "import { send } from '../../wire/index.ts';\nvoid send;"],
    ['src-main/history/x.ts', "import { openVault } from '../vault/index.ts';\nvoid openVault;"],
    ['src-main/shell/x.ts', "import { app } from 'electron';\nvoid app;"],
  ])('takes %s: %s', async (file, code) => {
    expect(await refusals(file, code)).not.toContain('no-restricted-imports');
  });

  it('refuses what crashes or injects', async () => {
    expect(await refusals('src-main/vault/x.ts', 'export const x = (k: { findCredentials(s: string): void }) => k.findCredentials("s");')).toContain('no-restricted-syntax');
    expect(await refusals('src-renderer/shell/x.ts', 'document.body.innerHTML = location.hash;')).toContain('no-restricted-syntax');
    expect(await refusals('src-renderer/shell/X.svelte', '<p>{@html location.hash}</p>')).toContain('svelte/no-at-html-tags');
  });
});
