import type { Diagnosis } from '../../contract/diagnosis.ts';
import type { ProbeFacts, ProbeOffer } from '../../contract/probe.ts';
import { usesClientSecret } from '../../contract/read/client-auth.ts';
import { redeemedCode, refusedExchange, tokenToProbe } from '../../contract/read/probe-target.ts';
import type { RunState } from '../../contract/read/run-state.ts';
import type { ProbeId } from '../../contract/run.ts';
import type { CauseId } from '../cause-ids.ts';

export interface Asked { diagnosis: Diagnosis; state: RunState; facts: ProbeFacts }
export type ProbeSheet = Omit<ProbeOffer, 'id' | 'available' | 'about'> & { about: CauseId[]; /** Why it cannot be made with this Run. */ unavailable: string | null };

const credentials: CauseId[] = [
  'client_secret_invalid', 'client_credentials_rejected', 'client_unknown', 'client_secret_missing', 'client_auth_method_wrong', 'client_auth_encoding',
  'client_secret_expired', 'client_secret_unexpected', 'client_disabled',
];

/** What each probe sends and what its answers mean, for one Run. */
export const probeSheets: Record<ProbeId, (asked: Asked) => ProbeSheet> = {
  'client-check': ({ state, facts }) => {
    const method = state.environment?.client.authMethod;
    const secretless = state.started?.client.authMethod === 'none' || (method !== undefined && !usesClientSecret(method));
    return {
      title: 'Client credentials with a meaningless code',
      sends: `A token request with the stored client credentials, the right redirect_uri and a made-up code goes to ${hostOf(state, 'token_endpoint')}. No grant is touched.`,
      proves: [
        { answer: 'invalid_client or 401', meaning: 'The client credentials are wrong, or are sent in a way the server does not accept.' },
        { answer: 'invalid_grant', meaning: 'The client credentials are right: the server got past them and complained about the code.' },
      ],
      replay: 'safe-to-repeat', replayWhy: 'The code is made up, so nothing is spent.', browser: false, about: credentials,
      unavailable: missingEndpoint(state, 'token_endpoint') ?? (secretless || (facts.hasSecret ?? state.started?.hasSecret ?? true) ? null : 'No client secret is stored for this environment.'),
    };
  },
  introspect: ({ state, diagnosis }) => {
    const token = tokenToProbe(state, 'introspect', diagnosis.exchangeId ?? undefined);
    return {
      title: `Introspect the ${token?.record.kind.replace('_', ' ') ?? 'token'}`,
      sends: `The ${token?.record.kind.replace('_', ' ') ?? 'token'} and the client credentials go to the introspection endpoint at ${hostOf(state, 'introspection_endpoint')} (RFC 7662).`,
      proves: [
        { answer: 'active: true', meaning: 'The token lives, so it was refused for something else: the client, the scope, a key.' },
        { answer: 'active: false', meaning: 'The token is expired, revoked, used up, or not this client’s.' },
      ],
      replay: 'safe-to-repeat', replayWhy: 'Only reads.', browser: false,
      about: ['refresh_expired', 'refresh_expired_inactive', 'refresh_invalid', 'refresh_invalid_or_revoked', 'refresh_revoked', 'refresh_reused', 'refresh_wrong_client', 'session_ended', 'refresh_limit'],
      unavailable: token === null ? 'This run has no token to ask about.' : missingEndpoint(state, 'introspection_endpoint'),
    };
  },
  'refresh-once-more': ({ state, diagnosis }) => {
    const token = tokenToProbe(state, 'refresh-once-more', diagnosis.exchangeId ?? undefined);
    const dead = token !== null && token.fate !== 'live';
    return {
      title: 'Refresh once more',
      sends: `The ${dead ? 'same' : 'live'} refresh token goes to ${hostOf(state, 'token_endpoint')} once more.`,
      proves: [
        { answer: 'tokens', meaning: 'The grant lives: the refusal was a passing one (load, a restart, two refreshes at once).' },
        { answer: 'refused again', meaning: 'The refusal stands; waiting or repeating will not help.' },
      ],
      replay: 'may-end-the-session', replayWhy: 'Where refresh tokens rotate, using one a second time revokes the whole family.', browser: false,
      about: ['rate_limited', 'server_error', 'server_state_lost', 'refresh_concurrent'],
      unavailable: token === null ? 'This run has no refresh token.' : missingEndpoint(state, 'token_endpoint'),
    };
  },
  'fresh-code': ({ state }) => ({
    title: 'A fresh code, redeemed at once',
    sends: `The browser opens at ${hostOf(state, 'authorization_endpoint')} for a sign-in; the code that comes back goes to ${hostOf(state, 'token_endpoint')} at once and once.`,
    proves: [
      { answer: 'tokens', meaning: 'Client, redirect URI and PKCE are right: what was refused was that one code (too old, used, altered).' },
      { answer: 'the same refusal', meaning: 'It is not the age or an earlier use of the code: something in the configuration is wrong.' },
    ],
    replay: 'safe-to-repeat', replayWhy: 'A new authorization; the earlier one is left alone. Some providers end older refresh tokens of the same user over their limit.', browser: true,
    about: ['code_expired', 'code_reused', 'code_invalid', 'code_invalid_or_expired', 'code_wrong_client', 'value_altered', 'pkce_mismatch', 'grant_unspecified', 'server_state_lost'],
    unavailable: missingEndpoint(state, 'authorization_endpoint') ?? missingEndpoint(state, 'token_endpoint'),
  }),
  'authorized-redirect': ({ state, diagnosis }) => {
    const redeemed = redeemedCode(state, refusedExchange(state, diagnosis.exchangeId ?? undefined));
    return {
      title: 'The same request with the authorized redirect URI',
      sends: `The refused code goes to ${hostOf(state, 'token_endpoint')} again, with the redirect_uri of its authorization request${redeemed === null ? '' : ` (${redeemed.authorized})`}.`,
      proves: [
        { answer: 'tokens', meaning: 'The differing redirect URI was the only fault.' },
        { answer: 'refused again', meaning: 'Another fault stands beside it, or the server dropped the code at the first attempt.' },
      ],
      replay: 'spends-the-grant', replayWhy: 'Redeems the code: it works once.', browser: false,
      about: ['redirect_uri_mismatch_token', 'redirect_uri_mismatch_any', 'redirect_uri_missing'],
      unavailable: redeemed === null ? 'The refused request sent no code whose authorization request is recorded.'
        : redeemed.sent === redeemed.authorized ? 'The refused request already sent the authorized redirect URI.' : missingEndpoint(state, 'token_endpoint'),
    };
  },
  'discovery-keys': ({ state }) => ({
    title: 'Discovery and keys, fetched again',
    sends: `The provider’s metadata and its keys are fetched again from ${hostOf(state, 'issuer')} and compared with what this run recorded.`,
    proves: [
      { answer: 'something changed', meaning: 'An endpoint moved or the keys were replaced since: the run used old ones, or the server lost its state.' },
      { answer: 'all the same', meaning: 'The endpoints used are the provider’s present ones, and its keys are those that signed the tokens.' },
    ],
    replay: 'safe-to-repeat', replayWhy: 'Only reads.', browser: false, about: ['token_endpoint_wrong', 'token_endpoint_redirected', 'server_state_lost', 'wrong_tenant', 'wrong_environment'],
    unavailable: state.metadata === null ? 'This run recorded no metadata to compare with.'
      : state.environment?.provider.kind === 'manual' && missingEndpoint(state, 'jwks_uri') !== null ? 'The endpoints were typed in by hand, without keys: there is nothing to fetch.' : null,
  }),
  'time-check': ({ state }) => ({
    title: 'Time check',
    sends: `A HEAD request without any token or credential goes to ${hostOf(state, 'issuer')}; its Date header is compared with our clock.`,
    proves: [
      { answer: 'the clocks agree', meaning: 'No clock is to blame, as far as half the round trip and the second that Date cuts off can tell.' },
      { answer: 'the clocks differ', meaning: 'Signed or time-bound values of the side that is off fall outside their window.' },
    ],
    replay: 'safe-to-repeat', replayWhy: 'Only reads.', browser: false, about: ['clock_skew', 'assertion_claims', 'dpop_binding'],
    unavailable: hostOf(state, 'issuer') === unknownHost ? 'This run recorded no address of the provider.' : null,
  }),
};

const unknownHost = 'a host that is not known';

function endpoint(state: RunState, name: string): string | null {
  const value = state.metadata?.metadata[name];
  return typeof value === 'string' && URL.canParse(value) ? value : null;
}

/** The host a request would go to; the token endpoint's for a server that names no issuer. */
function hostOf(state: RunState, name: string): string {
  const url = endpoint(state, name) ?? endpoint(state, 'token_endpoint');
  return url === null ? unknownHost : new URL(url).host;
}

function missingEndpoint(state: RunState, name: string): string | null {
  return endpoint(state, name) === null ? `The provider’s metadata names no ${name}.` : null;
}
