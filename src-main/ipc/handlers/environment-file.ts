import { randomUUID } from 'node:crypto';
import type { Environment, Problem } from '../../contract/index.ts';
import { fail, ok } from '../../contract/index.ts';
import { changesProvider, compareEnvironments } from '../../environment/changes.ts';
import { exportEnvironments, readEnvironments } from '../../environment/collection.ts';
import type { Services } from '../../services.ts';
import type { Handlers } from '../channels.ts';
import type { FilePort } from './export.ts';

interface Held { token: string; found: { environment: Environment; existing: Environment | null }[] }

/** Environments to and from files without secrets. Nothing is overwritten but what was shown and chosen. */
export function environmentFileHandlers(
  services: Services, files: FilePort, onChange: () => Promise<void>,
): Pick<Handlers, 'environment.saveFile' | 'environment.openFile' | 'environment.keepFile'> {
  const { environments, vault, keys } = services;
  let held: Held | null = null;

  const hasSecrets = async (id: string): Promise<boolean> => (await vault.secretState(id)) !== 'absent' || (await keys.list(id)).length > 0;

  /** What stands in the way of one choice; null where nothing does. */
  const obstacle = async ({ environment, existing }: Held['found'][number], as: 'new' | 'replace'): Promise<Problem | null> => {
    if (as === 'new') return null;
    const now = existing && environments.get(existing.id);
    if (!existing || !now) return { code: 'unknown-environment', message: `There is no environment that “${environment.name}” could replace.` };
    if (JSON.stringify(now) !== JSON.stringify(existing)) return { code: 'environment-changed', message: `“${existing.name}” was changed since the file was opened.`, next: 'Open the file again to see what would change now.' };
    if (changesProvider(existing, environment) && await hasSecrets(existing.id)) {
      return {
        code: 'secret-would-move', message: `“${existing.name}” keeps a secret for its present provider and client; the file names another.`,
        why: 'The secret would be sent to whatever the file names.', next: 'Take it in as a new environment, or remove the secret first.',
      };
    }
    return null;
  };

  return {
    'environment.saveFile': async ({ environmentIds }) => {
      const chosen = environments.list().filter(({ id }) => environmentIds.includes(id));
      const [first] = chosen;
      if (!first || chosen.length !== environmentIds.length) return fail({ code: 'unknown-environment', message: 'There is no such environment.' });
      const { text, leftOut } = exportEnvironments(chosen);
      const plain = first.name.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').toLowerCase() || 'environment';
      const path = await files.askPath(chosen.length === 1 ? `${plain}.grantscope.json` : 'environments.grantscope.json');
      if (path === null) return ok({ path: null, leftOut: [] });
      const written = await files.write(path, [text], { encoding: 'utf8', secret: false });
      return written.ok ? ok({ path, leftOut }) : written;
    },
    'environment.openFile': async () => {
      const opened = await files.askText();
      if (opened === null) return ok(null);
      if (!opened.ok) return opened;
      const read = readEnvironments(opened.value.text);
      if (!read.ok) return read;
      const compared = compareEnvironments(read.value, environments.list());
      held = { token: randomUUID(), found: compared.map(({ existing, entry }) => ({ environment: read.value[entry.index] as Environment, existing })) };
      return ok({ token: held.token, fileName: opened.value.fileName, entries: compared.map(({ entry }) => entry) });
    },
    'environment.keepFile': async ({ token, choices }) => {
      if (held?.token !== token) return fail({ code: 'import-gone', message: 'Another file was opened since.', next: 'Open the file again.' });
      const chosen = choices.map(({ index, as }) => ({ as, one: held?.found[index] }));
      // All are judged before one is kept.
      for (const { as, one } of chosen) {
        const problem: Problem | null = one ? await obstacle(one, as) : { code: 'invalid-argument', message: 'The file has no such environment.' };
        if (problem) return fail(problem);
      }
      let last: Environment | null = null;
      for (const { as, one } of chosen) {
        if (!one) continue;
        const taken = environments.isTaken(one.environment.id) || await hasSecrets(one.environment.id);
        const id = as === 'replace' ? (one.existing?.id ?? one.environment.id) : taken ? randomUUID() : one.environment.id;
        const saved = environments.save({ ...one.environment, id });
        if (!saved.ok) return saved;
        last = saved.value;
      }
      held = null;
      await onChange();
      return ok({ kept: chosen.length, environmentId: last?.id ?? null });
    },
  };
}
