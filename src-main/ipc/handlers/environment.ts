import type { EnvironmentView, Environment } from '../../contract/index.ts';
import { fail, ok } from '../../contract/index.ts';
import { discover, environmentFor, manualMetadata, presetsFrom } from '../../environment/index.ts';
import { knownProviders, setupFindings } from '../../setup-findings.ts';
import type { Services } from '../../services.ts';
import type { Handlers } from '../channels.ts';

type Names = Exclude<Extract<keyof Handlers, `environment.${string}`>, `environment.${string}File`>;

/** Environments: the configuration in history's table, the secret in the vault, never one with the other. */
export function environmentHandlers(services: Services, onChange: () => Promise<void>): Pick<Handlers, Names> {
  const { environments, vault } = services;
  const viewOf = async (config: Environment): Promise<EnvironmentView> => ({ config, clientSecret: await vault.secretState(config.id) });
  return {
    'environment.list': async () => ok(await Promise.all(environments.list().map(viewOf))),
    'environment.save': async ({ config, secret, keys = [] }) => {
      // The secret first: an environment that says "stored" without one would be a lie.
      if (secret.action === 'set') {
        const stored = await vault.setSecret(config.id, secret.value);
        if (!stored.ok) return { ok: false, problem: { ...stored.problem, field: 'client.secret' } };
      }
      if (secret.action === 'clear') {
        const cleared = await vault.deleteSecret(config.id);
        if (!cleared.ok) return { ok: false, problem: { ...cleared.problem, field: 'client.secret' } };
      }
      const kept = services.keys.apply(config.id, keys);
      if (!kept.ok) return { ok: false, problem: { field: 'clientAuth.key', ...kept.problem } };
      const saved = environments.save(config);
      if (!saved.ok) return saved;
      await onChange();
      return ok(await viewOf(saved.value));
    },
    'environment.duplicate': async ({ environmentId }) => {
      const copy = environments.duplicate(environmentId);
      if (!copy.ok) return copy;
      const secret = await vault.getSecret(environmentId);
      if (secret.ok && secret.value) await vault.setSecret(copy.value.id, secret.value.expose());
      services.keys.copy(environmentId, copy.value.id);
      await onChange();
      return ok(await viewOf(copy.value));
    },
    'environment.remove': async ({ environmentId }) => {
      // The secret stays in the keychain while the deletion can be undone; both go for good a week later.
      const removed = environments.remove(environmentId);
      if (!removed.ok) return removed;
      await onChange();
      return ok(null);
    },
    'environment.restore': async ({ environmentId }) => {
      const restored = environments.restore(environmentId);
      if (!restored.ok) return restored;
      await onChange();
      return ok(await viewOf(restored.value));
    },
    'environment.presets': async () => ok(presetsFrom(knownProviders())),
    'environment.fromPreset': async ({ presetId, values }) => {
      const provider = knownProviders().find(({ id }) => id === presetId);
      return provider ? environmentFor(provider, values) : fail({ code: 'unknown-preset', message: 'There is no such provider in the list.' });
    },
    'environment.check': async ({ config, discover: fetch, metadata: known }) => {
      const found = fetch && config.provider.kind === 'discovery' ? await discover(config.provider.issuer, services.fetcher(config)) : null;
      if (found?.ok === false) return found;
      const metadata = found?.value.metadata ?? (config.provider.kind === 'manual' ? manualMetadata(config.provider.endpoints) : (known ?? null));
      const { findings, provider } = setupFindings(config, metadata, await vault.secretState(config.id));
      return ok({ findings: [...(found?.value.findings ?? []), ...findings], provider, metadataUrl: found?.value.url ?? null });
    },
    'environment.discover': async ({ issuer, trust }) => {
      const found = await discover(issuer, services.fetcher({ trust, limits: { browser: 300, request: 30 } }));
      if (!found.ok) return found;
      const { metadata, url, findings } = found.value;
      return ok({ metadata, url, findings });
    },
  };
}
