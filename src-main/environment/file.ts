import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Environment, Problem, Result } from '../contract/index.ts';
import { environmentSchema, fail, ok, secretKindOf } from '../contract/index.ts';

/** What the file says it is, and in which version. A change that an older Grantscope would misread is a new version. */
export const ENVIRONMENT_FILE_FORMAT = 'grantscope-environment';
export const ENVIRONMENT_FILE_VERSION = 1;

/** Far beyond any real one. */
const MAX_CHARACTERS = 1_000_000;

const { shape } = environmentSchema;

/**
 * An environment as a file: what `environmentSchema` holds, with defaults for all but the name and the provider. Never holds a secret.
 * Practice environments need no client id; `readEnvironmentFile` asks all others for theirs.
 */
export const environmentFileSchema = environmentSchema.extend({
  $schema: z.string().max(2048).optional(),
  format: z.literal(ENVIRONMENT_FILE_FORMAT),
  version: z.literal(ENVIRONMENT_FILE_VERSION),
  id: shape.id.optional(),
  client: z.object({ ...shape.client.shape, id: shape.client.shape.id.default(''), authMethod: shape.client.shape.authMethod.default('client_secret_basic') })
    .default({ id: '', authMethod: 'client_secret_basic' }),
  scope: shape.scope.default('openid'),
  redirect: z.object({
    ...shape.redirect.shape,
    host: shape.redirect.shape.host.default('127.0.0.1'), port: shape.redirect.shape.port.default(null), path: shape.redirect.shape.path.default('/callback'),
  }).default({ host: '127.0.0.1', port: null, path: '/callback' }),
  pkce: shape.pkce.default('S256'),
});

/** The JSON Schema of the file (draft 2020-12), for editors. Kept in docs/environment.schema.json. */
export function environmentFileJsonSchema(): string {
  const schema = z.toJSONSchema(environmentFileSchema, { io: 'input' });
  return `${JSON.stringify({ ...schema, title: 'Grantscope environment', description: 'One OAuth client registration at one provider, without its secret.' }, null, 2)}\n`;
}

/** A file's text, and the names of extra parameters that were left out because their values are secrets. */
export interface ExportedEnvironment { text: string; leftOut: string[] }

/** Writes an environment as JSON that is readable, stable line by line and free of secrets, so that it can be kept in version control. */
export function exportEnvironment(environment: Environment): ExportedEnvironment {
  const leftOut: string[] = [];
  const harmless = (list: Environment['tokenParameters']): Environment['tokenParameters'] => list.filter(({ name }) => {
    const secret = secretKindOf(name) !== undefined;
    if (secret) leftOut.push(name);
    return !secret;
  });
  // Only what the schema knows is written, in its order.
  const { id, name, ...rest } = environmentSchema.parse(environment);
  const content = {
    format: ENVIRONMENT_FILE_FORMAT, version: ENVIRONMENT_FILE_VERSION, id, name, ...rest,
    authorizationParameters: harmless(rest.authorizationParameters), tokenParameters: harmless(rest.tokenParameters),
  };
  return { text: `${JSON.stringify(content, null, 2)}\n`, leftOut };
}

/**
 * Reads an environment from a file's text. Refused with the member in `field`: what is no JSON, no file of ours, of a newer version,
 * does not fit, is not known, or is a secret.
 */
export function readEnvironmentFile(text: string): Result<Environment> {
  if (text.length > MAX_CHARACTERS) return fail(refused('environment-file-too-large', `The file has more than ${MAX_CHARACTERS} characters.`));
  const json = parse(text);
  if (!json.ok) return json;
  const mark = checkMark(json.value);
  if (mark) return fail(mark);
  const parsed = environmentFileSchema.safeParse(json.value);
  const secret = secretIn(json.value, '');
  if (secret !== null) return fail(secretProblem(secret));
  if (!parsed.success) return fail(misfit(parsed.error.issues[0]));
  const stray = unknownMember(json.value, parsed.data, '');
  if (stray !== null) return fail({ ...refused('environment-file-unknown-member', `${stray} is not a member of an environment.`), why: 'A misspelt member would silently do nothing.', field: stray });
  const { $schema: _schema, format: _format, version: _version, id = randomUUID(), ...environment } = parsed.data;
  if (environment.provider.kind !== 'practice' && environment.client.id.trim() === '') {
    return fail({ ...refused('client-id-missing', 'client.id is missing.'), why: 'Every authorization request names its client (RFC 6749 §4.1.1).', field: 'client.id' });
  }
  return ok({ id, ...environment });
}

function parse(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch (error) {
    // V8's message may quote the text; the position is what helps.
    const place = error instanceof Error ? /line (\d+) column (\d+)|position (\d+)/.exec(error.message) : null;
    const where = place?.[1] !== undefined ? ` at line ${place[1]}, column ${place[2]}` : place?.[3] !== undefined ? ` at character ${place[3]}` : '';
    return fail(refused('environment-file-no-json', `The file is not JSON: it cannot be read${where || ' to its end'}.`));
  }
}

function checkMark(value: unknown): Problem | null {
  if (!isObject(value)) return refused('environment-file-foreign', 'The file does not hold a JSON object.');
  if (value['format'] !== ENVIRONMENT_FILE_FORMAT) {
    return { ...refused('environment-file-foreign', `The file does not say "format": "${ENVIRONMENT_FILE_FORMAT}".`), why: 'It is not an exported environment.', field: 'format' };
  }
  const { version } = value;
  if (version === ENVIRONMENT_FILE_VERSION) return null;
  return typeof version === 'number' && version > ENVIRONMENT_FILE_VERSION
    ? { ...refused('environment-file-newer', `The file has version ${version}, this Grantscope reads up to ${ENVIRONMENT_FILE_VERSION}.`), next: 'Use the newer version of Grantscope.', field: 'version' }
    : { ...refused('environment-file-version', `version has to be ${ENVIRONMENT_FILE_VERSION}.`), field: 'version' };
}

/** The path of the first member that is named like a secret or carries one; `null` where there is none. */
function secretIn(value: unknown, path: string): string | null {
  if (Array.isArray(value)) return first(value.map((item: unknown, index) => [`${path}.${index}`, item] as const), secretIn);
  if (!isObject(value)) return null;
  const { name } = value;
  if (path !== '' && typeof name === 'string' && typeof value['value'] === 'string' && value['value'] !== '' && secretKindOf(name) !== undefined) return path;
  return first(Object.entries(value).map(([member, inner]) => [path === '' ? member : `${path}.${member}`, inner] as const), (inner, at) => {
    const member = at.slice(at.lastIndexOf('.') + 1);
    return typeof inner === 'string' && inner !== '' && (member === 'secret' || (secretKindOf(member) !== undefined && member !== 'code')) ? at : secretIn(inner, at);
  });
}

/** The path of the first member that parsing dropped, so nothing written there would count. */
function unknownMember(value: unknown, known: unknown, path: string): string | null {
  if (Array.isArray(value)) return first(value.map((item: unknown, index) => [`${path}.${index}`, item] as const), (item, at) => unknownMember(item, Array.isArray(known) ? known[Number(at.slice(at.lastIndexOf('.') + 1))] : undefined, at));
  if (!isObject(value) || !isObject(known)) return null;
  return first(Object.entries(value).map(([member, inner]) => [path === '' ? member : `${path}.${member}`, { member, inner }] as const), ({ member, inner }, at) => (
    Object.hasOwn(known, member) ? unknownMember(inner, known[member], at) : at));
}

function first<T>(entries: readonly (readonly [string, T])[], look: (value: T, path: string) => string | null): string | null {
  for (const [path, value] of entries) {
    const found = look(value, path);
    if (found !== null) return found;
  }
  return null;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const refused = (code: string, message: string): Problem => ({ code, message });

function misfit(issue: { path: PropertyKey[]; message: string } | undefined): Problem {
  const field = issue?.path.map(String).join('.') ?? '';
  return { ...refused('invalid-environment', `${field === '' ? 'The file' : field}: ${issue?.message ?? 'does not fit.'}`), ...(field !== '' && { field }) };
}

const secretProblem = (field: string): Problem => ({
  code: 'environment-file-secret', message: `${field} holds a secret. It was not read.`,
  why: 'These files are kept in version control and handed around, so they never hold one.',
  next: 'Take it out of the file (and out of its history), then give the client secret in an environment variable, GRANTSCOPE_CLIENT_SECRET.', field,
});
