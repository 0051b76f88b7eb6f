import type { Bytes } from '../../contract/index.ts';
import { headerOf, messageParts } from '../../contract/index.ts';
import type { Place } from './found.ts';
import type { View } from './view.ts';
import { dechunked } from './view.ts';

/** A piece of a message with how to read it. `views` are readings only the message knows (without chunk framing). */
export interface Piece { text: string; place: Place; views?: View[] }

export interface MessagePieces {
  head: Piece;
  body: Piece;
  /** What stands for a body whose bytes cannot be searched: it is compressed. */
  note?: string;
}

/**
 * Takes a message apart into what is searched for secrets.
 *
 * @param headLength where the body begins; found at the blank line without it
 */
export function messagePieces(bytes: Bytes, request: boolean, headLength?: number): MessagePieces {
  const parts = messageParts(bytes);
  const split = headLength ?? parts.head.length;
  const [head, body] = [bytes.slice(0, split), bytes.slice(split)];
  const { headers } = headLength === undefined ? parts : messageParts(head);
  const transfer = headerOf(headers, 'transfer-encoding')?.toLowerCase().trim();
  const coding = headerOf(headers, 'content-encoding')?.toLowerCase().trim();
  const pieces: MessagePieces = {
    head: { text: head, place: { bytes: true, role: 'head', request } },
    body: { ...bodyPiece(body, headerOf(headers, 'content-type'), request), ...(transfer?.includes('chunked') && { views: [dechunked(body)] }) },
  };
  const packed = compression(body, transfer, coding);
  if (body !== '' && packed !== null) {
    pieces.note = `[${body.length} bytes of ${packed} data are not shown: they hold the secrets of the decoded body]`;
  }
  return pieces;
}

/** A decoded body. */
export function bodyPiece(body: Bytes, contentType: string | undefined, request: boolean): Piece {
  const form = contentType?.toLowerCase().includes('x-www-form-urlencoded') === true || /^[\w.%+-]+=[^\s{}<>"]*$/.test(body);
  return { text: body, place: { bytes: true, role: form ? 'form' : 'body', request } };
}

function compression(body: Bytes, transfer: string | undefined, coding: string | undefined): string | null {
  if (coding !== undefined && coding !== '' && coding !== 'identity') return /^[a-z0-9, -]{1,40}$/.test(coding) ? coding : 'encoded';
  if (transfer !== undefined && !/^(?:chunked|identity)?$/.test(transfer)) return 'transfer-encoded';
  return /^(?:[0-9a-f]{1,8}\r\n)?\u001f\u008b/i.test(body) ? 'gzip' : null;
}
