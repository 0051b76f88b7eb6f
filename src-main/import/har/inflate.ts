import { Buffer } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { Bytes } from '../../contract/exchange.ts';
import { limits } from '../limits.ts';

/** The bytes of a body that a tool recorded as it was on the wire, with gzip around it (RFC 1952); any other body as it is. */
export function inflated(body: Bytes): Bytes {
  if (!body.startsWith('\u001f\u008b')) return body;
  try {
    return gunzipSync(Buffer.from(body, 'latin1'), { maxOutputLength: limits.body }).toString('latin1');
  } catch {
    return body;
  }
}
