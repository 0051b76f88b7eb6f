import type { Exchange, Problem, Result } from '../contract/index.ts';
import { fail, headerOf, httpUrlSchema, messageParts, ok, readTokenResponse } from '../contract/index.ts';
import { httpUrlOf, quotedUrl } from './hosts.ts';
import { judgeMetadata } from './metadata-findings.ts';
import type { MetadataSource } from './metadata-urls.ts';
import { issuerOfMetadataUrl, metadataCandidates } from './metadata-urls.ts';

/** Makes one request and records it; `send` of wire/ fits. */
export type Fetcher = (request: { purpose: 'discovery'; method: 'GET'; url: string; headers: readonly (readonly [string, string])[] }) => Promise<Exchange>;

export interface Discovered {
  /** As served, without refused endpoints. */
  metadata: Record<string, unknown>;
  /** Where it was found. */
  url: string;
  source: MetadataSource;
  findings: Problem[];
}

const MAX_REDIRECTS = 3;

/**
 * Finds the metadata of an issuer: OpenID Connect Discovery, then RFC 8414, then each in the other's place. Each request goes through
 * the fetcher; nothing but metadata documents is fetched. What is odd (another issuer, endpoints elsewhere) becomes a finding and blocks nothing.
 *
 * @param issuer as configured
 * @returns a problem that lists every attempt where no document was found
 */
export async function discover(issuer: string, fetcher: Fetcher): Promise<Result<Discovered>> {
  const checked = httpUrlSchema.safeParse(issuer);
  if (!checked.success) return fail({ code: 'issuer-invalid', message: 'The issuer is not a URL that can be asked.', why: checked.error.issues[0]?.message ?? 'Unknown.', field: 'provider.issuer' });
  const meant = issuerOfMetadataUrl(issuer);
  const early = enteredFindings(issuer, meant);
  const tried: { url: string; why: string; unreachable: boolean }[] = [];
  for (const candidate of metadataCandidates(meant ?? issuer)) {
    const answer = await fetchDocument(candidate.url, fetcher);
    if (answer.ok) {
      const { metadata, findings } = judgeMetadata(meant ?? issuer, answer.members);
      return ok({ metadata, url: answer.url, source: candidate.source, findings: [...early, ...answer.findings, ...findings] });
    }
    tried.push({ url: candidate.url, why: answer.why, unreachable: answer.unreachable });
    if (answer.stop) break;
  }
  const unreachable = tried.every((attempt) => attempt.unreachable);
  return fail({
    code: unreachable ? 'discovery-unreachable' : 'discovery-failed',
    message: unreachable ? `The issuer ${quotedUrl(issuer)} could not be reached.` : `No metadata was found for the issuer ${quotedUrl(issuer)}.`,
    why: tried.map(({ url, why }) => `${url}: ${why}`).join(' '),
    next: unreachable ? 'Check the address, the network and, for https, the certificate.' : 'Check the issuer (some providers need a tenant or realm in its path), or enter the endpoints by hand.',
    field: 'provider.issuer',
  });
}

function enteredFindings(issuer: string, meant: string | null): Problem[] {
  const { search, hash } = new URL(issuer);
  const findings: Problem[] = [];
  if (meant !== null) findings.push({ code: 'issuer-is-metadata-url', message: 'The address of the metadata document was entered as the issuer.', why: 'ID tokens and callbacks will name the issuer itself, so their checks will fail.', next: `Enter ${quotedUrl(meant)} instead.`, field: 'provider.issuer' });
  if (search !== '' || hash !== '') findings.push({ code: 'issuer-query', message: 'The issuer holds a query or fragment, which was left out when asking.', why: 'RFC 8414 §2 allows neither.', field: 'provider.issuer' });
  return findings;
}

type Document = { ok: true; members: Record<string, unknown>; url: string; findings: Problem[] };
type NoDocument = { ok: false; why: string; unreachable: boolean; stop: boolean };

async function fetchDocument(start: string, fetcher: Fetcher): Promise<Document | NoDocument> {
  const findings: Problem[] = [];
  let url = start;
  for (let redirects = 0; ; redirects += 1) {
    const { response, failure } = await fetcher({ purpose: 'discovery', method: 'GET', url, headers: [['Accept', 'application/json']] });
    if (response === null || failure) {
      // A host that cannot be reached, or a cancelled run, will not answer at another path.
      return { ok: false, why: failure?.message ?? 'No answer.', unreachable: response === null, stop: response === null };
    }
    const { headers } = messageParts(response.raw.slice(0, response.headLength));
    const location = headerOf(headers, 'location');
    if (response.status >= 300 && response.status < 400 && location !== undefined) {
      const next = redirectTarget(url, location, redirects);
      if (!next.ok) return { ok: false, why: next.why, unreachable: false, stop: false };
      findings.push({ code: 'discovery-redirected', message: `${quotedUrl(url)} redirects to ${quotedUrl(next.url)}.`, why: 'The redirect was followed and is recorded; many clients do not follow it.' });
      url = next.url;
      continue;
    }
    if (response.status !== 200) return { ok: false, why: `HTTP ${response.status}.`, unreachable: false, stop: false };
    const read = readTokenResponse(response.body, headerOf(headers, 'content-type'));
    if (!read.ok) return { ok: false, why: read.problem.message, unreachable: false, stop: false };
    const { members, format } = read.value;
    const isMetadata = format === 'json' && (typeof members['issuer'] === 'string' || Object.keys(members).some((name) => name.endsWith('_endpoint')));
    return isMetadata ? { ok: true, members, url, findings: [...findings, ...read.value.findings.map((finding) => ({ ...finding, why: undefined }))].map(withoutUndefined) }
      : { ok: false, why: 'The answer is no metadata: it has neither an issuer nor an endpoint.', unreachable: false, stop: false };
  }
}

function redirectTarget(from: string, location: string, redirects: number): { ok: true; url: string } | { ok: false; why: string } {
  const url = URL.canParse(location, from) ? httpUrlOf(new URL(location, from).href) : null;
  if (!url) return { ok: false, why: `It redirects to something that is no http(s) URL: ${quotedUrl(location)}.` };
  const [was, to] = [new URL(from), quotedUrl(url.href)];
  if (redirects >= MAX_REDIRECTS) return { ok: false, why: `It redirects more than ${MAX_REDIRECTS} times, last to ${to}.` };
  if (url.protocol !== was.protocol) return { ok: false, why: `It redirects to ${to}. Not followed: another scheme. Enter that issuer if it is meant.` };
  if (url.host !== was.host) return { ok: false, why: `It redirects to ${to}. Not followed: another host. Enter that issuer if it is meant.` };
  return { ok: true, url: url.href };
}

function withoutUndefined(problem: { code: string; message: string; why?: string | undefined; next?: string | undefined; field?: string | undefined }): Problem {
  return Object.fromEntries(Object.entries(problem).filter(([, value]) => value !== undefined)) as Problem;
}
