import type { Provocation } from '../../src-main/contract/run.ts';
import type { RunState } from '../../src-main/contract/read/run-state.ts';
import { IMPORTED } from '../token/actions.ts';
import { usesClientSecret } from '../../src-main/contract/read/client-auth.ts';
import { unreachable } from '../../src-main/contract/outcome.ts';

/** Why a mistake cannot be made with this Run; `null` where it can. Main judges again. */
export function whyNot(run: RunState, provocation: Provocation): string | null {
  if (run.environment === null) return IMPORTED;
  const refreshable = run.tokens.some(({ record }) => record.kind === 'refresh_token');
  switch (provocation) {
    case 'reuse-code': return run.callbacks.some(({ verdict }) => verdict === 'accepted') ? null : 'This run has received no code.';
    case 'wrong-redirect': return null;
    case 'wrong-verifier': return null;
    case 'wrong-secret': return run.started && !usesClientSecret(run.started.client.authMethod) ? 'This client sends no secret.' : null;
    case 'reuse-refresh':
    case 'refresh-revoked': return refreshable ? null : 'This run has no refresh token.';
    default: return unreachable(provocation);
  }
}
