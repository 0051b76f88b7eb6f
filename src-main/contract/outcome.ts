import type { Problem } from './result.ts';

// Apart from the schemas, so that what the window shows first does not carry a schema library.
export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });
export const fail = <P extends Problem>(problem: P): { ok: false; problem: P } => ({ ok: false, problem });

/**
 * The last branch of every switch over a union: a new member is a compile error here, not a silent gap.
 *
 * @throws {TypeError} always; reached only when unchecked data got past its schema.
 */
export function unreachable(value: never): never {
  throw new TypeError(`Unexpected member of a closed set: ${String((value as { type?: unknown })?.type ?? typeof value)}`);
}
