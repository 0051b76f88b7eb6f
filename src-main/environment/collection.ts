import type { Environment, Result } from '../contract/index.ts';
import { fail, ok } from '../contract/index.ts';
import { exportEnvironment, readEnvironmentFile } from './file.ts';

/** What a file with several environments says it is. */
export const ENVIRONMENTS_FILE_FORMAT = 'grantscope-environments';
export const ENVIRONMENTS_FILE_VERSION = 1;

const MAX_CHARACTERS = 5_000_000;
const MAX_ENVIRONMENTS = 200;

/** Writes one environment as {@link exportEnvironment} does, several as a list of such. Holds no secret. */
export function exportEnvironments(environments: readonly Environment[]): { text: string; leftOut: string[] } {
  const files = environments.map(exportEnvironment);
  const leftOut = files.flatMap((file) => file.leftOut);
  const [only] = files;
  if (only && files.length === 1) return { text: only.text, leftOut };
  const content = { format: ENVIRONMENTS_FILE_FORMAT, version: ENVIRONMENTS_FILE_VERSION, environments: files.map(({ text }) => JSON.parse(text) as unknown) };
  return { text: `${JSON.stringify(content, null, 2)}\n`, leftOut };
}

/**
 * Reads a file with one environment or several. Refused as a whole where any of them does not fit, with its place in `field`: half an
 * import would be a surprise.
 */
export function readEnvironments(text: string): Result<Environment[]> {
  if (text.length > MAX_CHARACTERS) return fail({ code: 'environment-file-too-large', message: `The file has more than ${MAX_CHARACTERS} characters.` });
  const listed = listIn(text);
  if (listed === null) {
    const one = readEnvironmentFile(text);
    return one.ok ? ok([one.value]) : one;
  }
  if (!listed.ok) return listed;
  const environments: Environment[] = [];
  for (const [index, entry] of listed.value.entries()) {
    const read = readEnvironmentFile(JSON.stringify(entry));
    if (!read.ok) return fail({ ...read.problem, message: `Environment ${index + 1}: ${read.problem.message}`, field: ['environments', index, ...(read.problem.field === undefined ? [] : [read.problem.field])].join('.') });
    if (environments.some(({ id }) => id === read.value.id)) return fail({ code: 'environment-file-twice', message: `Environment ${index + 1} has the id of an earlier one in the file.`, field: `environments.${index}.id` });
    environments.push(read.value);
  }
  return ok(environments);
}

/** The entries of a file with several; null where it is something else, which `readEnvironmentFile` judges. */
function listIn(text: string): Result<unknown[]> | null {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('format' in value) || value.format !== ENVIRONMENTS_FILE_FORMAT) return null;
  const [version, entries] = ['version' in value ? value.version : undefined, 'environments' in value ? value.environments : undefined];
  if (version !== ENVIRONMENTS_FILE_VERSION) return fail({ code: 'environment-file-version', message: `version has to be ${ENVIRONMENTS_FILE_VERSION}.`, field: 'version', ...(typeof version === 'number' && version > 1 && { next: 'Use the newer version of Grantscope.' }) });
  const stray = Object.keys(value).find((name) => !['$schema', 'format', 'version', 'environments'].includes(name));
  if (stray !== undefined) return fail({ code: 'environment-file-unknown-member', message: `${stray} is not a member of a file with environments.`, field: stray });
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > MAX_ENVIRONMENTS) return fail({ code: 'invalid-environment', message: `environments has to be a list of 1 to ${MAX_ENVIRONMENTS}.`, field: 'environments' });
  return ok(entries);
}
