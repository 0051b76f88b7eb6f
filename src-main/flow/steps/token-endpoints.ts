import { introspectionRequest, revocationRequest } from 'oauth4webapi';
import type { Exchange, OAuthError, Provocation, TokenState } from '../../contract/index.ts';
import { headerOf, messageParts, readOAuthError, readTokenResponse } from '../../contract/index.ts';
import { clientAuthentication } from '../client-auth.ts';
import type { FlowContext } from '../context.ts';
import { clientOf, endpointOf, serverOf } from '../context.ts';
import { request } from '../request.ts';
import { readSignedAnswer } from '../signed-answer.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, refused, runStep } from '../steps.ts';
import { refusalProblem } from '../tokens.ts';

/**
 * Revokes a token. Any 200 means the token is dead now or was never alive (the server does not say which).
 *
 * @see https://www.rfc-editor.org/rfc/rfc7009#section-2
 */
export function revokeStep(context: FlowContext, token: TokenState, provocation?: Provocation): Promise<StepResult<Exchange>> {
  return tokenStep(context, token, 'revoke', async (exchange, { step }) => {
    context.recorder.record({ type: 'token-revoked', step, exchangeId: exchange.id, tokenId: token.record.id });
  }, provocation);
}

/**
 * Asks the server whether a token is active.
 *
 * @param jwt asks for a signed answer (RFC 9701 §4)
 * @see https://www.rfc-editor.org/rfc/rfc7662#section-2
 */
export function introspectStep(context: FlowContext, token: TokenState, jwt = false): Promise<StepResult<Exchange>> {
  return tokenStep(context, token, 'introspect', async (exchange, scope) => {
    const signed = await readSignedAnswer(context, scope, exchange, 'introspection');
    const headers = messageParts(exchange.response?.raw ?? '').headers;
    const read = readTokenResponse(exchange.response?.body ?? '', headerOf(headers, 'content-type'));
    const said = isRecord(signed?.['token_introspection']) ? signed['token_introspection']['active'] : read.ok ? read.value.members['active'] : null;
    const active = typeof said === 'boolean' ? said : null;
    context.recorder.record({ type: 'token-introspected', step: scope.step, exchangeId: exchange.id, tokenId: token.record.id, active });
  }, undefined, jwt);
}

const endpoints = {
  revoke: { endpoint: 'revocation_endpoint', purpose: 'revocation', send: revocationRequest },
  introspect: { endpoint: 'introspection_endpoint', purpose: 'introspection', send: introspectionRequest },
} as const;

function tokenStep(
  context: FlowContext, token: TokenState, kind: keyof typeof endpoints, onAnswer: (exchange: Exchange, scope: StepScope) => Promise<void>, provocation?: Provocation, requestJwtResponse = false,
): Promise<StepResult<Exchange>> {
  const { endpoint: name, purpose, send } = endpoints[kind];
  return runStep(context.recorder, context.cancel, { kind, limit: context.environment.limits.request, provocation }, async (scope) => {
    const endpoint = endpointOf(context, name);
    if (!endpoint.ok) return failed(endpoint.problem);
    const authentication = await clientAuthentication(context);
    if (!authentication.ok) return failed(authentication.problem);
    const exchange = await request(context, scope, purpose, (options) => send(
      serverOf(context), clientOf(context), authentication.value, token.record.value,
      { ...options, ...(requestJwtResponse && { requestJwtResponse }), additionalParameters: { token_type_hint: token.record.kind } },
    ));
    if (exchange.response === null || exchange.failure) return failed(exchange.failure ?? { code: 'no-answer', message: 'No answer came.' });
    const error = errorOf(exchange);
    if (error) return refused(refusalProblem(error));
    await onAnswer(exchange, scope);
    return done(exchange);
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export function errorOf(exchange: Exchange): OAuthError | null {
  const { response } = exchange;
  if (response === null) return null;
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  return readOAuthError({ status: response.status, headers, body: response.body });
}
