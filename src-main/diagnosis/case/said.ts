import type { Case } from './case.ts';

/** A server that complains of the code, the client or the redirect URI by name has read the request: its form and grant_type were good enough. */
export function readPast(c: Case): boolean {
  const early = new Set(['missing_parameter', 'unsupported_grant_type', 'request_malformed', 'grant_type_not_allowed', 'grant_unspecified']);
  return [...c.said].some(([id, said]) => !early.has(id) && said.some(({ specific, weight }) => specific && weight >= 40));
}
