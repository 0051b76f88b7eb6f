import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SecretClipboard } from '../../../src-main/shell/clipboard.ts';

class MemoryClipboard {
  text = '';
  writeText(text: string): void { this.text = text; }
  readText(): string { return this.text; }
  clear(): void { this.text = ''; }
}

describe('attack 39: a copied secret leaves the clipboard again', () => {
  it('is cleared after its time if it is still there', async () => {
    const system = new MemoryClipboard();
    new SecretClipboard(system, 20).copySecret('CANARY-secret');
    expect(system.text).toBe('CANARY-secret');
    await pause(60);
    expect(system.text).toBe('');
  });

  it('does not touch what somebody copied meanwhile', async () => {
    const system = new MemoryClipboard();
    new SecretClipboard(system, 20).copySecret('CANARY-secret');
    system.writeText('a shopping list');
    await pause(60);
    expect(system.text).toBe('a shopping list');
  });

  it('is cleared at once when the app quits, and plain text never is', () => {
    const system = new MemoryClipboard();
    const clipboard = new SecretClipboard(system, 10_000);
    clipboard.copySecret('CANARY-secret');
    clipboard.clearSecret();
    expect(system.text).toBe('');
    clipboard.copy('plain');
    clipboard.clearSecret();
    expect(system.text).toBe('plain');
  });
});
