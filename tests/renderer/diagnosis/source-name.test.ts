import { describe, expect, it } from 'vitest';
import { isLink, sourceName } from '../../../src-renderer/diagnosis/source-name.ts';

describe('how a source is cited', () => {
  it('an RFC by number and section, an address by host and end, words as they are', () => {
    expect(sourceName('https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2')).toBe('RFC 6749 §4.1.2');
    expect(sourceName('https://datatracker.ietf.org/doc/html/rfc7636')).toBe('RFC 7636');
    expect(sourceName('https://github.com/panva/node-oidc-provider/blob/main/lib/helpers/errors.js')).toBe('github.com … errors.js');
    expect(sourceName('OIDC Core §3.1.3.7')).toBe('OIDC Core §3.1.3.7');
    expect(['javascript:alert(1)', 'file:///etc/passwd', 'RFC 6749'].map(isLink)).toEqual([false, false, false]);
  });
});
