/** Characters of a text that is imported. */
export const IMPORT_TEXT_LIMIT = 64 * 1_048_576;
