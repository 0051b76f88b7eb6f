import type { Result } from '../../contract/result.ts';
import { fail, ok } from '../../contract/result.ts';
import type { CodeMistake, FirstExchange } from '../../flow/index.ts';

/** Words about the code that has arrived. */
const CODE_WORDS = ['reuse-code', 'wrong-redirect', 'wrong-verifier', 'wrong-secret'] as const;
/** Words about tokens: they need a redemption before them. */
const TOKEN_WORDS = ['refresh', 'revoke', 'introspect', 'reuse-refresh', 'refresh-revoked'] as const;

export type Word = (typeof CODE_WORDS)[number] | (typeof TOKEN_WORDS)[number];
/** One `--then`. `wait` is in seconds. */
export type ThenStep = { do: Word } | { wait: number };

/** A day. */
const MAX_WAIT = 86_400;

const isWord = (text: string): text is Word => [...CODE_WORDS, ...TOKEN_WORDS].some((word) => word === text);
const isMistake = (word: Word | undefined): word is CodeMistake => word === 'wrong-redirect' || word === 'wrong-verifier' || word === 'wrong-secret';

/** Reads the value of one `--then`. */
export function readThen(text: string): Result<ThenStep> {
  const wait = /^wait:(\d{1,6}(?:\.\d{1,3})?)$/.exec(text);
  if (wait && Number(wait[1]) <= MAX_WAIT) return ok({ wait: Number(wait[1]) });
  if (isWord(text)) return ok({ do: text });
  const why = text.startsWith('wait') ? `wait:N takes seconds from 0 to ${MAX_WAIT}.` : `It is one of ${[...CODE_WORDS, ...TOKEN_WORDS].join(', ')}, wait:N.`;
  return fail({ code: 'unknown-then', message: `--then cannot be ${JSON.stringify(text.slice(0, 60))}.`, why, next: 'grantscope run --help' });
}

/** What happens to the code that arrives, and what comes after it was redeemed. */
export interface Plan { first: FirstExchange; rest: ThenStep[] }

/**
 * Puts the redemption of the code where it belongs in the list.
 *
 * Waiting at the beginning holds the code back, unless a word about tokens comes next: then the code is redeemed at once and the tokens wait.
 * A mistake with the code that comes first is made with the code that has arrived, so that it takes no second trip of the browser.
 */
export function planOf(steps: readonly ThenStep[]): Plan {
  const waits = steps.findIndex((step) => 'do' in step);
  const leading = waits === -1 ? steps : steps.slice(0, waits);
  const next = steps[leading.length];
  const word = next && 'do' in next ? next.do : undefined;
  if (word !== undefined && TOKEN_WORDS.some((token) => token === word)) return { first: {}, rest: [...steps] };
  const holdSeconds = leading.reduce((sum, step) => sum + ('wait' in step ? step.wait : 0), 0);
  return {
    first: { ...(holdSeconds > 0 && { holdSeconds }), ...(isMistake(word) && { mistake: word }) },
    rest: steps.slice(leading.length + (isMistake(word) ? 1 : 0)),
  };
}
