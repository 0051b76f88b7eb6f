import { randomUUID } from 'node:crypto';
import type { Environment, Problem, Result } from '../contract/index.ts';
import { environmentSchema, fail, ok } from '../contract/index.ts';
import { practiceEnvironment } from './presets.ts';

/** Where environments are kept; rows are checked when they are read, as a file can come from another version. */
export interface EnvironmentRows {
  /** Every row that is not removed, in the order of the list. */
  all(): unknown[];
  /** Adds or replaces by id. */
  put(config: Environment): void;
  /** Takes a row out of `all`, so that `restore` can bring it back. */
  remove(id: string): void;
  /** Brings a removed row back and returns it; `null` where there is none. */
  restore(id: string): unknown | null;
  /** Whether there is a row of this id, removed or not. */
  holds(id: string): boolean;
}

/** The longest name the schema allows. */
const NAME = 80;

/**
 * The environments of this person. Holds no secret: those are in the vault under the environment's id.
 * A store without any environment gets the practice provider, so that a newcomer has something to run.
 */
export class EnvironmentStore {
  readonly #rows: EnvironmentRows;
  #seeded = false;

  constructor(rows: EnvironmentRows) {
    this.#rows = rows;
  }

  /** All environments that can be read; a row that cannot stays where it is and is named by `damaged`. */
  list(): Environment[] {
    return this.#read().flatMap((row) => (row.success ? [row.data] : []));
  }

  /** One problem for each row that does not fit the schema. */
  damaged(): Problem[] {
    return this.#read().flatMap((row) => (row.success ? [] : [{
      code: 'environment-unreadable', message: 'A stored environment cannot be read.', why: issueText(row.error.issues[0]),
      next: 'It was left as it is; a newer version of Grantscope may be able to read it.',
    }]));
  }

  get(id: string): Environment | null {
    return this.list().find((environment) => environment.id === id) ?? null;
  }

  /** Whether the id belongs to an environment already, be it one whose removal can still be undone. */
  isTaken(id: string): boolean {
    return this.#rows.holds(id);
  }

  /** Checks and keeps a configuration, new or changed. A refusal names the `field` by its path, e.g. `redirect.port`. */
  save(config: unknown): Result<Environment> {
    const parsed = environmentSchema.safeParse(config);
    if (!parsed.success) return fail(problemOf(parsed.error.issues[0]));
    if (parsed.data.provider.kind !== 'practice' && parsed.data.client.id.trim() === '') {
      return fail({ code: 'client-id-missing', message: 'Enter the client id.', why: 'Every authorization request names its client (RFC 6749 §4.1.1).', field: 'client.id' });
    }
    // A first start must not put the practice provider behind what was saved before the list was ever asked for.
    this.#read();
    this.#rows.put(parsed.data);
    return ok(parsed.data);
  }

  /** A copy with an id and a name of its own. */
  duplicate(id: string): Result<Environment> {
    const original = this.get(id);
    if (!original) return fail(unknown);
    const copy = { ...original, id: randomUUID(), name: freeName(original.name, new Set(this.list().map(({ name }) => name))) };
    this.#rows.put(copy);
    return ok(copy);
  }

  remove(id: string): Result<null> {
    if (!this.get(id)) return fail(unknown);
    this.#rows.remove(id);
    return ok(null);
  }

  restore(id: string): Result<Environment> {
    const row = this.#rows.restore(id);
    if (row === null) return fail({ ...unknown, message: 'There is no removed environment of this id.' });
    const parsed = environmentSchema.safeParse(row);
    return parsed.success ? ok(parsed.data) : fail({ code: 'environment-unreadable', message: 'The environment was brought back but cannot be read.', why: issueText(parsed.error.issues[0]) });
  }

  #read(): ReturnType<typeof environmentSchema.safeParse>[] {
    let rows = this.#rows.all();
    if (rows.length === 0 && !this.#seeded) {
      this.#rows.put(practiceEnvironment());
      rows = this.#rows.all();
    }
    this.#seeded = true;
    return rows.map((row) => environmentSchema.safeParse(row));
  }
}

const unknown: Problem = { code: 'unknown-environment', message: 'There is no such environment.' };

interface Issue { path: PropertyKey[]; message: string }

function problemOf(issue: Issue | undefined): Problem {
  const field = issue?.path.map(String).join('.') ?? '';
  return { code: 'invalid-environment', message: issue?.message ?? 'The environment does not fit its schema.', ...(field !== '' && { field }) };
}

function issueText(issue: Issue | undefined): string {
  return issue ? `${issue.path.map(String).join('.') || 'The row'}: ${issue.message}` : 'It does not fit the schema.';
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const base = name.replace(/ copy(?: \d+)?$/, '');
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? ' copy' : ` copy ${number}`;
    const candidate = `${[...base].slice(0, NAME - suffix.length).join('').slice(0, NAME - suffix.length).toWellFormed()}${suffix}`;
    if (!taken.has(candidate)) return candidate;
  }
}
