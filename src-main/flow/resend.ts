import type { Exchange, Problem, Result, RunState } from '../contract/index.ts';
import { fail, messageParts, ok, sentRefreshToken } from '../contract/index.ts';
import { send } from '../wire/index.ts';
import type { FlowContext } from './context.ts';
import { recordExchange } from './context.ts';
import { errorOf } from './steps/token-endpoints.ts';
import type { StepResult } from './steps.ts';
import { done, failed, refused, runStep } from './steps.ts';
import { readAnswer, refusalProblem } from './tokens.ts';
import { isHome, keepHome } from './home.ts';
import { limitsOf, trustOf } from './trust.ts';

/**
 * Sends a recorded request again: the same method, URL, headers and body, byte for byte, on a connection of its own. What comes back is
 * recorded as a step of kind `resend`; tokens in it are kept. Explained only when asked for: the failure of the Run stays the one it was.
 *
 * @param exchangeId a recorded exchange that {@link cannotResend} has nothing against
 */
export function resendStep(context: FlowContext, exchangeId: string): Promise<StepResult<Exchange>> {
  const { state } = context.recorder;
  const limit = context.environment.limits.request;
  return runStep(context.recorder, context.cancel, { kind: 'resend', limit, resentFrom: exchangeId }, async ({ step, signal }) => {
    const readable = requestOf(state, exchangeId);
    if (!readable.ok) return failed(readable.problem);
    const { original, headers, body } = readable.value;
    // What the environment's hosts are may have changed since, and a document that named this one was no reason then either.
    await keepHome(context, original.purpose, original.url);
    const exchange = await send({
      purpose: original.purpose, method: original.method, url: original.url, headers, signal, trust: await trustOf(context, original.url), limits: limitsOf(context.environment),
      ...(body.length > 0 && { body }),
    });
    recordExchange(context, step, exchange);
    if (exchange.response === null || exchange.failure) return failed(exchange.failure ?? { code: 'no-answer', message: 'No answer came.' });
    if (original.purpose === 'token') {
      const answer = readAnswer(context, { step }, tokenOf(state, original), exchange);
      return answer.outcome === 'ok' ? done(exchange) : answer;
    }
    const error = errorOf(exchange);
    return error === null ? done(exchange) : refused(refusalProblem(error));
  });
}

/** Why a recorded request cannot be sent again; `null` where it can. Said before anything is sent. */
export function cannotResend(state: RunState, exchangeId: string): Problem | null {
  const readable = requestOf(state, exchangeId);
  return readable.ok ? null : readable.problem;
}

interface Readable { original: Exchange; headers: [string, string][]; body: Uint8Array }

/** Written by the connection itself, the same way each time. */
const ownHeaders = new Set(['host', 'connection', 'content-length']);

function requestOf(state: RunState, exchangeId: string): Result<Readable> {
  const original = state.exchanges.get(exchangeId)?.exchange;
  if (original === undefined) return fail({ code: 'unknown-exchange', message: 'This run has no such request.' });
  if (state.started?.origin !== 'live') return fail(incomplete('It was imported, not sent by Grantscope.'));
  if (!isHome(state, original.url)) return fail(foreignHost(original.url));
  // Above U+00FF nothing is a byte: there stands a marker or a replacement for a value that was taken out.
  if (/[^\u0000-\u00ff]/.test(original.request)) return fail(incomplete('A value in it was taken out.'));
  const parts = messageParts(original.request);
  const target = new URL(original.url);
  if (parts.startLine !== `${original.method} ${target.pathname}${target.search} HTTP/1.1`) return fail(incomplete('Its request line was not recorded.'));
  const length = parts.headers.find(({ name }) => name.toLowerCase() === 'content-length')?.value;
  const body = Uint8Array.from(Buffer.from(parts.body, 'latin1'));
  if (body.length !== Number(length ?? 0)) return fail(incomplete('Not all of its body was sent.'));
  const headers = parts.headers.filter(({ name }) => !ownHeaders.has(name.toLowerCase())).map(({ name, value }): [string, string] => [name, value]);
  return ok({ original, headers, body });
}

/** The refresh token the answer belongs to, where the request spent one. */
function tokenOf(state: RunState, exchange: Exchange): { parentToken?: string; generation: number } {
  const sent = sentRefreshToken(exchange);
  const token = sent === undefined ? undefined : state.tokens.find(({ record }) => record.value === sent);
  return token === undefined ? { generation: 0 } : { parentToken: token.record.id, generation: token.generation + 1 };
}

function foreignHost(url: string): Problem {
  return {
    code: 'foreign-host', message: `The request went to ${URL.canParse(url) ? new URL(url).host : 'an unreadable address'}, which is no host of this environment.`,
    why: 'Its secrets belong to the environment and the hosts of its issuer.', next: 'Copy it as curl to send it from outside.',
  };
}

function incomplete(why: string): Problem {
  return { code: 'request-incomplete', message: 'This request cannot be sent again as it was.', why, next: 'Send a new one in its place.' };
}
