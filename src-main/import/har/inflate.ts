import { Buffer } from 'node:buffer';
import { gunzipSync } from 'node:zlib';
import type { Bytes } from '../../contract/exchange.ts';

/** Bytes an answer of a token endpoint may unpack to; a file has thousands of entries, and each could be a bomb. */
const UNPACKED = 32_768;

/** The bytes of a body that a tool recorded as it was on the wire, with gzip around it (RFC 1952). A body that is none, is broken or is
 * larger than answers of token endpoints are stays as it is. */
export function inflated(body: Bytes): Bytes {
  if (!body.startsWith('\u001f\u008b')) return body;
  try {
    return gunzipSync(Buffer.from(body, 'latin1'), { maxOutputLength: UNPACKED }).toString('latin1');
  } catch {
    return body;
  }
}
