import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { accountOf } from './accounts.ts';
import { notePage, pageHeaders } from './page.ts';
import { signInPage } from './sign-in-page.ts';

const BODY_LIMIT = 4096;
export const INTERACTION_PATH = '/interaction/';

type Details = Awaited<ReturnType<Provider['interactionDetails']>>;

/**
 * Answers the sign-in page (GET) and what was pressed there (POST). The interaction is known by a cookie that belongs to this one address,
 * so a link to somebody else's sign-in shows nothing.
 */
export async function interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const details = await provider.interactionDetails(request, response).catch(() => null);
  if (!details || request.url !== `${INTERACTION_PATH}${details.uid}`) {
    send(response, 400, notePage('This sign-in is over', 'It was finished already, took too long, or belongs to another browser.', 'Start it again from Grantscope.'));
    return;
  }
  if (request.method === 'GET') {
    send(response, 200, signInPage({
      clientId: parameter(details, 'client_id'), redirectUri: parameter(details, 'redirect_uri'), scope: parameter(details, 'scope'),
      current: details.session?.accountId,
    }));
    return;
  }
  const form = request.method === 'POST' ? await formOf(request) : null;
  const account = accountOf(form?.get('account') ?? undefined);
  const decision = form?.get('decision');
  if (decision === 'deny') {
    await provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'The person pressed Deny' }, { mergeWithLastSubmission: false });
  } else if (decision === 'continue' && account) {
    await provider.interactionFinished(request, response, await granted(provider, details, account.id), { mergeWithLastSubmission: false });
  } else {
    send(response, 400, notePage('Nothing was chosen', 'Go back, choose an account and press Continue or Deny.'));
  }
}

/** The person's yes: signed in where they were not (or as somebody else), and every scope that was asked for granted. */
async function granted(provider: Provider, details: Details, accountId: string) {
  const grant = new provider.Grant({ accountId, clientId: parameter(details, 'client_id') });
  const scope = parameter(details, 'scope');
  if (scope !== '') grant.addOIDCScope(scope);
  const consent = { grantId: await grant.save() };
  const signedIn = details.prompt.name !== 'login' && details.session?.accountId === accountId;
  return signedIn ? { consent } : { login: { accountId, amr: ['user'] }, consent };
}

function parameter(details: Details, name: string): string {
  const value = details.params[name];
  return typeof value === 'string' ? value : '';
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > BODY_LIMIT) return null;
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Length': Buffer.byteLength(html) }).end(html);
}
