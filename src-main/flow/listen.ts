import type { Result } from '../contract/index.ts';
import { ok } from '../contract/index.ts';
import type { CallbackEvent, Receiver } from '../receiver/index.ts';
import { openReceiver } from '../receiver/index.ts';
import { decrypted } from '../token/index.ts';
import type { FlowContext } from './context.ts';
import { expectedIssuer } from './context.ts';
import { makeLocalCertificate } from './local-certificate.ts';
import { expectedMode } from './parameters.ts';

/**
 * Opens the redirect listener for one answer in the response mode that was asked for.
 *
 * @param state as it will be sent; empty where a person sends an empty one, which no server gives back
 */
export async function listenFor(context: FlowContext, state: string, onCallback: (callback: CallbackEvent) => void): Promise<Result<Receiver>> {
  const mode = expectedMode(context.environment);
  const issuer = expectedIssuer(context);
  const certificate = context.environment.redirect.scheme === 'https' ? await context.ports.localCertificate?.() ?? ok(makeLocalCertificate()) : null;
  if (certificate?.ok === false) return certificate;
  return openReceiver({
    redirect: context.environment.redirect,
    ...(certificate && { certificate: certificate.value }),
    expected: {
      ...(state !== '' && { state }),
      ...(issuer !== null && { issuer }),
      issuerRequired: context.recorder.state.metadata?.metadata['authorization_response_iss_parameter_supported'] === true,
      formPost: mode.startsWith('form_post'),
      fragment: mode.startsWith('fragment'),
    },
    onCallback,
    decrypt: async (jwe) => {
      // A locked vault must not end the listener: the answer then stays unread, and is recorded so.
      const key = await context.client.signingKey?.().catch(() => null) ?? null;
      return key === null ? null : decrypted(jwe, [key.jwk]);
    },
  });
}
