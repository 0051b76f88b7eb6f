/** What the app can be told in place of opening its window. */
const first: ReadonlySet<string> = new Set(['diagnose', 'run', 'help', '--help', '-h']);

/** Chromium's, set by whoever starts the app on a server or as root; the commands do not know them. */
const chromium = /^--(?:no-sandbox|disable-gpu|headless|enable-logging|user-data-dir=.*|ozone-platform(?:-hint)?=.*|force-device-scale-factor=.*|remote-debugging-port=.*)$/s;

/**
 * The words of a command among the arguments of the app; `null` where it is to open its window.
 *
 * @param argv `process.argv` of Electron's main process
 * @param packaged whether the app is a release; else its path or main file stands among the arguments
 */
export function commandWords(argv: readonly string[], packaged: boolean): string[] | null {
  const words = argv.slice(1).filter((word) => !chromium.test(word));
  if (!packaged) {
    const path = words.findIndex((word) => word.startsWith('--app=') || !word.startsWith('-'));
    if (path !== -1) words.splice(path, 1);
  }
  const start = words.findIndex((word) => !word.startsWith('-') || first.has(word));
  const word = words[start];
  return word !== undefined && first.has(word) ? words.slice(start) : null;
}
