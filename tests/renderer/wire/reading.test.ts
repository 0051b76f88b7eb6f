import { describe, expect, it } from 'vitest';
import { foldRun } from '../../../src-main/contract/read/run-state.ts';
import { exactText } from '../../../src-renderer/wire/exact.ts';
import { phasesOf } from '../../../src-renderer/wire/phases.ts';
import { readableOf } from '../../../src-renderer/wire/readable.ts';
import { sizeOf } from '../../../src-renderer/wire/sizes.ts';
import { plainText } from '../../../src-renderer/format/plain.ts';
import { tintOf } from '../../../src-renderer/format/tint.ts';
import { urlParts, withoutQuery } from '../../../src-renderer/format/url.ts';
import { finishedRun } from '../support/runs.ts';
import { mask, markerOf } from '../support/masked.ts';

const run = foldRun(finishedRun('aaaaaaaa-aaaa-4aaa-8aaa-000000000001', 0, 0, true));
const refused = run.exchanges.get(run.refusals[0]?.exchangeId ?? '')?.exchange;
if (!refused) throw new Error('The recording holds no refused exchange.');

describe('a recorded message', () => {
  it('exact: nothing is invisible, nothing is lost', () => {
    expect(exactText('A: b\r\n\r\nx\ry\u0000\u007f')).toBe('A: b↵\n↵\nx⟨CR⟩y⟨NUL⟩⟨DEL⟩');
    expect(exactText('a\nb\u0001')).toBe('a⟨LF⟩\nb⟨U+0001⟩');
    expect(exactText('\u00e2\u0082\u00ac')).toBe('€');
    expect(exactText('\u00e2\u0080\u00ae')).toBe('⟨U+202E⟩');
  });

  it('exact: markers of masked secrets stay whole', () => {
    expect(exactText(refused.request)).toContain(mask('code_verifier', 'first'));
  });

  it('readable: a form as decoded pairs, with the value as sent beside it', () => {
    const readable = readableOf(refused, 'request');
    expect(readable?.body).toMatchObject({ kind: 'form' });
    const parameters = readable?.body.kind === 'form' ? readable.body.parameters : [];
    expect(parameters.map(({ name }) => name)).toEqual(['grant_type', 'code', 'redirect_uri', 'code_verifier']);
    expect(parameters[2]).toMatchObject({ value: 'http://127.0.0.1:53412/callback', rawValue: 'http%3A%2F%2F127.0.0.1%3A53412%2Fcallback' });
    expect(parameters[1]?.value).toBe(mask('authorization_code', 'first'));
  });

  it('readable: JSON in lines, and what only claims to be JSON as text with a word about it', () => {
    const body = readableOf(refused, 'response')?.body;
    expect(body?.kind === 'json' && body.lines[1]).toMatchObject({ key: '"error"', text: '"invalid_grant"' });
    const broken = { ...refused, response: refused.response && { ...refused.response, body: '{"error":' } };
    expect(readableOf(broken, 'response')?.body).toMatchObject({ kind: 'text', text: '{"error":', note: expect.stringContaining('Declared as JSON') });
    expect(readableOf({ ...refused, response: null }, 'response')).toBeNull();
  });

  it('readable: a page is text with a word about it, what is no text is bytes', () => {
    const answered = (body: string) => readableOf({ ...refused, response: refused.response && { ...refused.response, raw: 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n', body } }, 'response')?.body;
    expect(answered('<script>alert(1)</script>')).toMatchObject({ kind: 'text', text: '<script>alert(1)</script>', note: expect.stringContaining('nothing in it is run') });
    expect(answered('\u0089PNG\r\n\u001a\n\0\0')).toMatchObject({ kind: 'binary' });
  });

  it('is copied with each secret in words', () => {
    expect(plainText(`a=${mask('code_verifier', 'x', 43)}&b`)).toBe('a=[code verifier, 43 characters]&b');
  });

  it('counts a masked secret with its own length', () => {
    expect(sizeOf(`ab${mask('client_secret', 'x', 43)}c`)).toBe(46);
  });

  it('phases: in order, without gaps, only those that were reached', () => {
    expect(phasesOf({ started: 0, connected: 2, secured: 9, sent: 10, firstByte: 30, ended: 31 }, true).map(({ id, from, to }) => [id, from, to]))
      .toEqual([['connect', 0, 2], ['tls', 2, 9], ['send', 9, 10], ['wait', 10, 30], ['receive', 30, 31]]);
    expect(phasesOf({ started: 0, connected: 2, ended: 31 }, false).map(({ id }) => id)).toEqual(['connect']);
    expect(phasesOf({ started: 0, ended: 31 }, false)).toEqual([]);
  });
});

describe('colours and addresses', () => {
  it('equal secrets have equal tints', () => {
    expect(tintOf(markerOf('authorization_code', 'a'))).toBe(tintOf(markerOf('authorization_code', 'a')));
    expect(tintOf(markerOf('authorization_code', 'a'))).toMatch(/^tint-[0-7]$/);
  });

  it('cuts a URL without rewriting it', () => {
    expect(urlParts('HTTPS://Host.example:443/a/../b?q=%41#f')).toEqual({ scheme: 'HTTPS', host: 'Host.example:443', path: '/a/../b', query: '?q=%41', fragment: '#f' });
    expect(urlParts('/callback?code=x')).toMatchObject({ host: '', path: '/callback' });
    expect(withoutQuery('http://h/p?code=x#y')).toBe('http://h/p');
  });
});
