import type { Redirect } from '../../src-main/contract/environment.ts';

/** What to know when registering a loopback redirect, in sentences. */
export function redirectHints(redirect: Redirect): string[] {
  const hints: string[] = [];
  if (redirect.port === null) {
    hints.push('The port is chosen at each run. RFC 8252 §7.3 has providers ignore it for loopback addresses; register the URI without a port, or with any. Where the provider compares it exactly, choose a fixed port.');
  }
  if (redirect.host === 'localhost') {
    hints.push('RFC 8252 §8.3 advises 127.0.0.1 over localhost: the name can resolve to another interface. Many providers treat the two as different URIs, so register exactly this one.');
  } else {
    hints.push('localhost is another URI for the provider: register exactly this one.');
  }
  return hints;
}
