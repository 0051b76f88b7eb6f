import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_ORIGIN, manifestOf, serveFrom } from '../../../src-main/shell/protocol.ts';

const folder = mkdtempSync(join(tmpdir(), 'grantscope-protocol-'));
mkdirSync(join(folder, 'assets'));
writeFileSync(join(folder, 'index.html'), '<!doctype html>');
writeFileSync(join(folder, 'assets/app.js'), 'export {}');
writeFileSync(join(folder, 'notes.txt'), 'not served');
symlinkSync('/etc/passwd', join(folder, 'passwd.html'));
const serve = serveFrom(manifestOf(folder));
const get = (path: string, init?: RequestInit) => serve(new Request(`${APP_ORIGIN}${path}`, init));

describe('attack 37: app:// serves its manifest and nothing else', () => {
  it.each(['/', '/notes.txt', '/passwd.html', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/assets/', '/assets', '/index.html/', '/INDEX.HTML', '/assets%2fapp.js'])('404 for %s', (path) => {
    expect(get(path).status).toBe(404);
  });

  it('405 for anything but GET', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) expect(get('/index.html', { method }).status).toBe(405);
  });

  it('400 for another host', () => {
    expect(serve(new Request('app://elsewhere/index.html')).status).toBe(400);
    expect(serve(new Request('app://grantscope.evil/index.html')).status).toBe(400);
  });

  it('gives a file its fixed type and the policy, whatever is asked for with Range', async () => {
    const response = get('/assets/app.js?x#y', { headers: { range: 'bytes=0-1' } });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('export {}');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    });
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});
