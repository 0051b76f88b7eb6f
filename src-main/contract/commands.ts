import { z } from 'zod';
import type { Comparison } from './compare.ts';
import { compareFormatSchema, compareRequestSchema } from './compare.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { EnvironmentImportPreview, ExportPreview } from './export.ts';
import { environmentImportKeepSchema, exportRequestSchema } from './export.ts';
import type { Fix } from './fix.ts';
import type { LintFinding } from './read/wire-lint.ts';
import type { Preset } from './preset.ts';
import type { ProbeOffer } from './probe.ts';
import type { Environment, EnvironmentView, SecretState } from './environment.ts';
import { environmentSchema, httpUrlSchema } from './environment.ts';
import { correctionSchema } from './fix.ts';
import type { LocalCertificateView } from './options/local-certificate.ts';
import { localCertificateSchema } from './options/local-certificate.ts';
import type { KeyStatus, KeyView } from './options/client-auth.ts';
import { keyChangeSchema, keySourceSchema } from './options/client-auth.ts';
import { trustOptionsSchema } from './options/trust.ts';
import { importCancelSchema, importKeepSchema, importPreviewSchema } from './import.ts';
import type { ImportPreview } from './import.ts';
import { browserModeSchema, probeIdSchema, provocationSchema } from './run.ts';
import type { RunEvent, RunSummary } from './run.ts';
import type { MeasurePlan, MeasureStatus } from './measure.ts';
import { measureOptionsSchema } from './measure.ts';
import type { RenewalView } from './options/renewal.ts';
import { goOnSchema, runOptionsSchema } from './options/run-options.ts';
import { SECRET_KINDS } from './marker.ts';
import type { FindProgress } from './find.ts';
import { findSchema } from './find.ts';
import type { Problem, Result } from './result.ts';
import type { WindowCommandId } from './window-commands.ts';

const runId = z.object({ runId: z.uuid() });
const runIds = z.object({ runIds: z.array(z.uuid()).min(1).max(10_000) });
const environmentId = z.object({ environmentId: z.uuid() });
const secretText = z.string().min(1, 'The secret is empty').max(4096);

/** What to do with the client secret when an environment is saved. */
export const secretChangeSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('keep') }),
  z.object({ action: z.literal('set'), value: secretText }),
  z.object({ action: z.literal('clear') }),
]);
export type SecretChange = z.infer<typeof secretChangeSchema>;

const oneLine = z.string().max(8192).regex(/^[^\r\n\0]*$/, 'Must not contain line breaks');

/** A request to an API with the access token of a Run (RFC 6750 §2.1, RFC 9449 §7.1). */
export const apiCallSchema = z.object({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  url: httpUrlSchema,
  headers: z.array(z.object({ name: z.string().regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'Not a header name'), value: oneLine })).max(50).default([]),
  body: z.string().max(1_000_000).optional(),
});
export type ApiCall = z.infer<typeof apiCallSchema>;

/** What can be done with a Run that holds an authorization. */
export const runActionSchema = z.discriminatedUnion('action', [
  /** `scope`: narrower, or one that was never granted; as granted where it is not set (RFC 6749 §6). */
  z.object({ action: z.literal('refresh'), tokenId: z.string().optional(), scope: z.string().max(2048).optional() }),
  z.object({ action: z.literal('revoke'), tokenId: z.string() }),
  /** `jwt`: asks for a signed answer (RFC 9701). */
  z.object({ action: z.literal('introspect'), tokenId: z.string(), jwt: z.boolean().optional() }),
  /** RP-initiated logout; with `comeBack` the provider is asked to redirect to our listener. */
  z.object({ action: z.literal('logout'), comeBack: z.boolean() }),
  /** Calls an API with an access token. `allow` is the person's yes to a host that is not the environment's. */
  z.object({ action: z.literal('call'), call: apiCallSchema, allow: z.boolean().optional() }),
  z.object({ action: z.literal('userinfo') }),
  z.object({ action: z.literal('provoke'), provocation: provocationSchema }),
  /** Puts a question to the provider; `exchangeId` is the refused request it is about. */
  z.object({ action: z.literal('probe'), probe: probeIdSchema, exchangeId: z.string().max(100).optional() }),
  /** Sends a recorded request again, byte for byte. */
  z.object({ action: z.literal('resend'), exchangeId: z.string().max(100) }),
  /** Does the refused request again with one thing changed. */
  z.object({ action: z.literal('run-corrected'), correction: correctionSchema, exchangeId: z.string().max(100).optional() }),
]);
export type RunAction = z.infer<typeof runActionSchema>;

export const markerSchema = z.object({
  kind: z.enum(SECRET_KINDS), length: z.number().int().nonnegative(), fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
});

/**
 * Every command the window can send, with the schema its argument must pass. The one list of channels:
 * preload exposes exactly these, `ipc/` must have a handler for each (a missing one is a compile error), and anything else is refused.
 */
export const commandSchemas = {
  'app.info': z.object({}),
  'app.openExternal': z.object({ url: httpUrlSchema }),
  /** Light, dark, or what the system has; kept for the next start. */
  'app.theme': z.object({ theme: z.enum(['system', 'light', 'dark']) }),
  'environment.list': z.object({}),
  'environment.save': z.object({ config: environmentSchema, secret: secretChangeSchema, keys: z.array(keyChangeSchema).max(6).optional() }),
  'environment.duplicate': environmentId,
  'environment.remove': environmentId,
  'environment.restore': environmentId,
  'environment.discover': z.object({ issuer: httpUrlSchema, trust: trustOptionsSchema.optional() }),
  'environment.presets': z.object({}),
  'environment.fromPreset': z.object({ presetId: z.string().max(100), values: z.record(z.string().max(64), z.string().max(2048)) }),
  /** `metadata`: of the issuer, where the window has it already; asked for anew with `discover`. */
  'environment.check': z.object({ config: environmentSchema, discover: z.boolean(), metadata: z.record(z.string(), z.unknown()).optional() }),
  'redirect.certificate': localCertificateSchema,
  'key.prepare': keySourceSchema,
  'key.list': environmentId,
  'run.start': z.object({ environmentId: z.uuid(), browser: browserModeSchema.exclude(['print']), options: runOptionsSchema.optional() }),
  'run.continue': runId.extend({ answer: goOnSchema }),
  'run.cancel': runId,
  'run.act': runId.extend({ act: runActionSchema, browser: browserModeSchema.exclude(['print']) }),
  'diagnosis.lint': runId.extend({ exchangeId: z.string().max(100) }),
  'diagnosis.lintRun': runId.extend({ exchangeIds: z.array(z.string().max(100)).max(500) }),
  'diagnosis.explain': runId.extend({ exchangeId: z.string().max(100).optional() }),
  /** How long the provider's codes are known to live. */
  'timeline.codeLimit': runId,
  'renewal.list': z.object({}),
  'renewal.stop': runId,
  'renewal.resume': runId,
  'measure.plan': runId.extend({ options: measureOptionsSchema }),
  'measure.start': runId.extend({ options: measureOptionsSchema, browser: browserModeSchema.exclude(['print']) }),
  'measure.stop': runId,
  /** Says yes to a sign-in that a measurement wants after a restart. */
  'measure.continue': runId,
  'measure.status': z.object({}),
  'import.preview': importPreviewSchema,
  'import.keep': importKeepSchema,
  'import.cancel': importCancelSchema,
  'run.list': z.object({}),
  'run.open': runId,
  'run.remove': runId,
  'run.restore': runId,
  /** Several at once, and back again: all of them or none. */
  'run.removeMany': runIds,
  'run.restoreMany': runIds,
  'run.copyAuthorizationUrl': runId,
  'secret.reveal': runId.extend({ marker: markerSchema }),
  'export.curl': runId.extend({ exchangeId: z.string().min(1).max(100), secrets: z.boolean() }),
  /** What would leave, masked. */
  'export.preview': exportRequestSchema,
  /** With secrets only on explicit request; they go from main to the clipboard or a file, never to the window. */
  'export.copy': exportRequestSchema.extend({ secrets: z.boolean() }),
  'export.save': exportRequestSchema.extend({ secrets: z.boolean() }),
  'compare.open': compareRequestSchema,
  /** Masked, as the comparison on screen is; `all` also takes the expected and cosmetic differences. */
  'compare.copy': compareRequestSchema.extend({ format: compareFormatSchema, all: z.boolean() }),
  'compare.save': compareRequestSchema.extend({ format: compareFormatSchema, all: z.boolean() }),
  'environment.saveFile': z.object({ environmentIds: z.array(z.uuid()).min(1).max(200) }),
  'environment.openFile': z.object({}),
  'environment.keepFile': environmentImportKeepSchema,
  /** Searches all Runs; what is found comes as `find-progress`. A new search ends the one before. */
  'find.start': findSchema,
  'find.cancel': z.object({ searchId: z.uuid() }),
  'clipboard.copyText': z.object({
    text: z.string().max(4_000_000),
    /** It holds a secret the person revealed: taken off the clipboard again after a minute. */
    secret: z.boolean().optional(),
  }),
  'vault.retry': z.object({}),
  'vault.reset': z.object({ confirm: z.literal('reset') }),
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandInput<N extends CommandName> = z.infer<(typeof commandSchemas)[N]>;

/** How the keychain stands; never merged (see vault/). `memory` is on while nothing is kept beyond this session. */
export interface VaultStatus {
  state: 'available' | 'locked' | 'absent' | 'failed';
  memory: boolean;
  problem: Problem | null;
}

export interface AppInfo {
  versions: Record<string, string>;
  platform: string;
  dataFolder: string;
  vault: VaultStatus;
  tour: boolean;
  notices: Problem[];
}

/** The clocks at one instant in main, so that the window can map monotonic times to its own. */
export interface ClockReading { at: number; mono: number; boot: string }

export interface OpenedRun { summary: RunSummary; events: RunEvent[]; clock: ClockReading; running: boolean }

/** The masked text of a command, or, with secrets, nothing: that one goes from main straight to the clipboard. */
export interface CurlExport {
  text: string | null;
  copied: boolean;
  /** Names of the shell variables to set, and which secret each stands for. */
  variables: { name: string; describes: string }[];
  /** What a shell cannot carry, if anything. */
  warnings: string[];
}

/** A diagnosis for the window, secrets masked; `diagnosis` is null where nothing was refused. */
export interface Explained {
  diagnosis: Diagnosis | null;
  /** What can be asked the provider to tell the causes apart. */
  probes: ProbeOffer[];
  /** By cause id: what can be done about it. */
  fixes: Record<string, Fix[]>;
}

export interface CommandOutput {
  'app.info': AppInfo;
  'app.openExternal': null;
  'app.theme': null;
  'environment.list': EnvironmentView[];
  'environment.save': EnvironmentView;
  'environment.duplicate': EnvironmentView;
  'environment.remove': null;
  'environment.restore': EnvironmentView;
  'environment.presets': Preset[];
  'environment.fromPreset': Environment;
  'environment.check': { findings: Problem[]; provider: { id: string; name: string; why: string } | null; metadataUrl: string | null };
  'environment.discover': { metadata: Record<string, unknown>; url: string; findings: Problem[] };
  'key.prepare': { prepared: string; view: KeyView };
  'key.list': KeyStatus[];
  'redirect.certificate': LocalCertificateView;
  'run.start': { runId: string };
  'run.continue': null;
  'run.cancel': null;
  'run.act': null;
  'diagnosis.lint': LintFinding[];
  /** By exchange; those it does not know are left out. */
  'diagnosis.lintRun': Record<string, LintFinding[]>;
  'diagnosis.explain': Explained;
  'timeline.codeLimit': { seconds: number; from: string } | null;
  'renewal.list': RenewalView[];
  'renewal.stop': null;
  'renewal.resume': null;
  'measure.plan': MeasurePlan;
  /** The new Run it is recorded in. */
  'measure.start': { runId: string };
  'measure.stop': null;
  'measure.continue': null;
  'measure.status': MeasureStatus[];
  'import.preview': ImportPreview;
  'import.keep': { runId: string };
  'import.cancel': null;
  'run.list': RunSummary[];
  'run.open': OpenedRun;
  'run.remove': null;
  'run.restore': RunSummary;
  'run.removeMany': null;
  'run.restoreMany': null;
  'run.copyAuthorizationUrl': null;
  'secret.reveal': { value: string };
  'export.curl': CurlExport;
  'export.preview': ExportPreview;
  'export.copy': { warnings: string[] };
  /** `path` is null where the person closed the dialog. */
  'export.save': { path: string | null; warnings: string[] };
  'compare.open': Comparison;
  'compare.copy': null;
  /** `path` is null where the person closed the dialog. */
  'compare.save': { path: string | null };
  'environment.saveFile': { path: string | null; leftOut: string[] };
  'environment.openFile': EnvironmentImportPreview | null;
  'environment.keepFile': { kept: number; environmentId: string | null };
  'find.start': null;
  'find.cancel': null;
  'clipboard.copyText': null;
  'vault.retry': VaultStatus;
  'vault.reset': VaultStatus;
}

export type CommandResult<N extends CommandName> = Result<CommandOutput[N]>;

/** What main tells the window on its own. */
export interface Notices {
  'run-event': { runId: string; event: RunEvent };
  'runs-changed': { runs: RunSummary[] };
  'environments-changed': { environments: EnvironmentView[] };
  'vault-changed': { vault: VaultStatus };
  'renewal-changed': { renewals: RenewalView[] };
  /** A notification was clicked: this refused request is to be shown. */
  'show-refusal': { runId: string; exchangeId: string };
  'notice': Problem;
  /** The menu asks for a command of the window. */
  'command-wanted': { id: WindowCommandId };
  'find-progress': FindProgress;
}
export type NoticeName = keyof Notices;

/** What preload puts on `window.grantscope`: the contract, nothing more. */
export interface Bridge {
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandResult<N>>;
  on<N extends NoticeName>(name: N, listener: (notice: Notices[N]) => void): () => void;
}

export type { Environment, SecretState };
