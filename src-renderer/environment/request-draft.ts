import type { RequestOptions } from '../../src-main/contract/options/request.ts';

/** The named request options while they are typed; an empty text is an option that is not sent. */
export interface RequestDraft {
  responseType: 'code' | 'code id_token';
  responseMode: NonNullable<RequestOptions['responseMode']> | '';
  pushed: 'auto' | 'on' | 'off';
  signed: 'on' | 'off';
  prompt: string;
  maxAge: number | null;
  loginHint: string;
  uiLocales: string;
  acrValues: string;
  claims: string;
  authorizationDetails: string;
  /** One on each line. */
  resources: string;
}

export function requestDraftOf(options: RequestOptions = {}): RequestDraft {
  return {
    responseType: options.responseType ?? 'code', responseMode: options.responseMode ?? '',
    pushed: options.pushed === undefined ? 'auto' : options.pushed ? 'on' : 'off', signed: options.signed === true ? 'on' : 'off',
    prompt: options.prompt ?? '', maxAge: options.maxAge ?? null, loginHint: options.loginHint ?? '', uiLocales: options.uiLocales ?? '',
    acrValues: options.acrValues ?? '', claims: options.claims ?? '', authorizationDetails: options.authorizationDetails ?? '',
    resources: (options.resources ?? []).join('\n'),
  };
}

/** What would be saved; `undefined` where nothing is set, so that an environment that says nothing stays as short as it was. */
export function requestOf(draft: RequestDraft): RequestOptions | undefined {
  const texts = (['responseMode', 'prompt', 'loginHint', 'uiLocales', 'acrValues', 'claims', 'authorizationDetails'] as const)
    .flatMap((name) => (draft[name].trim() === '' ? [] : [[name, draft[name].trim()] as const]));
  const resources = draft.resources.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const options = {
    ...Object.fromEntries(texts),
    ...(draft.responseType !== 'code' && { responseType: draft.responseType }),
    ...(draft.pushed !== 'auto' && { pushed: draft.pushed === 'on' }),
    ...(draft.signed === 'on' && { signed: true }),
    ...(draft.maxAge !== null && { maxAge: draft.maxAge }),
    ...(resources.length > 0 && { resources }),
  };
  return Object.keys(options).length === 0 ? undefined : options;
}
