import type { Bytes } from '../contract/index.ts';
import { bytesOf } from '../contract/index.ts';
import type { Style } from './encodings.ts';
import { encode } from './encodings.ts';
import type { Variable } from './variables.ts';

/** A part of a request: bytes as they are, or what the shell puts in their place. */
export type Piece =
  | { literal: Bytes }
  | VariablePiece
  /** The credential of HTTP Basic (RFC 7617): base64 of `user:` and the pieces of the password. */
  | { basic: { user: Bytes; password: Variable; style: Style | 'plain' } };

export interface VariablePiece { variable: Variable; style: Style | 'plain' }

export const literal = (bytes: Bytes): Piece[] => (bytes === '' ? [] : [{ literal: bytes }]);

/** The bytes a list of pieces stands for. */
export function bytesOfPieces(pieces: readonly Piece[]): Bytes {
  return pieces.map((piece) => {
    if ('literal' in piece) return piece.literal;
    if ('basic' in piece) return btoa(`${piece.basic.user}:${written(piece.basic.password, piece.basic.style)}`);
    return written(piece.variable, piece.style);
  }).join('');
}

export function written({ value }: Variable, style: Style | 'plain'): Bytes {
  return style === 'plain' ? bytesOf(value) : encode(bytesOf(value), style);
}

/** Joins neighbouring literals. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && 'literal' in last && 'literal' in piece) last.literal += piece.literal;
    else result.push('literal' in piece ? { ...piece } : piece);
  }
  return result.filter((piece) => !('literal' in piece) || piece.literal !== '');
}
