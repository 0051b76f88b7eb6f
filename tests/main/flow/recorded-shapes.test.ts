import { afterEach, describe, expect, it } from 'vitest';
import { decodeJwt } from '../../../src-main/contract/index.ts';
import { play } from '../../support/featured/play.ts';
import type { Recorded, Shapes } from '../../support/featured/recorded.ts';
import { startRecorded } from '../../support/featured/recorded.ts';

let server: Recorded | null = null;
const start = async (shapes: Shapes): Promise<Recorded> => (server = await startRecorded(shapes));
afterEach(async () => { await server?.close(); });

const jwt = (header: object, claims: object): string => `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.c2ln`;
const state = (asked: URLSearchParams): string => asked.get('state') ?? '';

describe('shapes of other servers', () => {
  it('an access token of the provider\'s own kind (typ JWT, as Keycloak sends it) gets verdicts and blocks nothing, strict or not', async () => {
    const token = jwt({ alg: 'RS256', typ: 'JWT', kid: 'k' }, { iss: 'https://other.example/realms/x', azp: 'client', exp: 1, aud: 'account' });
    const keycloak = await start({ tokens: { access_token: token, token_type: 'Bearer' } });
    const run = await play(keycloak, { strict: true, scope: 'profile' });
    expect(run.steps()).toEqual(['discover: ok', 'authorize: ok', 'receive: ok', 'exchange: ok', 'validate: ok']);
    const verdicts = run.of('token-checked')[0]?.verdicts ?? [];
    expect(verdicts.find(({ check }) => check === 'typ')).toMatchObject({ outcome: 'not-checked', found: 'JWT' });
    expect(verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)).toEqual(['key', 'iss', 'exp']);
    expect(run.of('flow-ended')[0]?.outcome).toBe('ok');
  });

  it('an opaque access token is not looked into', async () => {
    const run = await play(await start({}), { scope: 'profile' });
    expect(run.steps().at(-1)).toBe('exchange: ok');
    expect(run.of('token-checked')).toEqual([]);
  });

  it('a JARM answer sent without being asked for is read, its failed checks reported, and its code redeemed', async () => {
    const recorded = await start({ redirect: (asked) => ({ query: { response: jwt({ alg: 'RS256' }, { iss: 'https://other.example', aud: 'other', code: 'CANARY-code-jarm', state: state(asked) }) } }) });
    const run = await play(recorded, { scope: 'profile' });
    expect(run.of('callback-received')[0]).toMatchObject({ verdict: 'accepted', jarm: true });
    expect(run.of('response-checked')[0]?.verdicts.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check)).toEqual(['key', 'iss', 'aud', 'exp']);
    expect(run.steps().at(-1)).toBe('exchange: ok');
    expect(decodeJwt(run.of('callback-received')[0]?.parameters[0]?.value ?? '').claims).toMatchObject({ aud: 'other' });
  });

  it('an error inside a JARM answer is the provider\'s error', async () => {
    const recorded = await start({ redirect: (asked) => ({ query: { response: jwt({ alg: 'none' }, { error: 'access_denied', error_description: 'no', state: state(asked) }) } }) });
    expect((await play(recorded)).of('callback-received')[0]).toMatchObject({ verdict: 'accepted-error', error: { error: 'access_denied', description: 'no' } });
  });
});
