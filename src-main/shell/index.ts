/**
 * shell/: Electron itself: the window, its protocol and its limits, the tracing browser, the clipboard.
 *
 * For main.ts and ipc/. Refuses navigation, new windows, permissions, downloads, and URLs that are not plain http(s).
 */
export * from './protocol.ts';
export * from './window.ts';
export * from './window-state.ts';
export * from './clipboard.ts';
export * from './files.ts';
export * from './external.ts';
export * from './tracing-browser.ts';
