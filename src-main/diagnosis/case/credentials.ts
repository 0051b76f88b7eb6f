import { Buffer } from 'node:buffer';
import type { Header } from '../../contract/read/http.ts';
import { decodeFormComponent, headerOf } from '../../contract/read/http.ts';
import type { Jwt } from './jwt.ts';
import { readJwt } from './jwt.ts';
import type { SentParameter } from './token-request.ts';

export interface BasicCredentials {
  /** Form-decoded, as RFC 6749 §2.3.1 says. */
  id: string;
  secret: string;
  /** As it stood before form-decoding. */
  rawId: string;
  rawSecret: string;
}

/** How a request authenticates its client. Several at once are possible, and a fault (RFC 6749 §2.3). */
export interface Credentials {
  basic: BasicCredentials | null;
  /** Why the Authorization header is not readable Basic. */
  basicFault: 'not-base64' | 'base64url' | 'no-colon' | 'other-scheme' | null;
  bodySecret: string | null;
  assertion: Jwt | null;
  hasAssertion: boolean;
  /** What was used, by its registered name; `none` without any credential. */
  methods: ('client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none')[];
}

export function credentialsOf(headers: readonly Header[], parameters: readonly SentParameter[]): Credentials {
  const authorization = headerOf(headers, 'authorization');
  const { basic, fault } = readBasic(authorization);
  const value = (name: string): string | null => parameters.find((parameter) => parameter.name === name)?.value ?? null;
  // Servers that go their own way have other names for it.
  const bodySecret = value('client_secret') ?? value('secret') ?? value('app_secret') ?? value('appsecret') ?? value('clientSecret');
  const assertion = value('client_assertion');
  const methods: Credentials['methods'] = [];
  // A header that was taken out before sharing was sent all the same.
  if (basic !== null || fault !== null || /^basic\s+\S/i.test(authorization ?? '')) methods.push('client_secret_basic');
  if (bodySecret !== null) methods.push('client_secret_post');
  if (assertion !== null) methods.push('private_key_jwt');
  return {
    basic, basicFault: fault, bodySecret, hasAssertion: assertion !== null,
    assertion: assertion === null ? null : readJwt(assertion),
    methods: methods.length === 0 ? ['none'] : methods,
  };
}

function readBasic(header: string | undefined): { basic: BasicCredentials | null; fault: Credentials['basicFault'] } {
  if (header === undefined || header === '') return { basic: null, fault: null };
  const match = /^basic\s+(.+)$/i.exec(header);
  // A masked or shortened header says nothing about its form.
  if (!match) return { basic: null, fault: /[^\x20-\x7e]|\*{3}|redacted/i.test(header) || /^dpop\s/i.test(header) ? null : 'other-scheme' };
  const encoded = (match[1] as string).trim();
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return { basic: null, fault: /\*{3}|…|\.{3}|redacted|[<{[]|[^\x20-\x7e]/i.test(encoded) ? null : 'not-base64' };
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon === -1) return { basic: null, fault: /redacted|x{3,}/i.test(encoded) ? null : 'no-colon' };
  const rawId = decoded.slice(0, colon);
  const rawSecret = decoded.slice(colon + 1);
  return {
    basic: { rawId, rawSecret, id: decodeFormComponent(rawId), secret: decodeFormComponent(rawSecret) },
    fault: /[-_]/.test(encoded) ? 'base64url' : null,
  };
}

/** The secret a request sent, as the server should read it. */
export function secretOf(credentials: Credentials): string | null {
  return credentials.bodySecret ?? credentials.basic?.secret ?? null;
}
