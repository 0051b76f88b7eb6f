import { describe, expect, it } from 'vitest';
import type { Purpose } from '../../../../src-main/contract/index.ts';
import { replayLabelOf } from '../../../../src-main/contract/read/replay.ts';

const label = (purpose: Purpose, body = '', header = '', method = 'POST') => replayLabelOf({ purpose, method, request: `${method} /x HTTP/1.1\r\nhost: as.test\r\n${header}\r\n${body}` });

describe('what sending again costs', () => {
  it('knows what spends, what may end something, and what only reads', () => {
    expect(label('token', 'grant_type=authorization_code&code=c').label).toBe('spends-the-grant');
    expect(label('token', 'grant_type=refresh_token&refresh_token=r').label).toBe('may-end-the-session');
    expect(label('token', 'grant_type=client_credentials').label).toBe('safe-to-repeat');
    expect([label('revocation').label, label('end-session').label]).toEqual(['may-end-the-session', 'may-end-the-session']);
    for (const purpose of ['discovery', 'jwks', 'userinfo', 'introspection', 'par'] as const) expect(label(purpose).label, purpose).toBe('safe-to-repeat');
    expect([label('resource', '', '', 'GET').label, label('resource', '', '', 'DELETE').label]).toEqual(['safe-to-repeat', 'may-end-the-session']);
  });

  it('says which parts count once', () => {
    expect(label('token', 'grant_type=authorization_code&code=c').why).not.toContain('counts once');
    expect(label('token', 'grant_type=authorization_code&code=c', 'DPoP: a.b.c\r\n').why).toContain('DPoP proof counts once');
    expect(label('introspection', 'token=t&client_assertion=a.b.c').why).toContain('client assertion counts once');
  });
});
