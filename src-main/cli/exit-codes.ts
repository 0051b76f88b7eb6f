/** What the process answers with; `--help` lists them. */
export const EXIT = {
  /** Every file was read; refusals found in them are the result, not a failure. */
  done: 0,
  /** The words could not be understood. */
  usage: 64,
  /** At least one file could not be read or holds nothing readable; the others were still done. */
  unreadable: 2,
} as const;
