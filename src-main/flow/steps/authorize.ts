import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomNonce, generateRandomState } from 'oauth4webapi';
import type { Provocation, RunEventOf } from '../../contract/index.ts';
import type { Receiver } from '../../receiver/index.ts';
import { openReceiver } from '../../receiver/index.ts';
import type { FlowContext } from '../context.ts';
import { endpointOf, expectedIssuer } from '../context.ts';
import type { StepResult } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';
import { receiveStep } from './receive.ts';
import { BrowserWatch } from '../browser-watch.ts';

/** An authorization code with all that its redemption needs. */
export interface AuthorizedCode {
  code: string;
  redirectUri: string;
  codeVerifier?: string;
  nonce?: string;
}

type Request = Omit<RunEventOf<'authorization-requested'>, 'type' | 'step' | 'seq' | 'at' | 'mono' | 'boot'>;

/**
 * Sends the person to the authorization endpoint and waits for the redirect: the steps *authorize* and *receive*.
 * The listener is bound before the browser opens, so a taken port is said before anybody signs in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export async function authorize(context: FlowContext, provocation?: Provocation): Promise<StepResult<AuthorizedCode>> {
  const state = overridden(context, 'state') ?? generateRandomState();
  const watch = new BrowserWatch();
  const opened = await authorizeStep(context, state, watch, provocation);
  if (opened.outcome !== 'ok') return opened;
  const { receiver, request } = opened.value;
  try {
    const received = await receiveStep(context, receiver, watch, provocation);
    if (received.outcome !== 'ok') return received;
    return done({
      code: received.value,
      redirectUri: request.redirectUri,
      ...(request.codeVerifier !== undefined && { codeVerifier: request.codeVerifier }),
      ...(request.nonce !== undefined && { nonce: request.nonce }),
    });
  } finally {
    watch.end();
    await receiver.close();
  }
}

function authorizeStep(
  context: FlowContext, state: string, watch: BrowserWatch, provocation: Provocation | undefined,
): Promise<StepResult<{ receiver: Receiver; request: Request }>> {
  return runStep(context.recorder, context.cancel, { kind: 'authorize', limit: 30, provocation }, async ({ step }) => {
    const endpoint = endpointOf(context, 'authorization_endpoint');
    if (!endpoint.ok) return failed(endpoint.problem);
    const bound = await openReceiver({
      redirect: context.environment.redirect,
      expected: {
        state,
        ...(expectedIssuer(context) !== null && { issuer: expectedIssuer(context) as string }),
        issuerRequired: context.recorder.state.metadata?.metadata['authorization_response_iss_parameter_supported'] === true,
        formPost: overridden(context, 'response_mode') === 'form_post',
      },
      onCallback: (callback) => context.recorder.record({ type: 'callback-received', step: watch.step ?? step, ...callback }),
    });
    if (!bound.ok) return failed(bound.problem);
    const receiver = bound.value;
    context.recorder.record({ type: 'listening', step, redirectUri: receiver.redirectUri, address: receiver.address, port: receiver.port });
    const request = await authorizationRequest(context, endpoint.value, receiver.redirectUri, state);
    context.recorder.record({ type: 'authorization-requested', step, ...request });
    const opened = await context.ports.openBrowser({
      mode: context.browser, url: request.url, redirectUri: receiver.redirectUri, runId: context.recorder.state.id,
      signal: watch.signal,
      onHop: (hop) => {
        // Hops to our own listener are the callback, recorded there byte for byte.
        if (new URL(hop.url).origin === new URL(receiver.redirectUri).origin) return;
        context.recorder.record({ type: 'front-channel-hop', step: watch.step ?? step, ...hop });
      },
      onClosed: () => watch.closed(),
    });
    if (!opened.ok) {
      await receiver.close();
      return failed(opened.problem);
    }
    context.recorder.record({ type: 'browser-opened', step, mode: context.browser, url: request.url });
    return done({ receiver, request });
  });
}

/** The value the person gave a parameter; it replaces ours, and is what the answer is held against. */
function overridden(context: FlowContext, wanted: string): string | undefined {
  return context.environment.authorizationParameters.findLast(({ name }) => name === wanted)?.value;
}

/** Builds the authorization request. Extra parameters replace ours of the same name: people send wrong values on purpose. */
export async function authorizationRequest(context: FlowContext, endpoint: string, redirectUri: string, state: string): Promise<Request> {
  const { environment, client } = context;
  const parameters = new Map<string, string>([
    ['response_type', 'code'],
    ['client_id', client.clientId],
    ['redirect_uri', redirectUri],
    ...(environment.scope.trim() === '' ? [] : [['scope', environment.scope.trim()] as const]),
    ['state', state],
  ]);
  if (environment.scope.split(' ').includes('openid')) parameters.set('nonce', generateRandomNonce());
  const codeVerifier = environment.pkce === 'off' ? undefined : generateRandomCodeVerifier();
  if (codeVerifier !== undefined) {
    parameters.set('code_challenge', environment.pkce === 'S256' ? await calculatePKCECodeChallenge(codeVerifier) : codeVerifier);
    parameters.set('code_challenge_method', environment.pkce);
  }
  for (const { name, value } of environment.authorizationParameters) parameters.set(name, value);
  const url = new URL(endpoint);
  for (const [name, value] of parameters) url.searchParams.append(name, value);
  // As sent: the token request has to repeat the redirect URI of this one, deliberately wrong or not.
  const sentRedirectUri = parameters.get('redirect_uri') ?? redirectUri;
  const [nonce, codeChallenge] = [parameters.get('nonce'), parameters.get('code_challenge')];
  return {
    url: url.href,
    redirectUri: sentRedirectUri,
    parameters: [...parameters].map(([name, value]) => ({ name, value })),
    state,
    ...(nonce !== undefined && { nonce }),
    ...(codeVerifier !== undefined && { codeVerifier, codeChallengeMethod: environment.pkce as 'S256' | 'plain' }),
    ...(codeChallenge !== undefined && { codeChallenge }),
  };
}
