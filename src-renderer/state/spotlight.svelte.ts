import type { Evidence, EvidenceTarget } from '../../src-main/contract/diagnosis.ts';
import type { Selection } from './selection.ts';
import { sameSelection } from './selection.ts';

/** What a piece of evidence points at, lit up where it stands until the person looks at something else. */
export class Spotlight {
  #on = $state.raw<{ selection: Selection; from: Selection; target: EvidenceTarget | null; text: string } | null>(null);

  /** The evidence that is lit up, as a sentence; `null` where none is. */
  get text(): string | null { return this.#on?.text ?? null; }
  /** What was selected before, to go back to. */
  get from(): Selection | null { return this.#on?.from ?? null; }

  /**
   * Turns to a piece of evidence.
   *
   * @returns what to select to see it
   */
  show({ entry, target, text }: Evidence, from: Selection): Selection {
    const selection: Selection = entry.startsWith('#') ? { kind: 'event', seq: Number(entry.slice(1)) } : { kind: 'exchange', id: entry };
    this.#on = { selection, from, target: target ?? null, text };
    return selection;
  }

  off(): void { this.#on = null; }

  /** The person looks at something else: nothing is lit up any more. */
  stayWith(selection: Selection | null): void {
    if (this.#on && !sameSelection(this.#on.selection, selection)) this.#on = null;
  }

  targetIn(selection: Selection): EvidenceTarget | null {
    return this.#on && sameSelection(this.#on.selection, selection) ? this.#on.target : null;
  }
}
