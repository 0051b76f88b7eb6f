import type { Claim, MeasureOptions, MeasurePlan, PlannedQuestion, Question, RunState, TokenKind } from '../../contract/index.ts';
import { lifetimeOf, QUESTIONS, unreachable } from '../../contract/index.ts';
import { waysOf } from './ways.ts';

/** What a Run of the same environment tells beforehand. */
export interface Surroundings { state: RunState; codeLimit: Claim | null }

/** What will be done, how long it takes and what it costs, from what a Run of this environment has shown. Pure; sends nothing. */
export function planOf(options: MeasureOptions, surroundings: Surroundings): MeasurePlan {
  const asked = QUESTIONS.filter((question) => options.questions.includes(question));
  return { options, questions: asked.map((question) => planned(question, options, surroundings)) };
}

function planned(question: Question, options: MeasureOptions, { state, codeLimit }: Surroundings): PlannedQuestion {
  const { longest } = options;
  const metadata = state.metadata?.metadata;
  const access = claimOf(state, 'access_token');
  const refresh = claimOf(state, 'refresh_token');
  const introspects = waysOf(metadata, 'refresh_token').length > 0;
  const noRefresh = state.tokens.length > 0 && !state.tokens.some(({ record }) => record.kind === 'refresh_token')
    ? 'The provider gave no refresh token to this client.' : undefined;
  const watched = (claimed: Claim | null): { from: number; to: number } => (claimed === null
    ? { from: 1, to: longest } : { from: Math.min(longest, claimed.seconds), to: Math.min(longest * 2, Math.max(claimed.seconds * 2, claimed.seconds + 70)) });
  const common = { question, ...(noRefresh !== undefined && { impossible: noRefresh }) };
  switch (question) {
    case 'code': return {
      question, claimed: codeLimit, how: 'Holds codes for different times and redeems them then. Each is a sign-in.',
      seconds: { from: Math.min(longest, codeLimit?.seconds ?? 60), to: longest * Math.max(1, options.signIns - 1) }, signIns: { from: 1, to: Math.max(1, options.signIns - 1) }, grants: { from: 1, to: Math.max(1, options.signIns - 1) },
      ...((state.environment?.grant ?? 'authorization_code') !== 'authorization_code' && { impossible: 'This environment asks for no authorization code.' }),
    };
    case 'access-token': {
      const ways = waysOf(metadata, 'access_token');
      return {
        question, claimed: access, seconds: watched(access), signIns: { from: 0, to: 1 }, grants: { from: 0, to: 3 },
        how: ways[0] === 'introspection' ? 'Asks the introspection endpoint again and again, closely around the stated end.' : 'Uses the token at UserInfo again and again, closely around the stated end.',
        ...(metadata && ways.length === 0 && { impossible: 'The provider has neither an introspection nor a UserInfo endpoint.' }),
      };
    }
    case 'rotation': return { ...common, claimed: null, how: 'Refreshes once and compares the refresh tokens.', seconds: { from: 0, to: 2 }, signIns: { from: 0, to: 1 }, grants: { from: 1, to: 1 } };
    case 'refresh-idle': return {
      ...common, claimed: refresh, seconds: introspects ? watched(refresh) : { from: watched(refresh).from, to: longest * 2 }, signIns: { from: 0, to: options.signIns }, grants: introspects ? { from: 1, to: 3 } : { from: 2, to: 12 },
      how: introspects ? 'Asks the introspection endpoint about an unused refresh token until it ends.' : 'Leaves a refresh token alone for longer and longer and uses it then, until one is refused.',
    };
    case 'refresh-absolute': return {
      ...common, claimed: null, how: 'Refreshes again and again, so that it is never idle, until the provider refuses.',
      seconds: { from: 1, to: longest }, signIns: { from: 0, to: 1 }, grants: { from: 1, to: 200 },
    };
    case 'reuse-grace': return {
      ...common, claimed: null, how: 'Uses a rotated refresh token again, at once and later, until it is refused. That usually ends the grant.',
      seconds: { from: 1, to: Math.min(longest, 3600) }, signIns: { from: 0, to: 1 }, grants: { from: 1, to: 1 },
    };
    default: return unreachable(question);
  }
}

/** What the newest token of a kind states about its life, or the practice provider's own setting. */
function claimOf(state: RunState, kind: TokenKind): Claim | null {
  const token = state.tokens.findLast(({ record }) => record.kind === kind);
  const lifetime = token && lifetimeOf(token, state.exchanges.get(token.exchangeId)?.exchange);
  if (token && lifetime?.expiresAtOurs !== undefined) {
    const seconds = Math.round((lifetime.expiresAtOurs - token.receivedAt) / 1000);
    if (seconds > 0) return { seconds, from: lifetime.source };
  }
  const provider = state.environment?.provider;
  if (provider?.kind !== 'practice') return null;
  return { seconds: kind === 'access_token' ? provider.lifetimes.accessToken : provider.lifetimes.refreshToken, from: 'the practice provider’s setting' };
}
