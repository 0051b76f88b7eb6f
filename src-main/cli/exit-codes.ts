/** What the process answers with; `--help` lists them. */
export const EXIT = {
  /** Every file was read; refusals found in them are the result, not a failure. */
  done: 0,
  /** The words could not be understood. */
  usage: 64,
  /** At least one file could not be read or holds nothing readable; the others were still done. */
  unreadable: 2,
} as const;

/** The same for `run`. */
export const RUN_EXIT = {
  /** Tokens came, and all that was asked for afterwards went well. */
  tokens: 0,
  /** The provider refused a grant: at the redirect or at the token endpoint, on purpose or not. */
  refused: 1,
  /** Anything else: words not understood, no such environment, no answer, a time limit, Ctrl-C. */
  other: 2,
} as const;
