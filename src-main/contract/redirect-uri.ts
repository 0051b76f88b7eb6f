import type { Redirect } from './environment.ts';

/**
 * The redirect URI of an environment as it is registered and sent.
 *
 * @param port the bound port; without it a fixed port of the configuration, or the placeholder `{port}` for "any free port".
 * @see https://www.rfc-editor.org/rfc/rfc8252#section-7.3
 */
export function redirectUriOf(redirect: Redirect, port?: number): string {
  const shown = port ?? redirect.port ?? '{port}';
  return `${redirect.scheme ?? 'http'}://${redirect.host}:${shown}${redirect.path}`;
}
