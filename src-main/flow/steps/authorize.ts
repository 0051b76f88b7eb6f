import { generateRandomState } from 'oauth4webapi';
import type { Provocation, RunEventOf } from '../../contract/index.ts';
import type { Receiver } from '../../receiver/index.ts';
import { BrowserWatch } from '../browser-watch.ts';
import type { FlowContext } from '../context.ts';
import { endpointOf } from '../context.ts';
import { dpopParameters } from '../dpop.ts';
import type { Pairs } from '../extra-parameters.ts';
import { listenFor } from '../listen.ts';
import { isPushed, pushRequest } from '../par.ts';
import { authorizationParameters, sent, typed } from '../parameters.ts';
import { signedRequest } from '../request-object.ts';
import type { StepResult, StepScope } from '../steps.ts';
import { done, failed, runStep } from '../steps.ts';
import { receiveStep } from './receive.ts';

/** An authorization code with all that its redemption needs. */
export interface AuthorizedCode {
  code: string;
  redirectUri: string;
  codeVerifier?: string;
  nonce?: string;
}

type Request = Omit<RunEventOf<'authorization-requested'>, 'type' | 'step' | 'seq' | 'at' | 'mono' | 'boot'>;

/** The request with its listener: made in the first step that needs it, *par* or *authorize*. */
interface Prepared { receiver: Receiver; endpoint: string; request: Omit<Request, 'url'>; carried: Pairs }

/**
 * Sends the person to the authorization endpoint and waits for the redirect: the steps *par* (where the request is pushed), *authorize* and
 * *receive*. The listener is bound before the browser opens, so a taken port is said before anybody signs in.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 * @see https://www.rfc-editor.org/rfc/rfc9126#section-4
 */
export async function authorize(context: FlowContext, provocation?: Provocation): Promise<StepResult<AuthorizedCode>> {
  const trip = new Trip(context, provocation);
  try {
    const pushed = isPushed(context) ? await trip.push() : done(null);
    // Without an endpoint to push to the request goes through the browser as it is; a refused one has nothing to go with.
    if (pushed.outcome !== 'ok' && pushed.problem.code !== 'endpoint-missing') return pushed;
    const opened = await trip.open();
    if (opened.outcome !== 'ok') return opened;
    const { receiver, request } = opened.value;
    const received = await receiveStep(context, receiver, trip.watch, { nonce: request.nonce, provocation });
    if (received.outcome !== 'ok') return received;
    return done({
      code: received.value,
      redirectUri: request.redirectUri,
      ...(request.codeVerifier !== undefined && { codeVerifier: request.codeVerifier }),
      ...(request.nonce !== undefined && { nonce: request.nonce }),
    });
  } finally {
    await trip.end();
  }
}

/** One way through the browser. */
class Trip {
  readonly watch = new BrowserWatch();
  readonly #context: FlowContext;
  readonly #provocation: Provocation | undefined;
  #prepared: Prepared | null = null;

  constructor(context: FlowContext, provocation: Provocation | undefined) {
    this.#context = context;
    this.#provocation = provocation;
  }

  push(): Promise<StepResult<null>> {
    return this.#step('par', async (scope) => {
      const prepared = await this.#prepare(scope);
      if (prepared.outcome !== 'ok') return prepared;
      const pushed = await pushRequest(this.#context, scope, prepared.value.carried);
      if (pushed.outcome !== 'ok') return pushed;
      const { request, carried } = prepared.value;
      this.#prepared = {
        ...prepared.value, request: { ...request, requestUri: pushed.value },
        carried: [['client_id', sent(carried, 'client_id') ?? ''], ['request_uri', pushed.value]],
      };
      return done(null);
    });
  }

  open(): Promise<StepResult<{ receiver: Receiver; request: Request }>> {
    return this.#step('authorize', async (scope) => {
      const prepared = await this.#prepare(scope);
      if (prepared.outcome !== 'ok') return prepared;
      const { receiver, endpoint, carried } = prepared.value;
      const url = new URL(endpoint);
      for (const [name, value] of carried) url.searchParams.append(name, value);
      const request: Request = { ...prepared.value.request, url: url.href };
      this.#context.recorder.record({ type: 'authorization-requested', step: scope.step, ...request });
      const opened = await this.#openBrowser(scope.step, request.url, receiver);
      if (!opened.ok) return failed(opened.problem);
      this.#context.recorder.record({ type: 'browser-opened', step: scope.step, mode: this.#context.browser, url: request.url });
      return done({ receiver, request });
    });
  }

  async end(): Promise<void> {
    this.watch.end();
    await this.#prepared?.receiver.close();
  }

  #step<T>(kind: 'par' | 'authorize', body: (scope: StepScope) => Promise<StepResult<T>>): Promise<StepResult<T>> {
    const { recorder, cancel } = this.#context;
    return runStep(recorder, cancel, { kind, limit: 30, provocation: this.#provocation }, body);
  }

  async #prepare({ step }: StepScope): Promise<StepResult<Prepared>> {
    if (this.#prepared) return done(this.#prepared);
    const { environment, recorder } = this.#context;
    const endpoint = endpointOf(this.#context, 'authorization_endpoint');
    if (!endpoint.ok) return failed(endpoint.problem);
    const proof = await dpopParameters(this.#context);
    if (!proof.ok) return failed(proof.problem);
    const state = typed(environment, 'state') ?? generateRandomState();
    const bound = await listenFor(this.#context, state, (callback) => recorder.record({ type: 'callback-received', step: this.watch.step ?? step, ...callback }));
    if (!bound.ok) return failed(bound.problem);
    const receiver = bound.value;
    recorder.record({ type: 'listening', step, redirectUri: receiver.redirectUri, address: receiver.address, port: receiver.port });
    const { parameters, codeVerifier } = await authorizationParameters(this.#context, receiver.redirectUri, state, proof.value);
    const signed = environment.request?.signed === true;
    const carried = signed ? await signedRequest(this.#context, parameters) : { ok: true as const, value: parameters };
    if (!carried.ok) {
      await receiver.close();
      return failed(carried.problem);
    }
    this.#prepared = { receiver, endpoint: endpoint.value, carried: carried.value, request: { ...requestOf(this.#context, parameters, codeVerifier, receiver.redirectUri), ...(signed && { signed }) } };
    return done(this.#prepared);
  }

  #openBrowser(step: string, url: string, receiver: Receiver) {
    const { ports, browser, recorder } = this.#context;
    return ports.openBrowser({
      mode: browser, url, redirectUri: receiver.redirectUri, runId: recorder.state.id, signal: this.watch.signal, keepLogin: this.#context.options?.keepLogin ? this.#context.environment.id : undefined,
      onHop: (hop) => {
        // Hops to our own listener are the callback, recorded there byte for byte.
        if (new URL(hop.url).origin === new URL(receiver.redirectUri).origin) return;
        recorder.record({ type: 'front-channel-hop', step: this.watch.step ?? step, ...hop });
      },
      onClosed: () => this.watch.closed(),
    });
  }
}

/** What is kept of the request. As sent: the token request has to repeat its redirect URI, deliberately wrong or not. */
function requestOf({ environment }: FlowContext, parameters: Pairs, codeVerifier: string | undefined, redirectUri: string): Omit<Request, 'url'> {
  const [state, nonce, codeChallenge] = [sent(parameters, 'state'), sent(parameters, 'nonce'), sent(parameters, 'code_challenge')];
  return {
    redirectUri: sent(parameters, 'redirect_uri') ?? redirectUri,
    parameters: parameters.map(([name, value]) => ({ name, value })),
    ...(state !== undefined && { state }),
    ...(nonce !== undefined && { nonce }),
    ...(codeVerifier !== undefined && { codeVerifier, codeChallengeMethod: environment.pkce === 'plain' ? 'plain' as const : 'S256' as const }),
    ...(codeChallenge !== undefined && { codeChallenge }),
  };
}
