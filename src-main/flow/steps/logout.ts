import { randomBytes } from 'node:crypto';
import type { Problem } from '../../contract/index.ts';
import type { Receiver } from '../../receiver/index.ts';
import { openReceiver } from '../../receiver/index.ts';
import { BrowserWatch } from '../browser-watch.ts';
import type { FlowContext } from '../context.ts';
import { endpointOf } from '../context.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';

/**
 * RP-initiated logout through the browser, with the last ID token as the hint. With `comeBack` the provider is asked to redirect to our
 * listener, at the redirect URI (it has to be registered for that too), and the step ends with that redirect; without, when the browser is open.
 *
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html
 */
export function logoutStep(context: FlowContext, comeBack: boolean): Promise<StepResult<null>> {
  const limit = comeBack ? context.environment.limits.browser : context.environment.limits.request;
  return runStep(context.recorder, context.cancel, { kind: 'logout', limit }, async (scope) => {
    const endpoint = endpointOf(context, 'end_session_endpoint');
    if (!endpoint.ok) return failed(endpoint.problem);
    const state = randomBytes(16).toString('base64url');
    const watch = new BrowserWatch();
    const receiver = comeBack ? await listen(context, scope, state) : null;
    if (receiver?.ok === false) return failed(receiver.problem);
    try {
      const url = logoutUrl(context, endpoint.value, state, receiver?.value.redirectUri);
      const opened = await open(context, scope, watch, url, receiver?.value.redirectUri ?? '');
      if (!opened.ok) return failed(opened.problem);
      context.recorder.record({ type: 'browser-opened', step: scope.step, mode: context.browser, url });
      return receiver ? await back(receiver.value, watch, scope.signal) : done(null);
    } finally {
      // Without a way back nobody knows when the page is done with: a window of ours stays until the person closes it.
      if (receiver) {
        watch.end();
        await receiver.value.close();
      }
    }
  });
}

function logoutUrl(context: FlowContext, endpoint: string, state: string, redirectUri: string | undefined): string {
  const url = new URL(endpoint);
  const idToken = context.recorder.state.tokens.findLast(({ record }) => record.kind === 'id_token')?.record.value;
  if (idToken !== undefined) url.searchParams.append('id_token_hint', idToken);
  url.searchParams.append('client_id', context.client.clientId);
  if (redirectUri !== undefined) {
    url.searchParams.append('post_logout_redirect_uri', redirectUri);
    url.searchParams.append('state', state);
  }
  return url.href;
}

function listen(context: FlowContext, { step }: StepScope, state: string) {
  return openReceiver({
    redirect: { ...context.environment.redirect, scheme: 'http' },
    expected: { state, issuerRequired: false, formPost: false, logout: true },
    onCallback: (callback) => { context.recorder.record({ type: 'callback-received', step, ...callback }); },
  });
}

function open({ ports, browser, recorder }: FlowContext, { step }: StepScope, watch: BrowserWatch, url: string, redirectUri: string) {
  return ports.openBrowser({
    mode: browser, url, redirectUri, runId: recorder.state.id, signal: watch.signal,
    onHop: (hop) => {
      if (redirectUri !== '' && new URL(hop.url).origin === new URL(redirectUri).origin) return;
      recorder.record({ type: 'front-channel-hop', step, ...hop });
    },
    onClosed: () => watch.closed(),
  });
}

async function back(receiver: Receiver, watch: BrowserWatch, signal: AbortSignal): Promise<StepResult<null>> {
  const stopped = Promise.withResolvers<'stopped'>();
  signal.addEventListener('abort', () => stopped.resolve('stopped'), { once: true });
  if (signal.aborted) stopped.resolve('stopped');
  const answer = await Promise.race([receiver.answer, stopped.promise, watch.whenClosed.then(() => 'closed' as const)]);
  if (answer === 'stopped') return failed(noReturn);
  return answer === 'closed' ? failed(closed) : done(null);
}

const noReturn: Problem = {
  code: 'no-logout-return', message: 'The provider did not redirect back after the logout.',
  why: 'The session may be over all the same: some providers show a page of their own, or refuse a post_logout_redirect_uri that is not registered.',
  next: 'Register the redirect URI as a post-logout redirect URI too, or log out without coming back.',
};
const closed: Problem = { code: 'browser-closed', message: 'The browser window was closed before the provider redirected back.', next: 'Log out again if the session is still there.' };
