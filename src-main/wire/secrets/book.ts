import { createHmac } from 'node:crypto';
import type { Marker, RunEvent, SecretKind } from '../../contract/index.ts';
import { formatMarker, segmentsOf } from '../../contract/index.ts';
import type { Found } from './found.ts';
import { textOf } from './found.ts';
import { withoutForgedMarkers } from './forged.ts';
import { signatureStart } from './jwt.ts';
import { Matcher } from './matcher.ts';
import type { Piece } from './message.ts';
import type { Replacement } from './replace.ts';
import { apart, replaceRanges } from './replace.ts';
import { scan } from './scan.ts';
import { isMaskedEverywhere, spellingsOf } from './spellings.ts';
import type { View } from './view.ts';
import { sourceRange, viewsOf } from './view.ts';
import { walkEvent } from './walk.ts';

interface Entry {
  kind: SecretKind;
  readonly value: string;
  /** Where the hidden part begins: the signature of a JWT whose claims may be shown, else 0. */
  readonly hiddenFrom: number;
}

/** Kinds that only say where a secret was met; a later, more telling one takes their place. */
const vague: ReadonlySet<SecretKind> = new Set(['other', 'cookie', 'authorization', 'password']);

/**
 * The secrets of one Run: learns them from raw events, masks events with them, and turns one marker back.
 *
 * `maskEvent` depends on nothing but what the book knows and the event, so a secret that is learned late is masked in the
 * earlier events as well once they are masked again. Holds secrets in plain: an instance stays in the main process.
 */
export class SecretBook {
  readonly #key: Uint8Array;
  readonly #entries = new Map<string, Entry>();
  readonly #matcher = new Matcher<Entry>();
  readonly #revealed = new Map<string, string>();
  readonly #fingerprints = new Map<string, string>();

  /** @param key at least 16 bytes, never shown to the window: who has it can test guesses against fingerprints */
  constructor(key: Uint8Array) {
    if (key.length < 16) throw new TypeError('The fingerprint key has fewer than 16 bytes');
    this.#key = key;
  }

  /** Learns every secret that stands in a raw event. Learning an event twice changes nothing. */
  learn(event: RunEvent): void {
    walkEvent(event, {
      piece: (piece) => {
        for (const { kind, value } of scan(viewsOf(piece.text, piece.views), piece.place)) this.add(kind, value);
        return '';
      },
      secret: (kind, value) => {
        this.add(kind, value);
        for (const found of scan(viewsOf(value), { bytes: false, role: 'text', request: true })) if (found.value !== value) this.add(found.kind, found.value);
        return '';
      },
    });
  }

  /** Adds a secret known from elsewhere, e.g. the environment's client secret. An empty one is ignored. */
  add(kind: SecretKind, value: string): void {
    if (value === '') return;
    const known = this.#entries.get(value);
    if (known) {
      if (vague.has(known.kind) && !vague.has(kind)) {
        known.kind = kind;
        this.#issue(known);
      }
      return;
    }
    const entry: Entry = { kind, value, hiddenFrom: signatureStart(kind, value) ?? 0 };
    this.#entries.set(value, entry);
    this.#issue(entry);
    if (!isMaskedEverywhere(kind, value)) return;
    for (const spelling of spellingsOf(kind, value, entry.hiddenFrom)) this.#matcher.add(spelling, entry);
    // The signature alone gives an abbreviated token away as well.
    if (entry.hiddenFrom > 0 && entry.hiddenFrom < value.length) this.#matcher.add({ text: value.slice(entry.hiddenFrom), shown: 0, widen: false }, entry);
  }

  /** A copy of the event that holds no secret: a marker stands wherever one stood, in whatever encoding. */
  maskEvent(event: RunEvent): RunEvent {
    return walkEvent(event, {
      piece: (piece) => this.#mask(piece),
      secret: (kind, value) => {
        const views = viewsOf(value);
        const whole = this.#replacement(value, { kind, value, start: 0, end: value.length }, false);
        return replaceRanges(withoutForgedMarkers(value, false), [whole, ...this.#known(views)]);
      },
    });
  }

  /** Text of our own that may quote what was recorded: every known secret a marker. */
  maskText(text: string): string {
    return replaceRanges(withoutForgedMarkers(text, false), this.#known(viewsOf(text)));
  }

  /** The secret behind a marker of this book; `undefined` for a marker it never gave. */
  reveal(marker: Marker): string | undefined {
    return this.#revealed.get(formatMarker(marker));
  }

  /** Everything learned, in the order it was met. */
  secrets(): { kind: SecretKind; value: string }[] {
    return [...this.#entries.values()].map(({ kind, value }) => ({ kind, value }));
  }

  /**
   * What `maskEvent` hides in the messages of an event, as it stands there, in whatever encoding. For a copy that is masked in
   * another way and must hide no less.
   */
  writtenIn(event: RunEvent): { kind: SecretKind; bytes: string }[] {
    const written: { kind: SecretKind; bytes: string }[] = [];
    walkEvent(event, {
      piece: (piece) => {
        if (!piece.place.bytes) return '';
        for (const { start, end, by } of apart(this.#replacements(piece))) {
          const [marker] = segmentsOf(by).flatMap((segment) => ('marker' in segment ? [segment.marker] : []));
          written.push({ kind: marker?.kind ?? 'other', bytes: piece.text.slice(start, end) });
        }
        return '';
      },
      secret: () => '',
    });
    return written;
  }

  #mask(piece: Piece): string {
    // Forged markers go last and keep the length, so that a secret which holds such characters is still found.
    return replaceRanges(withoutForgedMarkers(piece.text, piece.place.bytes), this.#replacements(piece));
  }

  #replacements({ text, place, views: known }: Piece): Replacement[] {
    const views = viewsOf(text, known);
    const standing = scan(views, place).filter(({ within }) => !within).map((found) => this.#replacement(text, found, place.bytes));
    return [...standing, ...this.#known(views)];
  }

  #known(views: readonly View[]): Replacement[] {
    return views.flatMap((view) => this.#matcher.find(view.text).map(({ start, end, owner }) => {
      const [from, to] = sourceRange(view, start, end);
      return { start: from, end: to, by: this.#markerOf(owner) };
    }));
  }

  #replacement(source: string, { kind, value, start, end, bare }: Found, bytes: boolean): Replacement {
    const entry = this.#entryOf(kind, value);
    const marker = this.#markerOf(entry);
    const asWritten = textOf(source.slice(start, end), bytes) === value;
    return { start: asWritten ? start + entry.hiddenFrom : start, end, by: bare ? `"${marker}"` : marker };
  }

  #entryOf(kind: SecretKind, value: string): Entry {
    return this.#entries.get(value) ?? { kind, value, hiddenFrom: signatureStart(kind, value) ?? 0 };
  }

  #issue(entry: Entry): void {
    this.#revealed.set(this.#markerOf(entry), entry.value.slice(entry.hiddenFrom));
  }

  #markerOf({ kind, value, hiddenFrom }: Entry): string {
    const hidden = hiddenFrom > 0 ? value.slice(hiddenFrom) : value;
    const shownAs = hiddenFrom > 0 ? 'signature' : kind;
    const id = `${shownAs}\0${hidden}`;
    const known = this.#fingerprints.get(id);
    if (known !== undefined) return known;
    const fingerprint = createHmac('sha256', this.#key).update(id).digest('hex').slice(0, 16);
    const marker = formatMarker({ kind: shownAs, length: hidden.length, fingerprint });
    this.#fingerprints.set(id, marker);
    return marker;
  }
}
