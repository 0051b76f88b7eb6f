import { randomUUID } from 'node:crypto';
import { genericTokenEndpointRequest } from 'oauth4webapi';
import type { Exchange, OAuthError, Problem, TokenKind, TokenRecord } from '../contract/index.ts';
import { headerOf, messageParts, readOAuthError, readTokenResponse } from '../contract/index.ts';
import { clientAuthentication } from './client-auth.ts';
import type { FlowContext } from './context.ts';
import { clientOf, endpointOf, serverOf } from './context.ts';
import { authenticatedWithExtras } from './extra-parameters.ts';
import { resourceParameters } from './parameters.ts';
import { request } from './request.ts';
import type { StepResult, StepScope } from './steps.ts';
import { done, failed, refused } from './steps.ts';

export interface TokenRequest {
  grantType: string;
  parameters: [string, string][];
  /** Sent instead of the stored secret: a wrong one on purpose. */
  secret?: string;
  /** The refresh token that is spent, where it is one. */
  parentToken?: string;
  generation: number;
  /** Errors that mean "not yet" (RFC 8628 §3.5) and refuse nothing. */
  pending?: readonly string[];
}

export interface ReceivedTokens { exchange: Exchange; tokens: TokenRecord[] }

/**
 * Sends one token request and records what became of it: tokens, a refusal, or no usable answer.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5
 */
export async function requestTokens(context: FlowContext, scope: StepScope, wanted: TokenRequest): Promise<StepResult<ReceivedTokens>> {
  const endpoint = endpointOf(context, 'token_endpoint');
  if (!endpoint.ok) return failed(endpoint.problem);
  const authentication = await clientAuthentication(context, wanted.secret === undefined ? {} : { secret: wanted.secret });
  if (!authentication.ok) return failed(authentication.problem);
  const parameters = [...wanted.parameters, ...resourceParameters(context.environment)];
  const exchange = await request(context, scope, 'token', (options) => genericTokenEndpointRequest(
    serverOf(context), clientOf(context), authenticatedWithExtras(authentication.value, context.environment.tokenParameters),
    wanted.grantType, parameters, options,
  ));
  return readAnswer(context, scope, wanted, exchange);
}

/** Records what became of a token request: tokens, a refusal, or no usable answer. */
export function readAnswer(context: FlowContext, scope: Pick<StepScope, 'step'>, wanted: Pick<TokenRequest, 'parentToken' | 'generation' | 'pending'>, exchange: Exchange): StepResult<ReceivedTokens> {
  const { response } = exchange;
  if (response === null || exchange.failure) return failed(exchange.failure ?? noAnswer);
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  const error = readOAuthError({ status: response.status, headers, body: response.body });
  if (error?.error && wanted.pending?.includes(error.error)) return refused({ code: error.error, message: 'Not confirmed yet.' });
  if (error) {
    context.recorder.record({
      type: 'grant-refused', step: scope.step, exchangeId: exchange.id, error,
      ...(wanted.parentToken !== undefined && { tokenId: wanted.parentToken }),
    });
    return refused(refusalProblem(error));
  }
  const read = readTokenResponse(response.body, headerOf(headers, 'content-type'));
  if (!read.ok) return failed(read.problem);
  const tokens = tokensIn(read.value.members);
  if (tokens.length === 0) {
    return failed({
      code: 'no-token', message: 'The answer is well formed but holds no token.',
      why: `Status ${response.status}, members: ${Object.keys(read.value.members).join(', ') || 'none'}.`,
      next: 'Look at the response; the token endpoint may be another URL.',
    });
  }
  context.recorder.record({
    type: 'tokens-received', step: scope.step, exchangeId: exchange.id, generation: wanted.generation, tokens,
    ...(wanted.parentToken !== undefined && { parentToken: wanted.parentToken }),
  });
  return done({ exchange, tokens });
}

const lifetimeMembers: Record<TokenKind, readonly string[]> = {
  access_token: ['expires_in', 'expires'],
  refresh_token: ['refresh_expires_in', 'refresh_token_expires_in', 'x_refresh_token_expires_in', 'refresh_token_expires'],
  id_token: ['id_token_expires_in'],
};

function tokensIn(members: Record<string, unknown>): TokenRecord[] {
  const tokens: TokenRecord[] = [];
  for (const kind of ['access_token', 'refresh_token', 'id_token'] as const) {
    const value = members[kind];
    if (typeof value !== 'string' || value === '') continue;
    const lifetime = lifetimeMembers[kind].find((name) => Object.hasOwn(members, name));
    const { scope, token_type: tokenType } = members;
    tokens.push({
      id: randomUUID(), kind, value,
      ...(lifetime !== undefined && { expiresIn: members[lifetime] }),
      ...(kind === 'access_token' && typeof scope === 'string' && { scope }),
      ...(kind === 'access_token' && typeof tokenType === 'string' && { tokenType }),
    });
  }
  return tokens;
}

/** One sentence for a refusal: the server's own words first. */
export function refusalProblem(error: OAuthError): Problem {
  return {
    code: error.error ?? `http-${error.status}`,
    message: error.description ? `${error.error ?? `HTTP ${error.status}`}: ${error.description}` : (error.error ?? `The server answered ${error.status} without an OAuth error.`),
    next: 'The exact request and answer are kept; copy it as curl to repeat it outside.',
  };
}

const noAnswer: Problem = { code: 'no-answer', message: 'The server closed the connection without an answer.' };
