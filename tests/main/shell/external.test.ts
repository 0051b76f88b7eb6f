import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { externalUrl } from '../../../src-main/shell/external.ts';

describe('attack 36: what is handed to the operating system', () => {
  it.each([
    'file:///etc/passwd', 'smb://host/share', 'ms-msdt:/id', 'javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'about:blank',
    'https://user:pass@example.test/', 'https://user@example.test/', 'https://host\\@evil.test/', ' https://example.test/', 'https://example.test/\n--flag',
    'https://exa mple.test/', '//example.test/', '--version', '', `https://example.test/${'a'.repeat(1_000_000)}`, 'https://example.test/\u0085',
  ])('refuses %j', (url) => {
    const judged = externalUrl(url.slice(0, 100_000));
    expect(judged.ok).toBe(false);
    if (!judged.ok) expect(judged.problem).toMatchObject({ code: 'url-refused', message: 'This URL is not opened in the browser.' });
  });

  it('shows an internationalised host in its ASCII form', () => {
    expect(externalUrl('https://xn--pple-43d.com/')).toEqual({ ok: true, value: 'https://xn--pple-43d.com/' });
    expect(externalUrl('https://аpple.com/')).toEqual({ ok: true, value: 'https://xn--pple-43d.com/' });
  });

  it('takes plain web addresses as they are', () => {
    expect(externalUrl('https://idp.example/authorize?a=1&b=%20')).toEqual({ ok: true, value: 'https://idp.example/authorize?a=1&b=%20' });
    expect(externalUrl('http://127.0.0.1:47640/auth')).toMatchObject({ ok: true });
  });

  it('never throws and never lets another scheme through', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (url) => {
      const judged = externalUrl(url);
      return !judged.ok || /^https?:\/\//.test(judged.value);
    }));
  });
});
