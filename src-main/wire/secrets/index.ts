/**
 * wire/secrets/: where the secrets of a Run are.
 *
 * One {@link SecretBook} per Run learns them from the raw events (by OAuth's own names and places, not by guessing at
 * randomness) and gives copies in which every secret is a marker (contract/marker.ts). `ipc/` masks with it what goes to the
 * window; `export/` gets its list. It must not be given to anything outside the main process. It refuses a key too short
 * to keep fingerprints from being guessed.
 */
export { SecretBook } from './book.ts';
