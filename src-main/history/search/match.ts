import { decodeFormComponent, describeMarker, MARKER_CLOSE, MARKER_OPEN, segmentsOf } from '../../contract/index.ts';

export interface Match { before: string; match: string; after: string }

/** Characters of an excerpt on each side. */
const AROUND = 48;
/** A marker that the cut went through. */
const HALF = new RegExp(`${MARKER_OPEN}[^${MARKER_CLOSE}]*$`);
/** What is read of one text, in characters; an answer may be a megabyte. */
const READ = 400_000;

/**
 * Where a text stands in another, whatever the case; as it is written, else with percent signs and plus signs decoded.
 *
 * Only what lies between the markers is searched: neither the secret behind a marker nor its kind, length or fingerprint can be matched.
 *
 * @param masked text as it goes to the window
 * @returns the first place, `null` where there is none
 */
export function matchIn(masked: string, query: string): Match | null {
  const wanted = query.toLowerCase();
  const segments = segmentsOf(masked.slice(0, READ).replace(HALF, ''));
  return first(segments, wanted, (text) => text) ?? (/[%+]/.test(masked) ? first(segments, wanted, decodeFormComponent) : null);
}

function first(segments: ReturnType<typeof segmentsOf>, wanted: string, reading: (text: string) => string): Match | null {
  for (const [at, segment] of segments.entries()) {
    if (!('text' in segment)) continue;
    const text = reading(segment.text);
    const found = text.toLowerCase().indexOf(wanted);
    // Lower case can be longer than upper case in a few scripts: then the place is off, and the text must say so itself.
    if (found === -1 || text.slice(found, found + wanted.length).toLowerCase() !== wanted) continue;
    const end = found + wanted.length;
    return {
      before: tidy(shown(segments.slice(Math.max(0, at - 2), at), reading) + text.slice(0, found)).slice(-AROUND),
      match: text.slice(found, end),
      after: tidy(text.slice(end, end + AROUND * 2) + shown(segments.slice(at + 1, at + 3), reading)).slice(0, AROUND),
    };
  }
  return null;
}

const shown = (segments: ReturnType<typeof segmentsOf>, reading: (text: string) => string): string =>
  segments.map((segment) => ('text' in segment ? reading(segment.text) : `‹${describeMarker(segment.marker)}›`)).join('');

const tidy = (text: string): string => text.replace(/\s+/g, ' ');
