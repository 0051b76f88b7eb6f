import { deviceAuthorizationRequest } from 'oauth4webapi';
import type { Problem, RunEventOf } from '../../contract/index.ts';
import { headerOf, messageParts, readTokenResponse } from '../../contract/index.ts';
import { clientAuthentication } from '../client-auth.ts';
import type { FlowContext } from '../context.ts';
import { clientOf, endpointOf, serverOf } from '../context.ts';
import { resourceParameters } from '../parameters.ts';
import { request } from '../request.ts';
import type { StepResult } from '../steps.ts';
import { done, failed, refused, runStep } from '../steps.ts';
import { refusalProblem } from '../tokens.ts';
import { errorOf } from './token-endpoints.ts';

export type DeviceCode = Omit<RunEventOf<'device-code-received'>, 'type' | 'step' | 'seq' | 'at' | 'mono' | 'boot'> & { deviceCode: string };

/**
 * Asks for a device code and what the person has to type.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.1
 */
export function deviceStep(context: FlowContext): Promise<StepResult<DeviceCode>> {
  return runStep(context.recorder, context.cancel, { kind: 'device', limit: context.environment.limits.request }, async (scope) => {
    const endpoint = endpointOf(context, 'device_authorization_endpoint');
    if (!endpoint.ok) return failed(endpoint.problem);
    const authentication = await clientAuthentication(context);
    if (!authentication.ok) return failed(authentication.problem);
    const { environment } = context;
    const parameters = new URLSearchParams([...(environment.scope === '' ? [] : [['scope', environment.scope]]), ...resourceParameters(environment), ...environment.authorizationParameters.map(({ name, value }) => [name, value])] as [string, string][]);
    const exchange = await request(context, scope, 'device', (options) => deviceAuthorizationRequest(serverOf(context), clientOf(context), authentication.value, parameters, options));
    if (exchange.response === null || exchange.failure) return failed(exchange.failure ?? { code: 'no-answer', message: 'No answer came.' });
    const error = errorOf(exchange);
    if (error) return refused(refusalProblem(error));
    const { headers } = messageParts(exchange.response.raw.slice(0, exchange.response.headLength));
    const read = readTokenResponse(exchange.response.body, headerOf(headers, 'content-type'));
    if (!read.ok) return failed(read.problem);
    const { device_code: deviceCode, user_code: userCode, verification_uri: uri, verification_url: older, verification_uri_complete: complete, expires_in: expiresIn, interval } = read.value.members;
    const verificationUri = uri ?? older;
    if (typeof deviceCode !== 'string' || typeof userCode !== 'string' || typeof verificationUri !== 'string') return failed(incomplete);
    const received = {
      exchangeId: exchange.id, userCode, verificationUri,
      ...(typeof complete === 'string' && { verificationUriComplete: complete }),
      ...(typeof expiresIn === 'number' && { expiresIn }),
      interval: typeof interval === 'number' && interval > 0 && interval < 600 ? interval : 5,
    };
    context.recorder.record({ type: 'device-code-received', step: scope.step, ...received });
    return done({ ...received, deviceCode });
  });
}

const incomplete: Problem = {
  code: 'device-answer-incomplete', message: 'The answer has no device_code, user_code or verification_uri.', why: 'RFC 8628 §3.2 requires all three.',
  next: 'Look at the response; the endpoint may be another one.',
};
