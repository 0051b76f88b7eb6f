/** A token endpoint that answers as it is told, for answers the practice provider never gives. Sign-in stays the practice provider's. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endpointsSchema, formParameters, valueOf } from '../../../src-main/contract/index.ts';
import type { Environment } from '../../../src-main/contract/index.ts';
import type { PracticeProvider } from '../../../src-main/practice/index.ts';

export interface ScriptedAnswer { status: number; body: string; headers?: Record<string, string> }
/** @param parameter of the form that was sent; introspection asks at `/introspect` */
export type Script = (parameter: (name: string) => string | undefined, path: string) => ScriptedAnswer;

export interface ScriptedTokenEndpoint { provider: Environment['provider']; say(script: Script): void; close(): Promise<void> }

export async function scriptedTokenEndpoint({ info }: PracticeProvider, first: Script): Promise<ScriptedTokenEndpoint> {
  let script = first;
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (chunk: string) => { body += chunk; }).on('end', () => {
      const form = formParameters(body);
      const answer = script((name) => valueOf(form, name), request.url ?? '/');
      response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers }).end(answer.body);
    });
  });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endpoints = endpointsSchema.parse({ authorization_endpoint: `${info.issuer}/auth`, token_endpoint: `${origin}/token`, introspection_endpoint: `${origin}/introspect` });
  return {
    provider: { kind: 'manual', endpoints },
    say: (next) => { script = next; },
    close: () => new Promise((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
  };
}
