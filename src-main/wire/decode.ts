import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { Transform } from 'node:stream';

export interface Decoded { body: Buffer; cut: boolean; error: string | null; /** A coding that is not known here: the body stays as it came. */ unknown?: string }

/** More codings than anybody applies; each costs a pass over the body. */
const MOST_CODINGS = 8;

/**
 * Undoes the content codings of a body, last applied first, each stage bounded by the decoded count
 * (undici's own size limit counts bytes on the wire, so a bomb passes it).
 *
 * @param codings in the order they were applied; `identity` means none
 * @param limit bytes kept of each stage
 * @returns what could be decoded; where a stage failed or hit the limit, its output so far
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export async function decodeBody(wire: Buffer, codings: readonly string[], limit: number): Promise<Decoded> {
  let body = wire;
  if (codings.length > MOST_CODINGS) return { body, cut: false, error: `${codings.length} codings were applied; at most ${MOST_CODINGS} are undone.` };
  for (const coding of codings.toReversed()) {
    if (coding === 'identity' || body.length === 0) continue;
    const decoder = decoderFor(coding, body);
    if (decoder === null) return { body, cut: false, error: null, unknown: printable(coding) };
    const stage = await through(decoder, body, limit);
    body = stage.body;
    if (stage.error !== null || stage.cut) return stage;
  }
  return { body, cut: false, error: null };
}

function decoderFor(coding: string, body: Buffer): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip': return createGunzip();
    case 'br': return createBrotliDecompress();
    // RFC 8878.
    case 'zstd': return createZstdDecompress();
    case 'deflate': return hasZlibHeader(body) ? createInflate() : createInflateRaw();
    default: return null;
  }
}

/** Servers send both the zlib format the specification means and raw deflate; RFC 1950 §2.2 tells them apart (method 8, window, check bits). */
function hasZlibHeader(body: Buffer): boolean {
  const first = body[0] ?? 0;
  return body.length >= 2 && (first & 0x0f) === 8 && first >> 4 <= 7 && body.readUInt16BE(0) % 31 === 0;
}

function through(decoder: Transform, input: Buffer, limit: number): Promise<Decoded> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const end = (cut: boolean, error: string | null): void => {
      decoder.destroy();
      done({ body: Buffer.concat(chunks).subarray(0, limit), cut, error });
    };
    decoder.on('data', (chunk: Buffer) => {
      if (length > limit) return;
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) end(true, null);
    });
    decoder.once('end', () => end(false, null));
    decoder.on('error', (error) => end(false, error.message));
    decoder.end(input);
  });
}

/** A server's word, short and without control characters, to stand in a message. */
export function printable(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 200);
}
