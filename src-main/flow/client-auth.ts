import type { ClientAuth } from 'oauth4webapi';
import { ClientSecretPost, None } from 'oauth4webapi';
import type { ClientAuthMethod } from '../contract/index.ts';
import { unreachable } from '../contract/index.ts';

/**
 * Client authentication for oauth4webapi by the method's registered name.
 *
 * @param secret plain client secret; ignored by `none`
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function clientAuthentication(method: ClientAuthMethod, secret: string): ClientAuth {
  switch (method) {
    case 'client_secret_basic': return basic(secret);
    case 'client_secret_post': return ClientSecretPost(secret);
    case 'none': return None();
    default: return unreachable(method);
  }
}

/**
 * HTTP Basic with id and secret form-encoded as a browser encodes a form. oauth4webapi's own also escapes `-`, `_` and `.`;
 * servers that forget to decode then see another client id, so we send what nearly every client sends.
 */
function basic(secret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    const credentials = `${formEncoded(client.client_id)}:${formEncoded(secret)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`);
  };
}

/** One value in application/x-www-form-urlencoded, as the URL Standard serialises it. */
export function formEncoded(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1);
}
