import { decodeJwt, formParameters, utf8Of } from '../contract/index.ts';
import { FRAGMENT_FIELD, HANDOFF_FIELD } from './handoff.ts';
import type { Handoffs } from './handoff.ts';
import type { CallbackParameter, CallbackRequest, Expected, Judgement, Place } from './judge.ts';
import { judgeParameters, judgeRequest, parametersOf } from './judge.ts';

export type Carrier = 'query' | 'form_post' | 'fragment';

/** One request with its answer taken out of wherever it stood, not judged yet. */
export interface ReadAnswer {
  carrier: Carrier;
  /** All parameters in order, for the record; those of a JARM answer behind the `response` they were taken from. */
  shown: CallbackParameter[];
  /** What is judged; null where it could not be read. */
  judged: CallbackParameter[] | null;
  /** The JARM answer as signed, once decrypted. */
  jarm?: string;
  /** Why the request cannot be the answer, whatever its parameters say. */
  refused?: Judgement;
}

/** Turns an encrypted JWT into the signed one within; null where no key of ours opens it. Never rejects. */
export type Decrypt = (jwe: string) => Promise<string | null>;

/** Whether a POST can bring the answer of this flow. */
export const takesPosts = (expected: Expected): boolean => expected.formPost || expected.fragment === true;

/**
 * Reads the answer where the response mode puts it: query, form body, a fragment handed over by our own page, and in each of them
 * either plain parameters or one signed (and perhaps encrypted) JWT.
 *
 * @see https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
 * @see https://openid.net/specs/oauth-v2-jarm.html#section-2.3
 */
export async function readAnswer(facts: CallbackRequest, place: Place, expected: Expected, handoffs: Handoffs, decrypt: Decrypt): Promise<ReadAnswer> {
  const plain = carried(facts, place, expected, handoffs);
  const response = plain.judged?.filter(({ name }) => name === 'response') ?? [];
  const given = response[0]?.value ?? '';
  if (plain.refused || response.length !== 1 || given === '' || plain.judged?.some(({ name }) => name === 'code' || name === 'error')) return plain;
  const jws = decodeJwt(given).kind === 'jwe' ? await decrypt(given) : given;
  const { claims, duplicates } = decodeJwt(jws ?? '');
  if (jws === null || !claims) return { ...plain, refused: { verdict: 'malformed', expected: 'a JWT that can be read', found: jws === null ? 'an encrypted JWT that no key of this client opens' : 'response' } };
  if (duplicates[0] !== undefined) return { ...plain, refused: { verdict: 'duplicate-parameter', found: duplicates[0] } };
  const parameters = Object.entries(claims).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value), rawValue: '' }));
  return { carrier: plain.carrier, shown: [...plain.shown, ...parameters], judged: parameters, jarm: jws };
}

function carried(facts: CallbackRequest, place: Place, expected: Expected, handoffs: Handoffs): ReadAnswer {
  const judged = parametersOf(facts);
  if (facts.method !== 'POST') return { carrier: 'query', shown: judged ?? [], judged };
  const own = facts.body === null ? [] : formParameters(utf8Of(facts.body));
  const token = own.find(({ name }) => name === HANDOFF_FIELD)?.value;
  if (expected.fragment === true && token !== undefined && judgeRequest(facts, place, true) === null) {
    const refused = judgeHandoff(facts, place) ?? (handoffs.spend(token) ? null : { verdict: 'cross-origin' as const, expected: 'the one-time value of the hand-over page', found: 'another value, or one that was used' });
    const fragment = formParameters(own.find(({ name }) => name === FRAGMENT_FIELD)?.value ?? '');
    return { carrier: 'fragment', shown: fragment, judged: fragment, ...(refused && { refused }) };
  }
  if (!expected.formPost) return { carrier: 'form_post', shown: judged ?? [], judged, refused: { verdict: 'method', expected: 'GET', found: 'POST' } };
  return { carrier: 'form_post', shown: judged ?? [], judged };
}

/** The hand-over is a post of our own page to itself; a browser says so in its headers. */
function judgeHandoff({ origin, fetchSite }: CallbackRequest, place: Place): Judgement | null {
  const own = place.origin ?? `http://${place.host}`;
  if (origin !== null && origin.toLowerCase() !== own) return { verdict: 'cross-origin', expected: own, found: origin };
  return fetchSite === null || fetchSite === 'same-origin' ? null : { verdict: 'cross-origin', expected: 'same-origin', found: fetchSite };
}

/** Judges what was read. In a JARM answer `iss` is a claim with a verdict of its own, made when the signature is checked. */
export function judgeAnswer(answer: ReadAnswer, expected: Expected): Judgement {
  if (answer.refused) return answer.refused;
  const { issuer: _claim, ...rest } = expected;
  return judgeParameters(answer.judged, answer.jarm === undefined ? expected : rest);
}
