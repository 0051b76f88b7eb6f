import type { Purpose } from '../contract/index.ts';
import type { FlowContext } from './context.ts';
import { dpopProof, nonceOf, proofKeyOf } from './dpop.ts';
import { StepProblem } from './step-problem.ts';

/**
 * Lays a DPoP proof over the headers of a request that needs one: every token request where the environment asks for DPoP, and every request
 * that carries a token the server bound (`token_type: DPoP`), whose scheme becomes `DPoP`.
 *
 * @returns whether a proof was added
 * @throws {StepProblem} where the key is not at hand
 * @see https://www.rfc-editor.org/rfc/rfc9449#section-7.1
 */
export async function prove(context: FlowContext, purpose: Purpose, method: string, url: string, headers: Headers): Promise<boolean> {
  if (!context.environment.dpop) return false;
  const accessToken = boundToken(context, headers.get('authorization'));
  if (purpose !== 'token' && accessToken === undefined) return false;
  const key = await proofKeyOf(context);
  if (!key.ok) throw new StepProblem(key.problem);
  if (key.value === null) return false;
  const now = Math.floor(context.ports.clock.read().at / 1000);
  headers.set('dpop', await dpopProof(key.value, { method, url, accessToken, nonce: nonceOf(context.recorder.events, url) }, now));
  if (accessToken !== undefined) headers.set('authorization', `DPoP ${accessToken}`);
  return true;
}

function boundToken({ recorder }: FlowContext, authorization: string | null): string | undefined {
  const sent = /^(?:Bearer|DPoP) (.+)$/i.exec(authorization ?? '')?.[1];
  if (sent === undefined) return undefined;
  return recorder.state.tokens.some(({ record }) => record.value === sent && record.tokenType?.toLowerCase() === 'dpop') ? sent : undefined;
}
