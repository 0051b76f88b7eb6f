import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { Transform } from 'node:stream';

export interface Decoded { body: Buffer; cut: boolean; error: string | null }

/**
 * Undoes the content codings of a body, last applied first, each stage bounded by the decoded count
 * (undici's own size limit counts bytes on the wire, so a bomb passes it).
 *
 * @param codings the Content-Encoding header's value; `identity` and nothing mean no coding
 * @param limit bytes kept of each stage
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.4
 */
export async function decodeBody(wire: Buffer, codings: string, limit: number): Promise<Decoded> {
  let body = wire;
  let cut = false;
  for (const coding of codings.toLowerCase().split(',').map((name) => name.trim()).reverse()) {
    if (coding === '' || coding === 'identity') continue;
    const decoder = decoderFor(coding, body);
    if (decoder === null) return { body, cut, error: `The coding "${coding.slice(0, 40)}" is not known here.` };
    const stage = await through(decoder, body, limit);
    body = stage.body;
    cut ||= stage.cut;
    if (stage.error !== null || cut) return { body, cut, error: stage.error };
  }
  return { body, cut, error: null };
}

function decoderFor(coding: string, body: Buffer): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip': return createGunzip();
    case 'br': return createBrotliDecompress();
    // Servers send both the zlib format the specification means and raw deflate; the zlib header's checksum tells them apart.
    case 'deflate': return body.length >= 2 && body.readUInt16BE(0) % 31 === 0 ? createInflate() : createInflateRaw();
    default: return null;
  }
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
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) end(true, null);
    });
    decoder.once('end', () => end(false, null));
    decoder.once('error', (error) => end(false, error.message));
    decoder.end(input);
  });
}
