import type { Exchange } from '../exchange.ts';
import type { EvidenceTarget } from '../diagnosis.ts';
import type { Parameter } from './http.ts';
import { segmentsOf } from '../marker.ts';
import { formParameters, headerOf, messageParts, queryParameters, utf8Of, valueOf } from './http.ts';
import { lintAnswer, lintCoding } from './wire-lint-answer.ts';
import { authMethodsOf, lintMethod } from './wire-lint-method.ts';

/** Whose doing it is: the program that wrote the request, the person's configuration, what the person provoked or changed by hand, or the server's answer. */
export type Blame = 'sender' | 'configuration' | 'purpose' | 'server';

/** Something on the wire that a specification says otherwise, or that is worth a name. */
export interface LintFinding {
  code: string;
  blame: Blame;
  /** `note` names something that is right either way. */
  weight: 'wrong' | 'odd' | 'note';
  message: string;
  section: string;
  target: EvidenceTarget;
}

export interface LintFacts {
  metadata?: Readonly<Record<string, unknown>>;
  /** Names of the parameters the person added by hand: what they cause is the configuration's doing. */
  added?: readonly string[];
  /** The request was provoked or changed by hand: what would be our doing is the person's wish. */
  onPurpose?: boolean;
}

/** Parameters whose value is the configuration's, sent as it was typed in. */
const configured = new Set(['client_id', 'client_secret', 'scope', 'redirect_uri', 'resource', 'audience', 'username', 'password']);

/**
 * Reads one exchange of ours against the specifications, each finding with its section and whose doing it is. Pure; takes the exchange in the
 * clear (what stands in a Basic header cannot be judged masked) and puts no value of it into a message.
 */
export function lintExchange(exchange: Exchange, facts: LintFacts = {}): LintFinding[] {
  if (exchange.purpose === 'discovery' || exchange.purpose === 'jwks' || exchange.purpose === 'resource') return lintCoding(exchange);
  const { headers, body } = messageParts(exchange.request);
  const type = headerOf(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  const parameters = type === undefined || type === 'application/x-www-form-urlencoded' ? formParameters(body) : [];
  const lint = new Lint(exchange, facts, parameters);
  lint.authentication(headerOf(headers, 'authorization'));
  lint.duplicates();
  lint.whiteSpace();
  if (exchange.purpose === 'token') {
    lint.format(type);
    lint.otherGrants();
  }
  return [...lint.findings, ...lintMethod(exchange, facts.metadata), ...lintAnswer(exchange), ...lintCoding(exchange)];
}

/** Parameters that belong to one grant and mean nothing in another (RFC 6749 §4.1.3, §6, §4.4; RFC 7636 §4.5; RFC 8628 §3.4). */
const ofGrants: Readonly<Record<string, readonly string[]>> = {
  code: ['authorization_code'], redirect_uri: ['authorization_code'], code_verifier: ['authorization_code'], refresh_token: ['refresh_token'],
  device_code: ['urn:ietf:params:oauth:grant-type:device_code'], username: ['password'], password: ['password'],
};

class Lint {
  readonly findings: LintFinding[] = [];
  readonly #exchange: Exchange;
  readonly #facts: LintFacts;
  readonly #parameters: readonly Parameter[];

  constructor(exchange: Exchange, facts: LintFacts, parameters: readonly Parameter[]) {
    [this.#exchange, this.#facts, this.#parameters] = [exchange, facts, parameters];
  }

  authentication(authorization: string | undefined): void {
    const methods = authMethodsOf(this.#exchange);
    if (methods.length > 1) {
      const second = methods.at(-1) === 'client_assertion' ? 'client_assertion' : 'client_secret';
      this.#add('two-authentications', 'wrong', `The client authenticates in ${methods.length} ways at once (${methods.join(', ')}). Servers answer invalid_request or invalid_client, or take either.`, 'RFC 6749 §2.3', { part: 'request-body', name: second }, second);
    }
    if (methods[0] === 'client_secret_basic') this.#basic(authorization ?? '');
  }

  #basic(authorization: string): void {
    const target = { part: 'request-header', name: 'Authorization' } as const;
    // Masked: there is nothing to judge.
    if (segmentsOf(authorization).some((segment) => 'marker' in segment)) return;
    const decoded = base64Text(authorization.slice(6).trim());
    const colon = decoded?.indexOf(':') ?? -1;
    if (decoded === null || colon === -1) {
      this.#add('basic-unreadable', 'wrong', 'The Basic header is not base64 of an id, a colon and a secret.', 'RFC 7617 §2', target);
      return;
    }
    const halves = [decoded.slice(0, colon), decoded.slice(colon + 1)];
    if (halves.some((half) => half.trim() !== half)) this.#add('basic-white-space', 'wrong', 'The id or the secret in the Basic header begins or ends with white space.', 'RFC 6749 §2.3.1', target, 'client_secret', true);
    // Of these the form encoding changes none, so both spellings are the same.
    if (halves.every((half) => /^[A-Za-z0-9*._-]*$/.test(half))) return;
    const raw = halves.some((half) => /[^A-Za-z0-9*._+%-]/.test(half) || /%(?![0-9A-Fa-f]{2})/.test(half));
    this.findings.push({
      code: raw ? 'basic-raw' : 'basic-form-encoded', blame: 'configuration', weight: raw ? 'odd' : 'note', section: 'RFC 6749 §2.3.1', target,
      message: raw ? 'Id and secret stand in the Basic header as they are, with characters the specification wants form-encoded. Servers that decode will see others.'
        : 'Id and secret stand form-encoded in the Basic header, as the specification says. Servers that do not decode will see others.',
    });
  }

  duplicates(): void {
    for (const [part, list] of [['request-body', this.#parameters], ['request-query', queryParameters(this.#exchange.url)]] as const) {
      const seen = new Set<string>();
      for (const { name } of list) {
        // RFC 8707 §2: resource may stand several times.
        if (seen.has(name) && name !== 'resource' && name !== 'audience') this.#add('duplicate-parameter', 'wrong', `${shown(name)} stands there twice. Servers must refuse that, and some take either.`, 'RFC 6749 §3.2', { part, name }, name);
        seen.add(name);
      }
    }
  }

  whiteSpace(): void {
    for (const { name, value } of this.#parameters) {
      if (value.trim() !== value && value !== '') this.#add('white-space', 'odd', `The value of ${shown(name)} begins or ends with white space or a line break, and is sent with it.`, 'RFC 6749 Appendix A', { part: 'request-body', name }, name, configured.has(name));
    }
    if (/%(?:20|0a|0d|09)(?:$|[?#/])/i.test(this.#exchange.url)) this.#add('white-space-in-url', 'odd', 'The address holds encoded white space at the end of a part: it was likely copied with a blank.', 'RFC 3986 §2', { part: 'request-line' }, undefined, true);
  }

  format(type: string | undefined): void {
    if (this.#exchange.method !== 'POST') this.#add('token-method', 'wrong', `Token requests are POST, this one is ${this.#exchange.method}.`, 'RFC 6749 §3.2', { part: 'request-line' });
    if (type !== 'application/x-www-form-urlencoded') {
      this.#add('token-content-type', 'wrong', type === undefined ? 'The request names no Content-Type: servers may not read the body.' : `Token requests are form-encoded, this one says ${shown(type)}.`, 'RFC 6749 §4.1.3', { part: 'request-header', name: 'Content-Type' });
    }
    const grant = valueOf(this.#parameters, 'grant_type');
    if (this.#parameters.length > 0 && (grant === undefined || grant === '')) this.#add('grant-type-missing', 'wrong', 'grant_type is missing.', 'RFC 6749 §3.2', { part: 'request-body' });
    for (const { name, value } of this.#parameters) {
      if (value === '') this.#add('empty-parameter', 'odd', `${shown(name)} is empty, which counts as left out.`, 'RFC 6749 §3.2', { part: 'request-body', name }, name, configured.has(name));
    }
  }

  otherGrants(): void {
    const grant = valueOf(this.#parameters, 'grant_type');
    for (const { name } of this.#parameters) {
      const grants = ofGrants[name];
      if (grants && grant !== undefined && !grants.includes(grant)) this.#add('parameter-of-another-grant', 'odd', `${shown(name)} belongs to ${grants[0]}, and grant_type is ${shown(grant)}.`, 'RFC 6749 §4', { part: 'request-body', name }, name);
    }
  }

  #add(code: string, weight: LintFinding['weight'], message: string, section: string, target: EvidenceTarget, name?: string, typedIn = false): void {
    const theirs = typedIn || (name !== undefined && this.#facts.added?.includes(name) === true);
    this.findings.push({ code, blame: this.#facts.onPurpose === true ? 'purpose' : theirs ? 'configuration' : 'sender', weight, message, section, target });
  }
}

const shown = (text: string): string => text.replace(/[^\x21-\x7e]/g, '?').slice(0, 80);

function base64Text(text: string): string | null {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  try {
    return utf8Of(atob(text));
  } catch {
    return null;
  }
}
