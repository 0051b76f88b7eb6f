import type { FollowedValue } from '../../src-main/contract/read/values.ts';
import type { Selection } from './selection.ts';
import { sameSelection } from './selection.ts';

/** The value a person follows through the Run: pinned by a click, or under the pointer for as long as it stays there. */
export class Following {
  #pinned = $state.raw<FollowedValue | null>(null);
  #hovered = $state.raw<FollowedValue | null>(null);
  readonly #value = $derived(this.#hovered ?? this.#pinned);

  get value(): FollowedValue | null { return this.#value; }
  get pinned(): FollowedValue | null { return this.#pinned; }

  hover(value: FollowedValue | null): void { this.#hovered = value; }
  toggle(value: FollowedValue): void { this.#pinned = this.#pinned?.id === value.id ? null : value; }
  off(): void {
    this.#pinned = null;
    this.#hovered = null;
  }

  /** What happens to it there; `null` where it does not stand. */
  at(selection: Selection | null): string | null {
    return selection === null ? null : (this.#value?.places.find(({ at }) => sameSelection(at, selection))?.what ?? null);
  }

  /** Whether a marker is the secret that is followed. */
  isMarker(fingerprint: string): boolean { return this.#value?.text.includes(`:${fingerprint}\ue0f1`) ?? false; }
}
