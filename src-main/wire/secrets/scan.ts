import { headSecrets } from './headers.ts';
import { claimsText } from './jwt.ts';
import type { Found, Place } from './found.ts';
import { pairsIn, urlPairsIn } from './found.ts';
import { searchView } from './rules.ts';
import type { View } from './view.ts';
import { identity, sourceRange } from './view.ts';

/**
 * Every secret that stands in a text by its structure, with its place in the source.
 *
 * @param views of the text, the text itself first
 */
export function scan(views: readonly View[], place: Place): Found[] {
  const text = views[0]?.text ?? '';
  const found: Found[] = [...readAs(text, place)];
  for (const view of views) {
    for (const secret of searchView(view, place)) {
      const [start, end] = sourceRange(view, secret.start, secret.end);
      found.push({ ...secret, start, end });
    }
  }
  const outer = withoutContained(found);
  return [...outer, ...outer.flatMap((secret) => inClaims(secret, place))];
}

function readAs(text: string, { role, bytes }: Place): Found[] {
  switch (role) {
    case 'head': return headSecrets(text);
    case 'form': return pairsIn(text, 0, bytes);
    case 'url': return urlPairsIn(text, 0, bytes);
    default: return [];
  }
}

/** A rule that knows the grammar sees the whole value; one that searches may have seen its first half. */
function withoutContained(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  let end = -1;
  for (const secret of found.toSorted((a, b) => a.start - b.start || b.end - a.end || Number(a.within ?? false) - Number(b.within ?? false))) {
    if (secret.within) kept.push(secret);
    else if (secret.end > end) {
      kept.push(secret);
      end = secret.end;
    }
  }
  return kept;
}

/** What the claims of a JWT hold under a secret's name, e.g. the code in a JARM answer. */
function inClaims(secret: Found, { request }: Place): Found[] {
  const claims = secret.value.startsWith('ey') ? claimsText(secret.value) : null;
  if (claims === null) return [];
  return searchView(identity(claims), { bytes: false, role: 'body', request: request || secret.kind === 'other' })
    .map(({ kind, value }) => ({ kind, value, start: secret.start, end: secret.end, within: true as const }));
}
