import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CAUSE_IDS } from '../../../src-main/diagnosis/index.ts';
import { causes } from '../../../src-main/diagnosis/causes/registry.ts';

describe('the registry of causes', () => {
  it('holds each id once, each in a file of its own', () => {
    expect(causes.map(({ id }) => id)).toEqual([...CAUSE_IDS]);
    const files = readdirSync('src-main/diagnosis/causes').filter((name) => name !== 'registry.ts').map((name) => name.slice(0, -3).replaceAll('-', '_')).sort();
    expect(files).toEqual([...CAUSE_IDS].sort());
  });

  it('is documented, each id once', () => {
    const documented = [...readFileSync('docs/causes.md', 'utf8').matchAll(/^\| `([a-z_]+)`/gm)].map(([, id]) => id);
    expect([...documented].sort()).toEqual([...CAUSE_IDS].sort());
  });

  it('says for each what to do and why it may not be known', () => {
    for (const cause of causes) {
      for (const text of [cause.title, cause.fix, cause.unknowable]) expect(text.length, cause.id).toBeGreaterThan(15);
      for (const member of cause.members ?? []) expect(CAUSE_IDS).toContain(member);
    }
  });
});
