/** How a value came to be another one on its way; `null` where they are equal or unrelated. */
export interface Alteration { kind: 'double-encoded' | 'over-decoded' | 'plus-space' | 'white-space' | 'truncated' | 'cut-front' | 'appended' | 'case' | 'quoted' | 'html' | 'characters'; text: string }

const decoded = (value: string): string | null => {
  try { return decodeURIComponent(value); } catch { return null; }
};

/**
 * Recognises the usual accidents between a value as it was received and as it was sent on. Says positions and lengths, never the value.
 *
 * @param original as received
 * @param sent as the server of the later request reads it
 */
export function alteration(original: string, sent: string): Alteration | null {
  if (original === sent || original === '' || sent === '') return null;
  const of = (kind: Alteration['kind'], text: string): Alteration => ({ kind, text });
  if (decoded(sent) === original || decoded(decoded(sent) ?? '') === original) return of('double-encoded', 'it was percent-encoded once more than needed, so the server reads “%…” sequences instead of the characters');
  if (decoded(sent)?.replaceAll('+', ' ') === original) return of('double-encoded', 'it was form-encoded twice');
  if (decoded(original) === sent) return of('over-decoded', 'it was percent-decoded once more than needed');
  if (sent.replaceAll(' ', '+') === original) return of('plus-space', 'each “+” of it arrives as a space: it was not percent-encoded (%2B) in the form body');
  if (original.replaceAll(' ', '+') === sent) return of('plus-space', 'each space of it became a “+”');
  if (sent.replace(/\s+/g, '') === original) return of('white-space', 'white space or a line break got into it');
  if (sent.replace(/^["'`]|["'`]$/g, '') === original) return of('quoted', 'it was sent with quotation marks around it');
  if (sent.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') === original) return of('html', 'it was HTML-escaped');
  if (original.length > sent.length && original.startsWith(sent)) return of('truncated', `it was cut after ${sent.length} of ${original.length} characters`);
  if (original.length > sent.length && original.endsWith(sent)) return of('cut-front', `its first ${original.length - sent.length} of ${original.length} characters are missing`);
  if (sent.startsWith(original)) return of('appended', `${sent.length - original.length} characters were appended to it`);
  if (sent.endsWith(original)) return of('appended', `${sent.length - original.length} characters were put before it`);
  if (sent.toLowerCase() === original.toLowerCase()) return of('case', 'its letters changed between upper and lower case');
  return fewCharacters(original, sent);
}

function fewCharacters(original: string, sent: string): Alteration | null {
  const { prefix, suffix } = commonEnds(original, sent);
  const longest = Math.max(original.length, sent.length);
  if (longest < 8 || prefix + suffix < longest * 0.6) return null;
  return { kind: 'characters', text: `it differs from character ${prefix + 1} on (${original.length} characters received, ${sent.length} sent)` };
}

/** Lengths of the common beginning and, after it, of the common end. */
export function commonEnds(a: string, b: string): { prefix: number; suffix: number } {
  const shortest = Math.min(a.length, b.length);
  let prefix = 0;
  while (prefix < shortest && a[prefix] === b[prefix]) prefix += 1;
  let suffix = 0;
  while (suffix < shortest - prefix && a[a.length - 1 - suffix] === b[b.length - 1 - suffix]) suffix += 1;
  return { prefix, suffix };
}
