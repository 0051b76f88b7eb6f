import type { Problem, Verdict } from '../contract/index.ts';

/** The problem of failed verdicts, each with what was expected and what was found. */
export function checksFailed(what: 'ID token' | 'authorization answer', wrong: readonly Verdict[]): Problem {
  return {
    code: what === 'ID token' ? 'id-token-check' : 'response-check',
    message: `The ${what} fails ${wrong.length === 1 ? 'one check' : `${wrong.length} checks`}: ${wrong.map(({ check }) => check).join(', ')}.`,
    why: wrong.map(({ check, expected, found, section }) => `${check} (${section}): expected ${expected ?? '–'}, found ${found ?? '–'}.`).join(' '),
    next: what === 'ID token' ? 'The tokens are kept and can be used; a client in production must reject this ID token.'
      : 'The answer is kept; a client in production must not use its code.',
  };
}
