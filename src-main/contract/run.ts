import { z } from 'zod';
import { environmentSchema, extraParameterSchema } from './environment.ts';
import { bytesSchema, exchangeSchema } from './exchange.ts';
import { findingSchema, measureEndSchema, measurePlanSchema, observationSchema, waitingSchema } from './measure.ts';
import { problemSchema } from './result.ts';

/** What a step does, by the word of the specification. */
export const stepKindSchema = z.enum([
  'discover', 'par', 'authorize', 'receive', 'exchange', 'validate', 'userinfo', 'refresh', 'revoke', 'introspect', 'logout', 'probe', 'resend',
  'device', 'poll', 'client-credentials', 'call',
]);
export type StepKind = z.infer<typeof stepKindSchema>;

export const stepOutcomeSchema = z.enum(['ok', 'refused', 'failed', 'cancelled', 'timed-out']);
export type StepOutcome = z.infer<typeof stepOutcomeSchema>;

/** Mistakes made on purpose, to see what the provider answers. */
export const provocationSchema = z.enum([
  'reuse-code', 'wrong-redirect', 'wrong-verifier', 'wrong-secret', 'reuse-refresh', 'refresh-revoked',
]);
export type Provocation = z.infer<typeof provocationSchema>;

/** Questions put to the provider to tell causes apart; each is a step of the Run. */
export const PROBE_IDS = [
  'client-check', 'introspect', 'refresh-once-more', 'fresh-code', 'authorized-redirect', 'discovery-keys', 'time-check',
] as const;
export const probeIdSchema = z.enum(PROBE_IDS);
export type ProbeId = z.infer<typeof probeIdSchema>;

export const browserModeSchema = z.enum(['system', 'tracing', 'print']);
export type BrowserMode = z.infer<typeof browserModeSchema>;

/** Why a request to the redirect listener was not taken as the answer. The order is the order of judging. */
export const callbackVerdictSchema = z.enum([
  'accepted', 'accepted-error', 'handoff',
  'host', 'method', 'cross-origin', 'path', 'malformed', 'duplicate-parameter', 'no-parameters',
  'state-missing', 'state-mismatch', 'iss-missing', 'iss-mismatch', 'code-missing', 'second', 'late',
]);
export type CallbackVerdict = z.infer<typeof callbackVerdictSchema>;

/** An OAuth error as it was read out of whatever came back (RFC 6749 §5.2, §4.1.2.1; RFC 6750 §3). */
export const oauthErrorSchema = z.object({
  error: z.string().nullable(),
  description: z.string().optional(),
  uri: z.string().optional(),
  /** A provider's own number or word beside `error` (AADSTS…, error_reason, numeric code). */
  subcode: z.string().optional(),
  /** Where it stood. */
  foundIn: z.enum(['json', 'form', 'html', 'text', 'www-authenticate', 'redirect', 'none']),
  /** HTTP status; 0 for an error at the redirect. */
  status: z.number().int(),
});
export type OAuthError = z.infer<typeof oauthErrorSchema>;

export const tokenKindSchema = z.enum(['access_token', 'refresh_token', 'id_token']);
export type TokenKind = z.infer<typeof tokenKindSchema>;

/** A token as it arrived. `value` is the secret; in a Run that leaves the main process it is a marker (or a JWT whose signature is one). */
export const tokenRecordSchema = z.object({
  id: z.string().min(1),
  kind: tokenKindSchema,
  value: z.string(),
  /** As the answer stated them, unconverted: a string or a negative number stays what it was. */
  expiresIn: z.unknown().optional(),
  scope: z.string().optional(),
  tokenType: z.string().optional(),
});
export type TokenRecord = z.infer<typeof tokenRecordSchema>;

/** One check of an ID token or an answer, on its own: a failed one stops nothing. */
export const verdictSchema = z.object({
  check: z.string(),
  outcome: z.enum(['passed', 'failed', 'not-checked']),
  expected: z.string().optional(),
  found: z.string().optional(),
  /** Specification section, e.g. "OIDC Core §3.1.3.7 (2)". */
  section: z.string(),
  explanation: z.string().optional(),
});
export type Verdict = z.infer<typeof verdictSchema>;

const common = {
  /** 0, 1, 2 … without gaps within a Run. */
  seq: z.number().int().nonnegative(),
  /** Wall clock, milliseconds since 1970. */
  at: z.number(),
  /** Monotonic clock of the process named by `boot`, milliseconds. Comparable only within one boot. */
  mono: z.number(),
  boot: z.string(),
};
const stepId = z.string().min(1);
const event = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.object({ ...common, type: z.literal(type), ...shape });

export const runEventSchema = z.discriminatedUnion('type', [
  event('run-started', {
    runId: z.uuid(),
    origin: z.enum(['live', 'imported']),
    environment: environmentSchema.nullable(),
    /** The client as used, practice clients resolved. */
    client: z.object({ id: z.string(), authMethod: z.string() }),
    browser: browserModeSchema,
    versions: z.record(z.string(), z.string()),
    /** The client's secret was at hand when the run began. */
    hasSecret: z.boolean(),
    title: z.string().optional(),
    /** When an imported Run came in, milliseconds since 1970; `at` is the time its source states, 0 where it states none. */
    importedAt: z.number().optional(),
  }),
  event('step-started', {
    step: stepId,
    kind: stepKindSchema,
    /** What is done on purpose, if this step is a provocation or a second use. */
    provocation: provocationSchema.optional(),
    /** The question a step of kind `probe` puts. */
    probe: probeIdSchema.optional(),
    /** The recorded exchange a step of kind `resend` sends again. */
    resentFrom: z.string().optional(),
    /** Seconds until the step is given up. */
    limit: z.number().optional(),
  }),
  event('step-ended', { step: stepId, outcome: stepOutcomeSchema, problem: problemSchema.optional() }),
  event('metadata-read', {
    step: stepId,
    source: z.enum(['openid-configuration', 'oauth-authorization-server', 'manual']),
    /** RFC 8414 §2 / OIDC Discovery §3 members, as served. */
    metadata: z.record(z.string(), z.unknown()),
    findings: z.array(problemSchema),
  }),
  event('authorization-requested', {
    step: stepId,
    url: z.string(),
    redirectUri: z.string(),
    parameters: z.array(extraParameterSchema.extend({ name: z.string(), value: z.string() })),
    state: z.string().optional(),
    nonce: z.string().optional(),
    codeVerifier: z.string().optional(),
    codeChallenge: z.string().optional(),
    codeChallengeMethod: z.enum(['S256', 'plain']).optional(),
    /** RFC 9126: the parameters went to the back channel, and the browser carries this reference to them. */
    requestUri: z.string().optional(),
    /** RFC 9101: the parameters went as a signed JWT. */
    signed: z.boolean().optional(),
  }),
  event('listening', { step: stepId, redirectUri: z.string(), address: z.string(), port: z.number().int() }),
  event('browser-opened', { step: stepId, mode: browserModeSchema, url: z.string() }),
  /** One hop of the front channel, seen by the tracing browser only. */
  event('front-channel-hop', {
    step: stepId, method: z.string(), url: z.string(), status: z.number().int().nullable(),
    location: z.string().optional(), setCookieNames: z.array(z.string()),
    certificate: z.string().optional(),
    /** As sent and as answered, without cookies; `location` stands above. */
    requestHeaders: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    responseHeaders: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
  }),
  event('callback-received', {
    step: stepId,
    verdict: callbackVerdictSchema,
    /** Head (and body) of the request as it came, at most 8 kB. */
    request: bytesSchema,
    /** Decoded parameters in order; empty where the target could not be parsed. */
    parameters: z.array(z.object({ name: z.string(), value: z.string() })),
    /** How the parameters came; `jarm` where they stood in a JWT and were taken out of it. */
    carrier: z.enum(['query', 'form_post', 'fragment']).optional(),
    jarm: z.boolean().optional(),
    /** HTTP status we answered with. */
    answered: z.number().int(),
    error: oauthErrorSchema.optional(),
    expected: z.string().optional(),
    found: z.string().optional(),
  }),
  /** The checks of a JWT that came with the authorization response: a JARM answer, or the ID token of the hybrid flow. */
  event('response-checked', { step: stepId, what: z.enum(['jarm', 'id_token', 'introspection', 'userinfo']), verdicts: z.array(verdictSchema) }),
  event('exchange-recorded', { step: stepId, exchange: exchangeSchema }),
  event('tokens-received', {
    step: stepId, exchangeId: z.string(),
    /** 0 for the tokens of a code, +1 for each refresh. */
    generation: z.number().int(),
    /** The refresh token these came from. */
    parentToken: z.string().optional(),
    tokens: z.array(tokenRecordSchema),
  }),
  event('token-checked', { step: stepId, tokenId: z.string(), verdicts: z.array(verdictSchema) }),
  event('grant-refused', {
    step: stepId, exchangeId: z.string(), error: oauthErrorSchema,
    /** The refresh token that was refused, where it was one. */
    tokenId: z.string().optional(),
  }),
  event('token-revoked', { step: stepId, exchangeId: z.string(), tokenId: z.string() }),
  event('token-introspected', { step: stepId, exchangeId: z.string(), tokenId: z.string(), active: z.boolean().nullable() }),
  /** What the answer to a probe means. Holds no secret. */
  event('probe-concluded', {
    step: stepId, probe: probeIdSchema,
    /** What was seen, e.g. "invalid_grant (400)". */
    finding: z.string(),
    meaning: z.string(),
    /** Ids of the causes it speaks for, and of those it rules out. */
    supports: z.array(z.string()),
    excludes: z.array(z.string()),
    /** The exchange that shows it; `null` where no request was needed or none was answered. */
    exchangeId: z.string().nullable(),
    /** The refused exchange the probe was made for, where there is one. */
    about: z.string().optional(),
  }),
  /** RFC 9449: the key that the tokens of this Run are bound to. */
  event('proof-key-made', {
    step: stepId.optional(), alg: z.string(), thumbprint: z.string(), publicJwk: z.record(z.string(), z.string()),
    /** JWK as JSON, a secret; absent where the key is kept with the environment. */
    privateKey: z.object({ name: z.literal('private_key'), value: z.string() }).optional(),
  }),
  /** What the person types on another device (RFC 8628 §3.2). */
  event('device-code-received', {
    step: stepId, exchangeId: z.string(), userCode: z.string(), verificationUri: z.string(), verificationUriComplete: z.string().optional(),
    /** Seconds. */
    expiresIn: z.number().optional(), interval: z.number(),
  }),
  /** The Run waits for the person. */
  event('paused', {
    before: stepKindSchema,
    reason: z.enum(['step-by-step', 'hold-code', 'edit-request', 'foreign-host']),
    /** The host that secrets would go to, and what named it. */
    host: z.string().optional(),
    namedBy: z.string().optional(),
    /** Goes on by itself after so long. */
    seconds: z.number().optional(),
    /** The request that is about to go out, decoded, to be changed. */
    request: z.object({ parameters: z.array(z.object({ name: z.string(), value: z.string() })), headers: z.array(z.object({ name: z.string(), value: z.string() })) }).optional(),
  }),
  event('resumed', { before: stepKindSchema, edited: z.boolean() }),
  /** A measurement of the provider's lifetimes was begun in this Run. */
  event('measure-planned', { plan: measurePlanSchema }),
  event('measure-waiting', { waiting: waitingSchema }),
  event('measure-observed', { observation: observationSchema }),
  event('measure-answered', { finding: findingSchema }),
  event('measure-ended', { end: measureEndSchema }),
  event('flow-ended', { outcome: stepOutcomeSchema, problem: problemSchema.optional() }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
export type RunEventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** An event before the recorder has numbered and timed it. */
export type NewRunEvent = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, keyof typeof common> : never) : never;

/** One line of the history list. */
export interface RunSummary {
  id: string;
  title: string;
  environmentId: string | null;
  practice: boolean;
  startedAt: number;
  events: number;
  /** `running` while a flow is going on; `interrupted` when the app ended in the middle of it. */
  state: 'running' | 'interrupted' | StepOutcomeName;
  /** The OAuth error of the last refused request, if any. */
  error: string | null;
  /** A measurement was begun in it and has not ended. */
  measuring?: boolean;
  /** It is a measurement, under way or ended: not a Run of the person's own. */
  measurement?: boolean;
}
type StepOutcomeName = z.infer<typeof stepOutcomeSchema>;
