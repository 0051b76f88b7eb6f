import type { Endpoints, Problem } from '../contract/index.ts';
import { httpUrlOf, isInternalAddress, isLoopback, quotedUrl } from './hosts.ts';

const MAX_FINDINGS = 50;

/**
 * Judges metadata against the issuer that was asked. Nothing here blocks: what differs is said and the person decides.
 *
 * @param asked the configured issuer
 * @returns the metadata without endpoints that are no plain http(s) URL (refused, each with a finding), and the findings
 * @see https://www.rfc-editor.org/rfc/rfc8414#section-3.3
 */
export function judgeMetadata(asked: string, served: Readonly<Record<string, unknown>>): { metadata: Record<string, unknown>; findings: Problem[] } {
  const findings: Problem[] = [];
  const mismatch = issuerMismatch(asked, served['issuer']);
  if (mismatch) findings.push(mismatch);
  const endpoints: [string, URL][] = [];
  const refused = new Set<string>();
  for (const [name, value] of Object.entries(served)) {
    if (!isEndpointName(name) || value === null) continue;
    const url = httpUrlOf(value);
    if (url) endpoints.push([name, url]);
    else {
      refused.add(name);
      findings.push({ code: 'endpoint-refused', message: `${quotedUrl(name)} is no plain http(s) URL and is not used: ${quotedUrl(value)}`, field: name });
    }
  }
  findings.push(...endpointFindings(new URL(asked), endpoints), ...missingFindings(served));
  const metadata = Object.fromEntries(Object.entries(served).filter(([name]) => name !== '__proto__' && !refused.has(name)));
  return { metadata, findings: bounded(findings) };
}

const isEndpointName = (name: string): boolean => /_endpoint$/.test(name) || name === 'jwks_uri' || name === 'check_session_iframe';

function issuerMismatch(asked: string, stated: unknown): Problem | null {
  if (stated === asked) return null;
  if (typeof stated !== 'string') return { code: 'issuer-missing', message: 'The metadata states no issuer.', why: 'It is required, so that a client can tell whose metadata it is (RFC 8414 §2).', field: 'issuer' };
  return {
    code: 'issuer-mismatch',
    message: `The metadata is for another issuer: asked for ${quotedUrl(asked)}, it states ${quotedUrl(stated)}.`,
    why: `${whyDifferent(asked, stated)} RFC 8414 §3.3 asks for identical text; a strict client must not use this metadata.`,
    next: 'If the stated issuer is the right one, enter it exactly so in the environment. If you do not know it, do not trust these endpoints.',
    field: 'issuer',
  };
}

function whyDifferent(asked: string, stated: string): string {
  const other = httpUrlOf(stated);
  if (!other) return 'The stated issuer is no http(s) URL.';
  const url = new URL(asked);
  if (stated.replace(/\/+$/, '') === asked.replace(/\/+$/, '')) return 'They differ in a slash at the end.';
  if (other.href === url.href) return 'They name the same place in different spelling (case, default port or escapes).';
  if (other.host !== url.host) {
    // The parser gives internationalised names as xn--…, so look-alike letters cannot hide.
    return other.hostname.includes('xn--') || url.hostname.includes('xn--')
      ? `The hosts differ: ${url.host} and ${other.host}. Letters that look alike are different letters.` : `The hosts differ: ${url.host} and ${other.host}.`;
  }
  if (other.protocol !== url.protocol) return `One is ${url.protocol}//, the other ${other.protocol}//.`;
  return 'They differ after the host.';
}

function endpointFindings(issuer: URL, endpoints: readonly [string, URL][]): Problem[] {
  const findings: Problem[] = [];
  const byHost = new Map<string, string[]>();
  for (const [name, url] of endpoints) {
    if (url.host !== issuer.host) byHost.set(url.host, [...(byHost.get(url.host) ?? []), name]);
    if ((isLoopback(url) || isInternalAddress(url)) && url.hostname !== issuer.hostname && !(isLoopback(url) && isLoopback(issuer))) {
      findings.push({ code: 'endpoint-internal', message: `${name} points into a private network or at this machine: ${url.host}.`, why: 'Metadata from outside can aim requests at services that only this machine reaches.', next: 'Do not run this environment unless you expect that host.', field: name });
    }
    if (url.protocol === 'http:' && !isLoopback(url)) findings.push({ code: 'endpoint-insecure', message: `${name} is not encrypted: ${quotedUrl(url.href)}`, why: 'Codes, tokens and secrets would be readable on the way (RFC 6749 §3.1, §3.2).', field: name });
    if (url.hash !== '') findings.push({ code: 'endpoint-fragment', message: `${name} holds a fragment, which RFC 6749 §3.1 forbids.`, field: name });
  }
  for (const [host, names] of byHost) {
    findings.push({
      code: 'endpoint-other-host', message: `${host} is not the issuer's host (${issuer.host}) but gets requests: ${names.slice(0, 12).map(quotedUrl).join(', ')}${names.length > 12 ? ' …' : ''}.`,
      why: 'Some providers do this (Google, for one). Codes and secrets go to that host.', next: 'Check that the host belongs to the provider.', ...(names[0] !== undefined && { field: names[0] }),
    });
  }
  return findings;
}

function missingFindings(served: Readonly<Record<string, unknown>>): Problem[] {
  return ['authorization_endpoint', 'token_endpoint'].filter((name) => served[name] === undefined).map((name) => ({
    code: 'endpoint-missing', message: `The metadata names no ${name}.`, why: 'Without it no authorization-code flow is possible.', next: 'Enter the endpoints by hand, or ask the provider for the right issuer.', field: name,
  }));
}

function bounded(findings: Problem[]): Problem[] {
  if (findings.length <= MAX_FINDINGS) return findings;
  return [...findings.slice(0, MAX_FINDINGS), { code: 'more-findings', message: `${findings.length - MAX_FINDINGS} more findings are not listed.` }];
}

/** Endpoints typed in by hand in the shape of served metadata (RFC 8414 §2), so that all that follows reads one shape. */
export function manualMetadata(endpoints: Endpoints): Record<string, unknown> {
  return Object.fromEntries(Object.entries(endpoints).filter(([, value]) => value !== undefined));
}
