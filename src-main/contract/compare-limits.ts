// Apart from the schemas: the window needs these from its first moment, and no schema library for them.

/** How many columns a comparison has. */
export const COMPARE_MIN = 2;
export const COMPARE_MAX = 4;
