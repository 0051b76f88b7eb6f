import { headerOf } from '../../contract/read/http.ts';
import type { Case } from './case.ts';

/** A server that complains of the code, the client or the redirect URI by name has read the request: its form and grant_type were good enough. */
export function readPast(c: Case): boolean {
  const early = new Set(['missing_parameter', 'unsupported_grant_type', 'request_malformed', 'grant_type_not_allowed']);
  return [...c.said].some(([id, said]) => !early.has(id) && said.some(({ specific, weight }) => specific && weight >= 40));
}

const challengePage = /just a moment|checking (?:if the site|your browser)|attention required|enable javascript and cookies|verify you are (?:a )?human|captcha|request (?:was |has been )?blocked|access denied.{0,200}reference|incapsula|bot (?:detection|protection)/i;

/** A firewall's page in place of the token endpoint's answer: what gives it away, or null. */
export function challenged(c: Case): string | null {
  const request = c.request;
  if (request?.exchange.response == null || ![403, 406, 429, 503].includes(request.status ?? 0)) return null;
  if (headerOf(request.answerHeaders, 'cf-mitigated') !== undefined) return 'the header cf-mitigated';
  if (c.error.foundIn !== 'html' && c.error.foundIn !== 'text') return null;
  return challengePage.exec(request.exchange.response.body.slice(0, 20_000))?.[0] ?? null;
}
