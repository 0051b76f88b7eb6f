import type { Evidence } from '../../contract/diagnosis.ts';
import { acceptedOf, isClientError } from '../case/client.ts';
import { defineCause } from '../cause.ts';
import { atHeader, atParameter } from '../evidence.ts';
import { isReadable } from '../placeholder.ts';

const SOURCE = 'https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1';

export const clientAuthEncoding = defineCause({
  id: 'client_auth_encoding', family: 'client', scope: 'any',
  title: 'The client’s credentials are wrongly encoded in the Authorization header',
  fix: 'Form-encode id and secret each on its own, join them with a colon, encode that in base64, and put “Basic ” before it.',
  tellApart: 'The same credentials in the body (client_secret_post), where the encoding is another.',
  unknowable: 'The Authorization header is not readable here.',
  examine: (c) => {
    if (c.request === null) return [];
    const { basic, basicFault } = c.request.credentials;
    if (basic === null && basicFault === null) return [atParameter(-85, c.request, 'Authorization', 'The client does not authenticate with HTTP Basic.')];
    const found: Evidence[] = [];
    const at = (weight: number, text: string): Evidence => atHeader(isClientError(c) ? weight : Math.min(weight, 15), c.request as NonNullable<typeof c.request>, 'Authorization', text, { source: SOURCE });
    if (basicFault === 'not-base64') found.push(at(84, 'What follows “Basic” is not base64; id and secret stand there as they are.'));
    if (basicFault === 'base64url') found.push(at(74, 'What follows “Basic” is base64url (with - or _); servers read ordinary base64.'));
    if (basicFault === 'no-colon') found.push(at(80, 'The decoded credentials hold no colon between id and secret.'));
    if (basic !== null && isReadable(basic.rawSecret)) {
      const part = /[+]|%(?![0-9a-f]{2})/i.exec(basic.rawSecret) ?? /[+]|%(?![0-9a-f]{2})/i.exec(basic.rawId);
      const encoded = /%[0-9a-f]{2}/i.test(basic.rawSecret);
      if (part && !encoded) found.push(at(66, `The secret holds a bare “${part[0]}” and is not form-encoded: a server that decodes as the specification says reads another secret.`));
      else if (/[^A-Za-z0-9\-._~*]/.test(basic.rawSecret) && !encoded) found.push(at(26, 'The secret holds special characters and is not form-encoded before base64, as the specification asks.'));
      else if (encoded) found.push(at(22, 'The secret is form-encoded before base64, as the specification asks; some servers take it literally.'));
    }
    if (found.length === 0 && acceptedOf(c).some((other) => other.credentials.basic !== null)) found.push(at(-60, 'The server read this client’s Basic header before.'));
    return found.length > 0 ? found : [at(-30, 'The Authorization header is well formed and holds no character that needs encoding.')];
  },
});
