import type { Bytes } from '../exchange.ts';
import { formatMarker, segmentsOf, withoutMarkerCharacters } from '../marker.ts';
import { utf8Of } from './http.ts';

/** The text of a body that came from outside, read as UTF-8, without a byte order mark. */
export function textOf(body: Bytes): string {
  return utf8Of(body).replace(/^\ufeff/, '');
}

/**
 * A piece of foreign text, cut to `max` characters, in which a marker survives only where the bytes themselves held it
 * (masked text does); one that an answer spelled out in UTF-8 or in escapes is taken apart.
 */
export function genuine(text: string, body: Bytes, max: number): string {
  return segmentsOf(text.slice(0, max)).map((segment) => {
    if ('text' in segment) return withoutMarkerCharacters(segment.text);
    const marker = formatMarker(segment.marker);
    return body.includes(marker) ? marker : withoutMarkerCharacters(marker);
  }).join('').toWellFormed();
}
