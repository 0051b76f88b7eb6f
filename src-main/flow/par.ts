import { pushedAuthorizationRequest } from 'oauth4webapi';
import type { Exchange, Problem } from '../contract/index.ts';
import { headerOf, messageParts, readOAuthError, readTokenResponse } from '../contract/index.ts';
import { clientAuthentication } from './client-auth.ts';
import type { FlowContext } from './context.ts';
import { clientOf, endpointOf, serverOf } from './context.ts';
import type { Pairs } from './extra-parameters.ts';
import { authenticatedWithExtras } from './extra-parameters.ts';
import { request } from './request.ts';
import type { StepResult, StepScope } from './steps.ts';
import { done, failed, refused } from './steps.ts';
import { refusalProblem } from './tokens.ts';

/** Whether the request goes to the back channel first: because it was asked for, or because the server takes no other. */
export function isPushed({ environment, recorder }: FlowContext): boolean {
  return environment.request?.pushed ?? recorder.state.metadata?.metadata['require_pushed_authorization_requests'] === true;
}

/**
 * Pushes the authorization request and records its exchange.
 *
 * @returns the `request_uri` that the browser carries in place of the parameters
 * @see https://www.rfc-editor.org/rfc/rfc9126#section-2
 */
export async function pushRequest(context: FlowContext, scope: StepScope, parameters: Pairs): Promise<StepResult<string>> {
  const endpoint = endpointOf(context, 'pushed_authorization_request_endpoint');
  if (!endpoint.ok) return failed({ ...endpoint.problem, next: 'The request is sent through the browser as it is. Switch pushed requests off, or enter an endpoint.' });
  const { environment } = context;
  const method = await clientAuthentication(context);
  if (!method.ok) return failed(method.problem);
  const authentication = authenticatedWithExtras(method.value, environment.authorizationParameters
    .filter(({ name }) => parameters.some(([sent]) => sent === name)));
  const exchange = await request(context, scope, 'par', (options) => pushedAuthorizationRequest(
    serverOf(context), clientOf(context), authentication, new URLSearchParams(parameters), { ...options, headers: new Headers(options.headers) },
  ));
  return readAnswer(context, scope, exchange);
}

function readAnswer(context: FlowContext, { step }: StepScope, exchange: Exchange): StepResult<string> {
  const { response } = exchange;
  if (response === null || exchange.failure) return failed(exchange.failure ?? { code: 'no-answer', message: 'The server closed the connection without an answer.' });
  const { headers } = messageParts(response.raw.slice(0, response.headLength));
  const error = readOAuthError({ status: response.status, headers, body: response.body });
  if (error) {
    context.recorder.record({ type: 'grant-refused', step, exchangeId: exchange.id, error });
    return refused(refusalProblem(error));
  }
  const read = readTokenResponse(response.body, headerOf(headers, 'content-type'));
  const requestUri = read.ok ? read.value.members['request_uri'] : undefined;
  return typeof requestUri === 'string' && requestUri !== '' ? done(requestUri) : failed(noRequestUri(response.status));
}

function noRequestUri(status: number): Problem {
  return {
    code: 'no-request-uri', message: 'The answer names no request_uri.',
    why: `Status ${status}. A pushed request is answered with 201 and a request_uri (RFC 9126 §2.2).`,
    next: 'Look at the response; the endpoint may be another URL.',
  };
}
