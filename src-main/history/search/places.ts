import type { Exchange, FindHit, RunEvent } from '../../contract/index.ts';
import { decodeJwt, messageParts, utf8Of } from '../../contract/index.ts';

/** A text of a Run, where it stands, and what shows it. */
export interface Place { place: string; text: string; selection: FindHit['selection'] }

const purposes: Readonly<Record<Exchange['purpose'], string>> = {
  discovery: 'Discovery', jwks: 'JWKS', par: 'PAR', token: 'Token', userinfo: 'UserInfo', revocation: 'Revocation', introspection: 'Introspection',
  device: 'Device', 'end-session': 'End session', resource: 'Resource', other: 'Other',
};

/** Every text of a masked event that a person may look for. Identifiers and clocks of Grantscope's own are none. */
export function* placesOf(event: RunEvent): Generator<Place> {
  switch (event.type) {
    case 'exchange-recorded': return yield* exchangePlaces(event.exchange);
    case 'tokens-received':
      for (const token of event.tokens) yield* tokenPlaces(token.id, token.kind, token.value, token.scope);
      return;
    case 'authorization-requested': return yield { place: 'Authorization request', text: event.url, selection: { kind: 'event', seq: event.seq } };
    case 'callback-received': return yield { place: 'Redirect to the listener', text: utf8Of(event.request), selection: { kind: 'event', seq: event.seq } };
    case 'front-channel-hop':
      return yield { place: 'Front channel', text: [event.url, ...(event.requestHeaders ?? []), ...(event.responseHeaders ?? []), event.location ?? ''].map(lineOf).join('\n'), selection: { kind: 'event', seq: event.seq } };
    case 'grant-refused':
      return yield { place: 'Refusal', text: [event.error.error, event.error.description, event.error.subcode].filter((part) => part != null).join(': '), selection: { kind: 'exchange', id: event.exchangeId } };
    case 'token-checked': return yield { place: 'Checks of a token', text: event.verdicts.flatMap(({ check, expected = '', found = '', explanation = '' }) => [check, expected, found, explanation]).join('\n'), selection: { kind: 'token', id: event.tokenId } };
    case 'step-ended':
      if (event.problem) yield { place: 'Problem', text: [event.problem.code, event.problem.message, event.problem.why, event.problem.next].filter((part) => part !== undefined).join('\n'), selection: null };
      return;
    case 'run-started': return yield { place: 'Environment of the run', text: [event.title, event.environment?.name, event.client.id, event.environment?.scope].filter((part) => part !== undefined).join('\n'), selection: null };
    // The rest is told again by the exchanges, or is Grantscope's own bookkeeping.
    default: return;
  }
}

const lineOf = (part: string | { name: string; value: string }): string => (typeof part === 'string' ? part : `${part.name}: ${part.value}`);

function* exchangePlaces({ id, purpose, url, request, response, failure }: Exchange): Generator<Place> {
  const selection = { kind: 'exchange' as const, id };
  const at = (what: string, text: string): Place => ({ place: `${purposes[purpose]}, ${what}`, text, selection });
  const sent = messageParts(request);
  yield at('address', url);
  yield at('request headers', utf8Of(sent.head));
  if (sent.body !== '') yield at('request body', utf8Of(sent.body));
  if (response) {
    yield at('response headers', utf8Of(response.raw.slice(0, response.headLength)));
    if (response.body !== '') yield at('response body', utf8Of(response.body));
  }
  if (failure) yield at('failure', [failure.code, failure.message, failure.why ?? ''].join('\n'));
}

const tokenWords = { access_token: 'Access token', refresh_token: 'Refresh token', id_token: 'ID token' } as const;

function* tokenPlaces(id: string, kind: keyof typeof tokenWords, value: string, scope: string | undefined): Generator<Place> {
  const selection = { kind: 'token' as const, id };
  const { header, claims, payload } = decodeJwt(value);
  if (header) yield { place: `${tokenWords[kind]}, header`, text: JSON.stringify(header), selection };
  if (claims ?? payload) yield { place: `${tokenWords[kind]}, claims`, text: JSON.stringify(claims ?? payload), selection };
  if (scope !== undefined) yield { place: `${tokenWords[kind]}, scope`, text: scope, selection };
}
