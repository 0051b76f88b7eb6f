import type { Exchange } from '../contract/index.ts';
import { decodeBody } from './decode.ts';
import { WireFailure } from './failures.ts';
import { framedBody } from './framing.ts';
import type { AnswerHead } from './head.ts';
import { headOfAnswer, listOf } from './head.ts';
import type { WireLimits } from './limits.ts';
import { KEPT_OF_TOO_LARGE } from './limits.ts';

type Answer = Exchange['response'];

/**
 * Reads the answer out of the bytes that came, complete or not.
 *
 * @param received bytes taken off the socket
 * @param failure what ended the exchange early; a failure of decoding is only found here
 * @returns the answer, `null` where not one byte came, and the failure that stands
 */
export async function readAnswer(
  received: Buffer, method: string, failure: WireFailure | null, limits: WireLimits,
): Promise<{ response: Answer; failure: WireFailure | null }> {
  if (received.length === 0) return { response: null, failure };
  const tooLarge = failure?.code === 'response-too-large';
  const raw = tooLarge ? received.subarray(0, KEPT_OF_TOO_LARGE) : received;
  const text = raw.toString('latin1');
  const head = headOfAnswer(text);
  const codings = [...listOf(head.headers, 'content-encoding'), ...listOf(head.headers, 'transfer-encoding').filter((coding) => coding !== 'chunked')];
  const decoded = await decodeBody(framedBody(raw, head, method), head.status === 0 ? [] : codings, limits.decodedBytes);
  const body = tooLarge || decoded.cut ? decoded.body.subarray(0, KEPT_OF_TOO_LARGE) : decoded.body;
  const cut = tooLarge ? { kept: raw.length, limit: limits.wireBytes, counted: 'wire' as const }
    : decoded.cut ? { kept: body.length, limit: limits.decodedBytes, counted: 'decoded' as const } : null;
  return {
    response: { status: head.status, reason: head.reason, raw: text, headLength: head.length, body: body.toString('latin1'), ...(cut && { cut }) },
    failure: failure === null ? decodeFailure(decoded, limits) : moreExact(failure, head),
  };
}

/** undici joins the digits of repeated Content-Length lines and then misses the rest of the body; the reason is in the head. */
function moreExact(failure: WireFailure, head: AnswerHead): WireFailure {
  const contradicts = failure.code === 'connection-closed' && listOf(head.headers, 'content-length').length > 1;
  return contradicts ? new WireFailure('malformed-response', 'It names its length more than once (RFC 9112 §6.3).') : failure;
}

function decodeFailure(decoded: { cut: boolean; error: string | null }, limits: WireLimits): WireFailure | null {
  if (decoded.cut) return new WireFailure('response-too-large', `More than ${limits.decodedBytes} bytes came out of decoding its body.`);
  return decoded.error === null ? null : new WireFailure('content-decoding-failed', decoded.error);
}
