import type { Case } from '../case/case.ts';
import { sent } from '../case/token-request.ts';
import { defineCause } from '../cause.ts';
import { atParameter } from '../evidence.ts';

export const refreshScope = defineCause({
  id: 'refresh_scope', family: 'scope', scope: 'refresh',
  title: 'The refresh asks for more scope than was granted',
  fix: 'Leave scope out of the refresh, or ask for a subset of what was granted; a wider scope needs a new authorization.',
  unknowable: 'The scope that was granted is not recorded.',
  examine: (c) => {
    if (c.request === null) return [];
    const scope = sent(c.request, 'scope');
    if (scope === undefined) return [atParameter(-92, c.request, 'scope', 'The refresh names no scope.')];
    const granted = grantedScope(c);
    if (granted === undefined) return [];
    const beyond = scopesBeyondGrant(c);
    const details = { values: [['Granted', granted], ['Asked for', scope]] as [string, string][], source: 'https://www.rfc-editor.org/rfc/rfc6749#section-6' };
    return [beyond.length === 0
      ? atParameter(-85, c.request, 'scope', 'The refresh stays within the granted scope.', details)
      : atParameter(c.error.error === 'invalid_scope' ? 92 : 60, c.request, 'scope', `The refresh asks for ${beyond.join(', ')}, which was not granted.`, details)];
  },
});

function grantedScope(c: Case): string | undefined {
  return c.origin?.tokens?.scope ?? (c.origin === null && c.authorization === null ? undefined : c.authorization?.scope);
}

/** Scopes of the refresh that the grant does not hold; empty where either is unknown. */
export function scopesBeyondGrant(c: Case): string[] {
  const asked = c.request === null || c.kind !== 'refresh' ? undefined : sent(c.request, 'scope');
  const granted = grantedScope(c);
  if (asked === undefined || granted === undefined) return [];
  const held = new Set(granted.split(/[\s,]+/));
  return asked.split(/\s+/).filter((one) => one !== '' && !held.has(one));
}
