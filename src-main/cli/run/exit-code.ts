import type { RunState } from '../../contract/index.ts';
import { RUN_EXIT } from '../exit-codes.ts';

/** The steps whose failure is a failure of the command. Checks, userinfo and what else is looked at on the way are reported only. */
const asked: ReadonlySet<string> = new Set(['discover', 'par', 'authorize', 'receive', 'exchange', 'refresh', 'revoke', 'introspect']);

/**
 * @param undone a `--then` could not be done
 * @param cancelled the person ended the command
 */
export function exitCodeOf(state: RunState, undone: boolean, cancelled: boolean): number {
  if (cancelled) return RUN_EXIT.other;
  const atRedirect = state.steps.some(({ kind, outcome }) => kind === 'receive' && outcome === 'refused');
  if (state.refusals.length > 0 || atRedirect || state.ended?.outcome === 'refused') return RUN_EXIT.refused;
  const failed = state.steps.some(({ kind, outcome }) => asked.has(kind) && outcome !== 'ok');
  const hasTokens = state.tokens.length > 0 && state.ended?.outcome === 'ok';
  return hasTokens && !failed && !undone ? RUN_EXIT.tokens : RUN_EXIT.other;
}
