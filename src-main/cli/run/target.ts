import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Environment, Problem, Result } from '../../contract/index.ts';
import { environmentSchema, fail, ok } from '../../contract/index.ts';
import { readEnvironmentFile } from '../../environment/file.ts';
import { practiceEnvironment } from '../../environment/index.ts';
import type { History } from '../../history/index.ts';
import { isReady, openHistory } from '../../history/index.ts';
import type { Surroundings } from '../read-file.ts';
import { readInput } from '../read-file.ts';
import { CommandVault, noKeychain } from './vault.ts';

/** The environment to run, with the vault and the history its Run goes into. */
export interface Target { environment: Environment; vault: CommandVault; history: History }

export interface TargetOptions {
  target: string;
  /** The client secret from an environment variable; `null` where none was given. */
  secret: string | null;
  /** Remarks that stop nothing. */
  onRemark(problem: Problem): void;
}

/**
 * Finds what a command is to run. A word that ends in `.json` or holds a path separator, and `-`, is a file; any other is the name or id of an
 * environment of the app, or, where the app has none of that name, a file.
 */
export async function openTarget(options: TargetOptions, surroundings: Surroundings): Promise<Result<Target>> {
  const { target } = options;
  if (target === '-' || /\.json$|[/\\]/i.test(target)) return fromFile(options, surroundings);
  const named = await fromDataFolder(options, surroundings);
  if (named.ok || named.problem.code !== 'unknown-environment') return named;
  const path = resolve(surroundings.cwd, target);
  return existsSync(path) && statSync(path).isFile() ? fromFile(options, surroundings) : named;
}

async function fromFile(options: TargetOptions, surroundings: Surroundings): Promise<Result<Target>> {
  const text = await readInput(options.target, surroundings);
  if (!text.ok) return text;
  const read = readEnvironmentFile(text.value);
  return read.ok ? ok(inMemory(read.value, options)) : read;
}

function inMemory(environment: Environment, { secret, onRemark }: TargetOptions): Target {
  // A folder that is not there: nothing is read from it and nothing made in it.
  const folder = join(tmpdir(), `grantscope-none-${randomUUID()}`);
  const vault = new CommandVault(noKeychain, folder, given(environment, secret));
  return { environment, vault, history: openHistory({ folder, vault, onProblem: onRemark }) };
}

const given = (environment: Environment, secret: string | null): { environmentId: string; secret: string } | null =>
  (secret === null ? null : { environmentId: environment.id, secret });

async function fromDataFolder(options: TargetOptions, { dataFolder: folder, keychain }: Surroundings): Promise<Result<Target>> {
  const { target, secret, onRemark } = options;
  if (!existsSync(join(folder, 'history.db'))) {
    // The app has not been started here. What it would begin with can be run all the same.
    const practice = practiceEnvironment();
    return /^practice(?: provider)?$/i.test(target) ? ok(inMemory(practice, options)) : fail(unknownEnvironment(target, [practice.name], folder));
  }
  const keys = new CommandVault(keychain(), folder, null);
  await keys.find();
  const ready = keys.persistent && isReady(folder, keys.sealer().keyId);
  if (!ready) onRemark(notRecorded(keys));
  // The names first: which secret is put before the stored one depends on the environment.
  const history = openHistory({ folder, vault: ready ? keys : { sealer: () => keys.sealer(), persistent: false, subscribe: () => undefined }, onProblem: onRemark });
  const environments = history.environments.all().flatMap((row) => {
    const parsed = environmentSchema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
  const found = choose(environments, target, folder);
  if (!found.ok) {
    history.close();
    return found;
  }
  keys.give(given(found.value, secret));
  return ok({ environment: found.value, vault: keys, history });
}

function choose(environments: readonly Environment[], target: string, folder: string): Result<Environment> {
  const exact = environments.filter(({ id, name }) => id === target || name === target);
  const matching = exact.length > 0 ? exact : environments.filter(({ name }) => name.toLowerCase() === target.toLowerCase());
  const [found, other] = matching;
  if (found === undefined) return fail(unknownEnvironment(target, environments.map(({ name }) => name), folder));
  if (other === undefined) return ok(found);
  return fail({ code: 'ambiguous-environment', message: `${matching.length} environments are named ${JSON.stringify(target)}.`, next: `Name one by its id: ${matching.map(({ id }) => id).join(', ')}` });
}

const unknownEnvironment = (target: string, names: readonly string[], folder: string): Problem => ({
  code: 'unknown-environment', message: `There is no environment named ${JSON.stringify(target.slice(0, 80))}, and no such file.`,
  why: `${folder} has: ${names.map((name) => JSON.stringify(name)).join(', ') || 'none'}.`,
});

function notRecorded(vault: CommandVault): Problem {
  const { problem } = vault.status();
  return {
    code: 'run-not-recorded', message: 'This run is not kept in the history.',
    why: problem?.message ?? 'The saved runs need the app itself: start it once.',
    ...(problem?.next !== undefined && { next: problem.next }),
  };
}
