// Prints how long after PROBE_SPAWNED (ms since 1970) the first window has painted content; with a path, of that app's window,
// without one, of a bare Electron window with one line of text. Then ends.
import { app, BrowserWindow } from 'electron';
import { pathToFileURL } from 'node:url';

const main = process.env.PROBE_MAIN;
app.on('browser-window-created', (_event, window) => {
  window.webContents.on('dom-ready', async () => {
    // The browser's own record of the moment (W3C Paint Timing): polling of ours would slow what is measured, and a busy main process move it.
    const at = await window.webContents.executeJavaScript(`new Promise((painted) => {
      new PerformanceObserver((list, observer) => {
        const entry = list.getEntriesByName('first-contentful-paint')[0];
        if (entry) { observer.disconnect(); painted(performance.timeOrigin + entry.startTime); }
      }).observe({ type: 'paint', buffered: true });
    })`);
    process.stdout.write(`painted ${Math.round(at - Number(process.env.PROBE_SPAWNED))}\n`, () => app.exit(0));
  });
});

if (main) {
  app.setAppPath?.(process.cwd());
  await import(pathToFileURL(main).href);
} else {
  app.whenReady().then(() => {
    const window = new BrowserWindow({ width: 1280, height: 820, webPreferences: { sandbox: true } });
    void window.loadURL('data:text/html,<!doctype html><title>bare</title><p>A bare window');
  });
}
