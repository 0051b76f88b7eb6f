/** Waits; a signal ends it early. Never rejects. */
export function pause(milliseconds: number, cancel: AbortSignal): Promise<void> {
  return new Promise((over) => {
    const timer = setTimeout(end, milliseconds);
    function end(): void {
      clearTimeout(timer);
      cancel.removeEventListener('abort', end);
      over();
    }
    cancel.addEventListener('abort', end, { once: true });
    if (cancel.aborted) end();
  });
}
