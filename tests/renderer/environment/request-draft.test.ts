import { describe, expect, it } from 'vitest';
import { environmentSchema } from '../../../src-main/contract/environment.ts';
import type { RequestOptions } from '../../../src-main/contract/options/request.ts';
import { candidateOf, checkDraft, draftOf, newDraft } from '../../../src-renderer/environment/draft.ts';
import { requestDraftOf, requestOf } from '../../../src-renderer/environment/request-draft.ts';

const full: RequestOptions = {
  responseType: 'code id_token', responseMode: 'form_post.jwt', pushed: false, signed: true, prompt: 'login', maxAge: 0, loginHint: 'ada', uiLocales: 'de',
  acrValues: 'x', claims: '{"a": null}', authorizationDetails: '[{"type": "p"}]', resources: ['https://a.example', 'https://b.example'],
};
const draft = () => ({ ...newDraft('00000000-0000-4000-8000-000000000001'), name: 'A', issuer: 'https://as.example', clientId: 'c' });

describe('request options in the form', () => {
  it('come back as they were, and leave nothing where nothing is set', () => {
    expect(requestOf(requestDraftOf(full))).toEqual(full);
    expect(requestOf(requestDraftOf())).toBeUndefined();
    expect(candidateOf(draft())).not.toHaveProperty('request');
  });

  it('survive an edit of an environment that has them, with strict and https', () => {
    const config = environmentSchema.parse({ ...candidateOf(draft()) as object, request: full, strict: true, redirect: { scheme: 'https', host: 'localhost', port: 8443, path: '/cb' } });
    expect(checkDraft(draftOf(config))).toEqual({ ok: true, config });
  });

  it('say at the field what is no JSON of the right shape', () => {
    const wrong = draft();
    wrong.request = { ...wrong.request, claims: '[]', authorizationDetails: '{"type": "p"}' };
    expect(checkDraft(wrong)).toEqual({ ok: false, reasons: { 'request.claims': expect.stringContaining('JSON object'), 'request.authorizationDetails': expect.stringContaining('JSON array') } });
    wrong.request = { ...wrong.request, claims: '{', authorizationDetails: '[{}]' };
    expect(checkDraft(wrong)).toMatchObject({ ok: false, reasons: { 'request.claims': expect.any(String) } });
  });
});
