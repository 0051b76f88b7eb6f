/** A provider that is known, as something to begin a new environment with. */
export interface Preset {
  id: string;
  name: string;
  /** Where its addresses come from; `null` where no environment can be made, and `why`. */
  how: 'discovery' | 'manual' | null;
  why?: string;
  /** What a person has to fill in, with what it can look like. */
  variables: { name: string; examples: string[] }[];
  /** How to register there and what to expect, each with its source. */
  notes: { about: string; text: string; source: string | null }[];
  docs: string | null;
}
