import { errorKey } from '../message/error-codes.ts';
import type { Case } from './case.ts';
import { secretOf } from './credentials.ts';
import type { TokenRequest } from './token-request.ts';
import { clientIdOf } from './token-request.ts';

/** Other requests of the same client at the same token endpoint, oldest first. */
function sameClient(c: Case): TokenRequest[] {
  if (c.request === null) return [];
  if (c.memo.sameClient !== undefined) return c.memo.sameClient;
  const id = clientIdOf(c.request);
  const url = bare(c.request.exchange.url);
  c.memo.sameClient = c.others.filter((other) => clientIdOf(other) === id && bare(other.exchange.url) === url);
  return c.memo.sameClient;
}

/** Requests of the same client at the same token endpoint that the server accepted, oldest first. */
export function acceptedOf(c: Case): TokenRequest[] {
  return sameClient(c).filter(({ tokens }) => tokens !== null);
}

/** Requests whose client authentication passed: accepted, or refused for the grant. */
export function authenticatedOf(c: Case): TokenRequest[] {
  return sameClient(c).filter(({ tokens, error }) => tokens !== null || error?.error === 'invalid_grant');
}

export function sentSecret(request: TokenRequest): string | null {
  return secretOf(request.credentials);
}

/** The answer speaks of the client: its `error`, or a bare 401. */
export function isClientError(c: Case): boolean {
  const error = errorKey(c.error.error);
  // At the token endpoint nobody but the client can be denied with 401.
  return error === 'invalid_client' || (error === 'access_denied' && c.request?.status === 401) || error === 'unauthorized_client' || error === 'unauthorized' || (error === '' && c.request?.status === 401);
}

export const bare = (url: string): string => url.split(/[?#]/)[0] ?? url;
