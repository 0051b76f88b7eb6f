import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Environment, KeySource } from '../../../../src-main/contract/index.ts';
import { commandSchemas, environmentSchema } from '../../../../src-main/contract/index.ts';
import type { KeyKeeper } from '../../../../src-main/flow/index.ts';
import { EnvironmentKeys } from '../../../../src-main/flow/index.ts';

/** A keeper that remembers what it was given. */
function keeper(): KeyKeeper & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: (id, use) => ({ ok: true, value: kept.has(`${id} ${use}`) ? { expose: () => kept.get(`${id} ${use}`) ?? '' } : null }),
    set: (id, use, value) => { kept.set(`${id} ${use}`, value); return { ok: true, value: null }; },
    state: (id, use) => (kept.has(`${id} ${use}`) ? 'stored' : 'absent'),
    delete: (id, use) => { kept.delete(`${id} ${use}`); return { ok: true, value: null }; },
  };
}

const id = randomUUID();
const generate: KeySource = { source: 'generate', use: 'signing', alg: 'ES256' };

async function prepared(keys: EnvironmentKeys, source: KeySource = generate) {
  const made = await keys.prepare(source);
  if (!made.ok) throw new Error(made.problem.message);
  return made.value;
}

describe('keys of environments, refused', () => {
  it('a prepared key is kept once, for the use it was made for, and not after it was forgotten', async () => {
    const keys = new EnvironmentKeys(keeper());
    const { prepared: first } = await prepared(keys);
    expect(keys.apply(id, [{ action: 'set', use: 'dpop', prepared: first }])).toMatchObject({ ok: false, problem: { code: 'key-forgotten' } });
    expect(keys.apply(id, [{ action: 'set', use: 'signing', prepared: first }]).ok).toBe(true);
    expect(keys.apply(id, [{ action: 'set', use: 'signing', prepared: first }])).toMatchObject({ ok: false, problem: { code: 'key-forgotten' } });
    const { prepared: old } = await prepared(keys);
    for (let made = 0; made < 16; made += 1) await prepared(keys);
    expect(keys.apply(id, [{ action: 'set', use: 'signing', prepared: old }]).ok).toBe(false);
  });

  it('what the keeper holds and is no key', async () => {
    const kept = keeper();
    kept.set(id, 'signing', '{"privateKey":1}');
    expect(new EnvironmentKeys(kept).clientKey(id)).toMatchObject({ ok: false, problem: { code: 'key-unreadable' } });
    expect(await new EnvironmentKeys(kept).list(id)).toContainEqual({ use: 'signing', state: 'failed', view: null });
  });

  it('a locked keychain is not an absent key', async () => {
    const locked: KeyKeeper = { ...keeper(), get: () => ({ ok: false, problem: { code: 'keychain-locked', message: 'Locked.' } }), state: () => 'locked' };
    expect((await new EnvironmentKeys(locked).list(id)).map(({ state }) => state)).toEqual(['locked', 'locked', 'locked']);
    expect(await new EnvironmentKeys(locked).proofKey(id, 'ES256')).toMatchObject({ ok: false, problem: { code: 'keychain-locked' } });
  });

  it('a private key has no place in a configuration', () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const config = (certificate: string): unknown => ({
      id, name: 'x', provider: { kind: 'discovery', issuer: 'https://as.example' }, client: { id: 'c', authMethod: 'tls_client_auth' }, scope: '',
      redirect: { host: '127.0.0.1', port: null, path: '/' }, pkce: 'S256', clientAuth: { certificate, key: pem },
    });
    expect(environmentSchema.safeParse(config(pem)).success).toBe(false);
    expect(commandSchemas['environment.save'].safeParse({ config: config(pem), secret: { action: 'keep' } }).success).toBe(false);
    const parsed = environmentSchema.safeParse(config('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'));
    expect((parsed.data as Environment).clientAuth).not.toHaveProperty('key');
  });
});

describe('keys of environments, kept', () => {
  it('tells the public side alone, and makes nothing before the environment is saved', async () => {
    const kept = keeper();
    const keys = new EnvironmentKeys(kept);
    const made = await prepared(keys);
    expect(kept.kept.size).toBe(0);
    keys.apply(id, [{ action: 'set', use: 'signing', prepared: made.prepared }]);
    expect(await keys.list(id)).toEqual([
      { use: 'signing', state: 'stored', view: made.view }, { use: 'certificate', state: 'absent', view: null }, { use: 'dpop', state: 'absent', view: null },
    ]);
    const key = keys.clientKey(id);
    const d = key.ok ? key.value?.jwk.d : undefined;
    expect(d).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(made)).not.toContain(d);
    expect(JSON.stringify(made)).not.toContain('PRIVATE KEY');
  });

  it('the configured certificate stands before the one the key came with', async () => {
    const keys = new EnvironmentKeys(keeper());
    const made = await prepared(keys, { source: 'generate', use: 'certificate', alg: 'ES256', name: 'client' });
    expect(keys.certificate(id, 'PEM')).toEqual({ ok: true, value: null });
    keys.apply(id, [{ action: 'set', use: 'certificate', prepared: made.prepared }]);
    expect(keys.certificate(id, 'PEM')).toMatchObject({ value: { cert: 'PEM' } });
    expect(keys.certificate(id, undefined)).toMatchObject({ value: { cert: made.view.certificate?.pem } });
  });

  it('a key for proofs is made once; a copy of the environment has the same keys; a cleared one is gone', async () => {
    const keys = new EnvironmentKeys(keeper());
    const first = await keys.proofKey(id, 'ES256');
    expect(await keys.proofKey(id, 'ES256')).toEqual(first);
    const copy = randomUUID();
    keys.copy(id, copy);
    expect(await keys.proofKey(copy, 'ES256')).toEqual(first);
    keys.apply(id, [{ action: 'clear', use: 'dpop' }]);
    expect(await keys.proofKey(id, 'ES256')).not.toEqual(first);
  });
});
