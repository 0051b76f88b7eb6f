/** One of several things a command can be done to or with; the palette asks for it in a second step. */
export interface Choice { id: string; title: string; about?: string; /** Why it cannot be chosen now. */ disabled?: string; run: () => void }

/** What a command of the list does. */
export interface Action {
  /** Why it cannot be done now; `null` where it can. */
  whyNot?: () => string | null;
  /** What can be chosen. With one choice that is taken at once. */
  choices?: () => Choice[];
  run: () => void;
}
