import type { Case } from './case/case.ts';
import { sent } from './case/token-request.ts';
import type { CauseFamily, CauseId } from './cause-ids.ts';
import { errorKey, isStandardError } from './message/error-codes.ts';

type Fits = Partial<Record<CauseFamily, number>> & { other: number };

/**
 * How well an `error` value fits a part of the protocol (RFC 6749 §5.2). A fault found in the request counts less where the server
 * complained about something else: a wrong redirect URI beside `invalid_client` is the next failure, not this one.
 */
const fits: Readonly<Record<string, Fits>> = {
  invalid_client: { client: 1, proof: 1, 'grant-type': 0.3, format: 0.75, endpoint: 0.7, environment: 0.8, server: 0.5, other: 0.3 },
  invalid_grant: { client: 0.3, format: 0.4, endpoint: 0.4, scope: 0.3, 'grant-type': 0.3, other: 1 },
  unauthorized_client: { client: 1, 'grant-type': 1, redirect: 0.6, code: 0.6, pkce: 0.5, other: 0.5 },
  unsupported_grant_type: { 'grant-type': 1, format: 1, endpoint: 0.8, other: 0.25 },
  invalid_scope: { scope: 1, user: 0.8, other: 0.25 },
  invalid_target: { scope: 1, other: 0.3 },
  access_denied: { user: 1, other: 0.9 },
  invalid_dpop_proof: { proof: 1, other: 0.2 },
  use_dpop_nonce: { proof: 1, other: 0.1 },
  server_error: { server: 1, proof: 0.95, other: 0.6 },
  temporarily_unavailable: { server: 1, other: 0.3 },
};

/** Words of the answer that lift the limit for a family: the server named it, whatever its error code. */
const named: Partial<Record<CauseFamily, RegExp>> = {
  redirect: /redirect|callback|reply url/i, pkce: /verifier|challenge|pkce/i, code: /\bcode\b/i, scope: /scope/i,
  client: /client|secret|credential/i, refresh: /refresh/i, format: /content.?type|json|encod|pars|method|param/i, 'grant-type': /grant.?type/i,
};

/** A factor from 0 to 1 for the observed faults of a family. */
export function fitOf(c: Case, family: CauseFamily, id: CauseId): number {
  const status = c.request?.status ?? 0;
  if (status === 429 && family !== 'server') return 0.3;
  const key = errorKey(c.error.error);
  const special = exception(c, key, family, id);
  if (special !== null) return special;
  const row = Object.hasOwn(fits, key) ? fits[key] : undefined;
  if (row === undefined) return status >= 500 && family !== 'server' && (c.error.error === null || !isStandardError(c.error.error)) ? 0.6 : 1;
  const factor = row[family] ?? row.other;
  return factor < 1 && named[family]?.test(c.error.description ?? '') === true ? Math.max(factor, 0.9) : factor;
}

/** Where the request shows that an error cannot be about what it names. */
function exception(c: Case, key: string, family: CauseFamily, id: CauseId): number | null {
  // invalid_grant for a grant type that hands over no grant is about the grant type.
  if (key === 'invalid_grant' && family === 'grant-type' && c.kind === 'other') return 1;
  if (key === 'invalid_client') {
    // The verifier is all the authentication a public client has, and some servers check it as such.
    if (family === 'pkce' && c.request?.credentials.methods[0] === 'none' && sent(c.request, 'code_verifier') !== undefined) return 0.9;
    // A grant of another client is now and then put down to the client.
    if (id === 'refresh_wrong_client' || id === 'code_wrong_client') return 0.6;
  }
  // A refresh that asks for no scope cannot ask for too much of it.
  if (key === 'invalid_scope' && family === 'refresh' && c.request !== null && sent(c.request, 'scope') === undefined) return 1;
  return null;
}
