/** Reasons that several commands share. */
export const NO_RUN = 'No run is open.';
export const BUSY = 'This run is still going on.';
