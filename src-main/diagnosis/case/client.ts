import { errorKey } from '../message/error-codes.ts';
import type { Case } from './case.ts';
import { secretOf } from './credentials.ts';
import type { TokenRequest } from './token-request.ts';
import { clientIdOf } from './token-request.ts';

/** Requests of the same client at the same token endpoint that the server accepted, oldest first. */
export function acceptedOf(c: Case): TokenRequest[] {
  if (c.request === null) return [];
  const id = clientIdOf(c.request);
  const { url } = c.request.exchange;
  return c.others.filter((other) => other.tokens !== null && clientIdOf(other) === id && bare(other.exchange.url) === bare(url));
}

/** Requests whose client authentication passed: accepted, or refused for the grant. */
export function authenticatedOf(c: Case): TokenRequest[] {
  if (c.request === null) return [];
  const id = clientIdOf(c.request);
  const { url } = c.request.exchange;
  return c.others.filter((other) => (other.tokens !== null || other.error?.error === 'invalid_grant') && clientIdOf(other) === id && bare(other.exchange.url) === bare(url));
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
