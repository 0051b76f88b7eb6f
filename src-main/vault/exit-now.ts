/**
 * Ends the process, also while a keychain call hangs: that call holds a thread of libuv's pool, and an ordinary exit waits for all of them,
 * so the window would be gone and the process stay. Everything that must be on disk has to be there before.
 */
export function exitNow(vault: { readonly stuck: boolean }, code: number): void {
  if (vault.stuck) process.kill(process.pid, 'SIGKILL');
  else process.exit(code);
}
