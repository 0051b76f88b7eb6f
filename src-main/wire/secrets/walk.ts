import type { Exchange, RunEvent, SecretKind } from '../../contract/index.ts';
import { headerOf, messageParts, secretKindOf } from '../../contract/index.ts';
import type { Piece } from './message.ts';
import { bodyPiece, messagePieces } from './message.ts';

/** What is done with each string of an event; the answer stands in the copy. */
export interface Visitor {
  piece(piece: Piece): string;
  /** A string that is a secret by its place, whole. */
  secret(kind: SecretKind, value: string): string;
}

/** Identifiers and words of closed sets. Masking them could break the links between events and would hide nothing. */
const structural: ReadonlySet<string> = new Set([
  'type', 'boot', 'step', 'kind', 'id', 'runId', 'exchangeId', 'tokenId', 'parentToken', 'outcome', 'provocation', 'verdict', 'mode', 'origin',
  'browser', 'source', 'purpose', 'foundIn', 'codeChallengeMethod', 'section', 'check', 'authMethod', 'counted', 'pkce', 'probe', 'about', 'resentFrom', 'before', 'supports', 'excludes',
]);
const urls: ReadonlySet<string> = new Set(['url', 'location']);
/** Free-form members: whatever stands there came from outside, names included. */
const free: ReadonlySet<string> = new Set(['metadata', 'expiresIn', 'versions', 'client']);
const MAX_DEPTH = 100;

/** A deep copy of an event in which the visitor has replaced every string that is not structure. */
export function walkEvent(event: RunEvent, visitor: Visitor): RunEvent {
  return walkObject(event as unknown as Record<string, unknown>, visitor, false, 0) as unknown as RunEvent;
}

function walk(key: string, value: unknown, visitor: Visitor, outside: boolean, depth: number): unknown {
  if (typeof value === 'string') return walkString(key, value, visitor, outside);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[nested too deeply]';
  if (Array.isArray(value)) return value.map((item) => walk(key, item, visitor, outside, depth + 1));
  if (key === 'exchange' && !outside) return walkExchange(value as Exchange, visitor, depth);
  return walkObject(value as Record<string, unknown>, visitor, outside || free.has(key), depth + 1);
}

function walkObject(object: Record<string, unknown>, visitor: Visitor, outside: boolean, depth: number): Record<string, unknown> {
  const named = !outside && typeof object['name'] === 'string' && typeof object['value'] === 'string' ? secretKindOf(object['name']) : undefined;
  const token = !outside && typeof object['value'] === 'string' && isTokenKind(object['kind']) ? object['kind'] : undefined;
  const kind = named ?? token;
  // fromEntries defines members, so that one named __proto__ stays a member.
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [
    outside ? visitor.piece(text(key)) : key,
    key === 'value' && kind !== undefined && value !== '' ? visitor.secret(kind, value as string) : walk(key, value, visitor, outside, depth),
  ]));
}

function walkString(key: string, value: string, visitor: Visitor, outside: boolean): string {
  if (value === '') return value;
  if (outside) {
    const kind = secretKindOf(key);
    return kind === undefined ? visitor.piece(text(value)) : visitor.secret(kind, value);
  }
  if (structural.has(key)) return value;
  if (key === 'codeVerifier') return visitor.secret('code_verifier', value);
  if (key === 'request') return walkMessage(value, visitor);
  return visitor.piece(urls.has(key) ? { text: value, place: { bytes: false, role: 'url', request: true } } : text(value));
}

const text = (value: string): Piece => ({ text: value, place: { bytes: false, role: 'text', request: false } });
const isTokenKind = (kind: unknown): kind is SecretKind => kind === 'access_token' || kind === 'refresh_token' || kind === 'id_token';

function walkMessage(bytes: string, visitor: Visitor): string {
  const { head, body, note } = messagePieces(bytes, true);
  return visitor.piece(head) + (note ?? visitor.piece(body));
}

function walkExchange(exchange: Exchange, visitor: Visitor, depth: number): Record<string, unknown> {
  const { response, ...rest } = exchange;
  const copy = walkObject(rest, visitor, false, depth + 1);
  if (response === null) return { ...copy, response: null };
  const { head, body, note } = messagePieces(response.raw, false, response.headLength);
  const type = headerOf(messageParts(head.text).headers, 'content-type');
  const maskedHead = visitor.piece(head);
  return {
    ...copy,
    response: {
      ...response,
      reason: visitor.piece(text(response.reason)),
      raw: maskedHead + (note ?? visitor.piece(body)),
      headLength: maskedHead.length,
      body: visitor.piece(bodyPiece(response.body, type, false)),
    },
  };
}
