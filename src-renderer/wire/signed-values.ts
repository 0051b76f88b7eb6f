import { decodeJwt } from '../../src-main/contract/read/jwt.ts';
import type { Readable } from './readable.ts';

/** A signed value of a request with what it says; its signature is masked and not held against anything here. */
export interface SignedValue {
  /** The parameter or header it stands in, as written. */
  name: string;
  header: string;
  claims: string;
}

/** Parameters and headers by which a client says something signed: RFC 7521 §4.2, RFC 7523 §2.1, RFC 9101 §5, RFC 9449 §4.1. */
const names: ReadonlySet<string> = new Set(['client_assertion', 'assertion', 'request', 'dpop']);

/** What the client's own signed values in a request say, in the order they stand. */
export function signedValuesOf({ query, headers, body }: Readable): SignedValue[] {
  const parameters = [...query, ...headers, ...(body.kind === 'form' ? body.parameters : [])];
  return parameters.filter(({ name }) => names.has(name.toLowerCase())).flatMap(({ name, value }) => {
    const { header, claims } = decodeJwt(value);
    return header && claims ? [{ name, header: JSON.stringify(header, null, 2), claims: JSON.stringify(claims, null, 2) }] : [];
  });
}
