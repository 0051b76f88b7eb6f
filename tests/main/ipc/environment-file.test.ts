import { describe, expect, it } from 'vitest';
import { ok } from '../../../src-main/contract/index.ts';
import type { Environment, Result } from '../../../src-main/contract/index.ts';
import { EnvironmentStore, newEnvironment } from '../../../src-main/environment/index.ts';
import { EnvironmentTable } from '../../../src-main/history/environment-rows.ts';
import { environmentFileHandlers } from '../../../src-main/ipc/handlers/environment-file.ts';
import type { FilePort } from '../../../src-main/ipc/handlers/export.ts';
import type { Services } from '../../../src-main/services.ts';

const environment = (name: string, issuer: string): Environment => newEnvironment({ name, client: { id: 'client', authMethod: 'none' }, provider: { kind: 'discovery', issuer } });

function started(withSecret: readonly string[] = []) {
  const environments = new EnvironmentStore(new EnvironmentTable(() => undefined));
  const services = { environments, vault: { secretState: async (id: string) => (withSecret.includes(id) ? 'stored' : 'absent') }, keys: { list: async () => [] } } as unknown as Services;
  let file = '';
  const port: FilePort = {
    askPath: async (name) => `/home/ada/${name}`, askText: async () => ok({ fileName: 'a.json', text: file }),
    write: async (_path, chunks) => {
      file = [...chunks].join('');
      return ok(null);
    },
  };
  const handlers = environmentFileHandlers(services, port, async () => undefined);
  return { environments, handlers, file: () => file, give: (text: string) => { file = text; } };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

const staging = environment('Staging', 'https://staging.example');

describe('refuses', () => {
  it('a file opened before the last one, an entry it does not have, a replacement of nothing', async () => {
    const { handlers, environments } = started();
    environments.save(staging);
    await handlers['environment.saveFile']({ environmentIds: [staging.id] });
    const first = valueOf(await handlers['environment.openFile']({}));
    const second = valueOf(await handlers['environment.openFile']({}));
    const keep = async (token = '', index = 0, as: 'new' | 'replace' = 'new') => handlers['environment.keepFile']({ token, choices: [{ index, as }] });
    expect(await keep(first?.token)).toMatchObject({ ok: false, problem: { code: 'import-gone' } });
    expect(await keep(second?.token, 7)).toMatchObject({ ok: false, problem: { code: 'invalid-argument' } });
    environments.remove(staging.id);
    expect(await keep(second?.token, 0, 'replace')).toMatchObject({ ok: false, problem: { code: 'unknown-environment' } });
  });

  it('to replace what was changed since it was shown', async () => {
    const { handlers, environments, give, file } = started();
    environments.save(staging);
    await handlers['environment.saveFile']({ environmentIds: [staging.id] });
    give(file().replace('"Staging"', '"Staging EU"'));
    const opened = valueOf(await handlers['environment.openFile']({}));
    environments.save({ ...staging, scope: 'openid email' });
    expect(await handlers['environment.keepFile']({ token: opened?.token ?? '', choices: [{ index: 0, as: 'replace' }] })).toMatchObject({ ok: false, problem: { code: 'environment-changed' } });
    expect(environments.get(staging.id)).toMatchObject({ name: 'Staging', scope: 'openid email' });
  });

  it('to let a kept secret go to a provider that the file names', async () => {
    const { handlers, environments, give, file } = started([staging.id]);
    environments.save(staging);
    await handlers['environment.saveFile']({ environmentIds: [staging.id] });
    give(file().replace('https://staging.example', 'https://evil.example'));
    const opened = valueOf(await handlers['environment.openFile']({}));
    expect(opened?.entries[0]).toMatchObject({ state: 'conflict', changes: [{ path: 'provider.issuer' }] });
    expect(await handlers['environment.keepFile']({ token: opened?.token ?? '', choices: [{ index: 0, as: 'replace' }] })).toMatchObject({ ok: false, problem: { code: 'secret-would-move' } });
    expect(environments.get(staging.id)?.provider).toEqual(staging.provider);
  });
});

describe('takes in', () => {
  it('several of one file, and changes nothing before that', async () => {
    const { handlers, environments } = started();
    const production = environment('Production', 'https://production.example');
    for (const one of [staging, production]) environments.save(one);
    await handlers['environment.saveFile']({ environmentIds: [staging.id, production.id] });
    environments.save({ ...staging, scope: 'openid email' });
    const opened = valueOf(await handlers['environment.openFile']({}));
    expect(opened?.entries.map(({ state }) => state)).toEqual(['conflict', 'same']);
    expect(environments.get(staging.id)?.scope).toBe('openid email');
    valueOf(await handlers['environment.keepFile']({ token: opened?.token ?? '', choices: [{ index: 0, as: 'replace' }, { index: 1, as: 'new' }] }));
    expect(environments.get(staging.id)).toEqual(staging);
    expect(environments.list().filter(({ name }) => name === 'Production')).toHaveLength(2);
  });

  it('as new what was deleted here, beside what an undo still brings back', async () => {
    const { handlers, environments, give, file } = started();
    environments.save(staging);
    await handlers['environment.saveFile']({ environmentIds: [staging.id] });
    give(file().replace('"Staging"', '"From a colleague"'));
    environments.remove(staging.id);
    const opened = valueOf(await handlers['environment.openFile']({}));
    expect(opened?.entries[0]?.state).toBe('new');
    valueOf(await handlers['environment.keepFile']({ token: opened?.token ?? '', choices: [{ index: 0, as: 'new' }] }));
    expect(valueOf(environments.restore(staging.id))).toEqual(staging);
    expect(environments.list().map(({ name }) => name)).toEqual(expect.arrayContaining(['Staging', 'From a colleague']));
  });
});
