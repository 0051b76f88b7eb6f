import type { Tone } from './words.ts';

/** A redirect of an API call is worth a look, an error status is an error. */
export function statusTone(status: number): Tone {
  if (status >= 400 || status === 0) return 'bad';
  if (status >= 300) return 'warn';
  return 'ok';
}
