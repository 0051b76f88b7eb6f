import type { CompareRule, CompareSource, DifferenceClass } from '../../contract/compare.ts';
import type { Column } from '../input.ts';
import type { Scene } from '../scene.ts';

/** What part of the protocol a row is about: what a cause of a refusal is looked up under. */
export type Topic =
  | 'redirect-uri' | 'pkce' | 'client-auth' | 'client-id' | 'code' | 'code-age' | 'scope' | 'clock' | 'refresh' | 'endpoint' | 'format'
  | 'proof' | 'issuer' | 'resource' | 'assertion' | 'grant-type' | 'response-type' | 'user' | 'connection' | 'limits' | 'parameter';

/** What one column has in one row. */
export interface Fact {
  /** As shown, secrets masked. */
  text: string;
  /** Compared instead of the text, e.g. without white space. */
  as?: string;
  /** For sets. */
  members?: readonly string[];
  /** For lifetimes and durations. */
  milliseconds?: number;
  /** For shapes and lengths, and shown beside the text. */
  reading?: string;
  source?: CompareSource;
}

/** One line of a section in one column. */
export interface Line extends Fact { key: string; label: string; spec: Spec }

/** How differences of one kind of row are found, classed and explained: data, so that a new field is a line in a table. */
export interface Spec {
  rule: CompareRule;
  /** The columns have it, with different content. */
  differs: DifferenceClass;
  /** Some columns have it and others have not. */
  missing: DifferenceClass;
  /** Why it can matter, as the end of a sentence. */
  why?: string;
  section?: string;
  topics?: readonly Topic[];
  /** Where classes and the common sentence do not say enough; `undefined` leaves it to them. */
  judge?: (seen: Seen) => Judged | undefined;
}

/** A row's cells as they are judged: the columns that have this section at all. */
export interface Seen {
  label: string;
  cells: { column: Column; fact: Fact | null }[];
  scene: Scene;
  /** How the contents compare under the rule, where at least two columns have any. */
  found: 'same' | 'alike' | 'different';
}

export interface Judged { difference: DifferenceClass | null; reason?: string; section?: string }
