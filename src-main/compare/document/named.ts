import { formatMarker, segmentsOf } from '../../contract/marker.ts';

/**
 * Names for the secrets of one document: the same secret is the same name in every cell, e.g. `[access token 1, 43 characters]`, so that a reader
 * sees what is equal without seeing what it is.
 */
export class SecretNames {
  readonly #names = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  in(masked: string): string {
    return segmentsOf(masked).map((segment) => {
      if ('text' in segment) return segment.text;
      const key = formatMarker(segment.marker);
      const known = this.#names.get(key);
      if (known !== undefined) return known;
      const kind = segment.marker.kind === 'other' ? 'secret' : segment.marker.kind.replaceAll('_', ' ');
      const number = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, number);
      const name = `[${kind} ${number}, ${segment.marker.length} characters]`;
      this.#names.set(key, name);
      return name;
    }).join('');
  }
}
