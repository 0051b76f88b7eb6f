import type { Evidence, EvidenceTarget } from '../contract/diagnosis.ts';
import type { Authorization } from './case/front-channel.ts';
import type { Case } from './case/case.ts';
import type { TokenRequest } from './case/token-request.ts';
import { isReadable } from './placeholder.ts';

interface Details { values?: [label: string, value: string][]; source?: string }

/** Puts an observation together. `text` must not hold a secret. */
export function evidence(weight: number, entry: string, where: string, text: string, target?: EvidenceTarget, details: Details = {}): Evidence {
  return {
    entry, where, text, weight,
    ...(details.values && { values: details.values.map(([label, value]) => ({ label, value })) }),
    ...(target && { target }),
    ...(details.source !== undefined && { source: details.source }),
  };
}

/** About a parameter of a token request, wherever it was sent (or should have been). */
export function atParameter(weight: number, request: TokenRequest, name: string, text: string, details: Details = {}): Evidence {
  const place = request.parameters.find((parameter) => parameter.name === name)?.place ?? 'request-body';
  return evidence(weight, request.exchange.id, `${place === 'request-body' ? 'request body' : 'request query'} parameter ${name}`, text, { part: place, name }, details);
}

export function atHeader(weight: number, request: TokenRequest, name: string, text: string, details: Details = {}): Evidence {
  return evidence(weight, request.exchange.id, `request header ${name}`, text, { part: 'request-header', name }, details);
}

export function atRequestLine(weight: number, request: TokenRequest, text: string, details: Details = {}): Evidence {
  return evidence(weight, request.exchange.id, 'request line', text, { part: 'request-line' }, details);
}

export function atStatus(weight: number, c: Case, text: string, details: Details = {}): Evidence {
  return evidence(weight, c.entry, c.request === null ? 'callback' : 'response status', text, { part: c.request === null ? 'event' : 'response-status' }, details);
}

export function atAuthorization(weight: number, authorization: Authorization, name: string, text: string, details: Details = {}): Evidence {
  return evidence(weight, authorization.entry, `authorization request parameter ${name}`, text, { part: authorization.entry.startsWith('#') ? 'event' : authorization.pushed === true ? 'request-body' : 'request-query', name }, details);
}

export function atExchange(weight: number, exchangeId: string, where: string, text: string, details: Details = {}): Evidence {
  return evidence(weight, exchangeId, where, text, { part: 'request-line' }, details);
}

/** Secret values named by length and the few characters that matter: "8 characters", never more. */
export function secretLength(value: string): string {
  return isReadable(value) ? `${value.length} characters` : 'taken out';
}
