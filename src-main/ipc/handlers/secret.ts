import type { Result } from '../../contract/index.ts';
import { fail, ok } from '../../contract/index.ts';
import { curlCommand } from '../../export/index.ts';
import type { Services } from '../../services.ts';
import type { SecretClipboard } from '../../shell/index.ts';
import type { Handlers } from '../channels.ts';
import type { MaskedRuns } from '../masked-runs.ts';

/** Reveals a minute: more is a script, not a person. */
export const REVEALS_PER_MINUTE = 60;

/** What hands out secrets: one marker at a time to the window, whole commands only to the clipboard. */
export function secretHandlers(
  services: Services, runs: MaskedRuns, clipboard: SecretClipboard, now: () => number = () => performance.now(),
): Pick<Handlers, 'secret.reveal' | 'export.curl' | 'clipboard.copyText'> {
  let recent: number[] = [];
  return {
    'secret.reveal': async ({ runId, marker }) => {
      recent = recent.filter((at) => now() - at < 60_000);
      if (recent.length >= REVEALS_PER_MINUTE) return fail({ code: 'too-many-reveals', message: 'Too many secrets revealed in one minute.', next: 'Wait a moment.' });
      recent.push(now());
      const value = runs.reveal(runId, marker);
      return value.ok ? ok({ value: value.value }) : value;
    },
    'export.curl': async ({ runId, exchangeId, secrets }) => {
      const command = curlFor(services, runs, runId, exchangeId, secrets);
      if (!command.ok) return command;
      const { text, variables, warnings } = command.value;
      if (secrets) clipboard.copySecret(text);
      else clipboard.copy(text);
      return ok({ text: secrets ? null : text, copied: true, variables, warnings });
    },
    'clipboard.copyText': async ({ text, secret }) => {
      if (secret) clipboard.copySecret(text);
      else clipboard.copy(text);
      return ok(null);
    },
  };
}

export function curlFor(
  services: Services, runs: MaskedRuns, runId: string, exchangeId: string, secrets: boolean,
): Result<{ text: string; variables: { name: string; describes: string }[]; warnings: string[] }> {
  const events = services.history.read(runId);
  if (!events.ok) return events;
  const recorded = events.value.find((event) => event.type === 'exchange-recorded' && event.exchange.id === exchangeId);
  if (recorded?.type !== 'exchange-recorded') return fail({ code: 'unknown-exchange', message: 'This run has no such exchange.' });
  return curlCommand(recorded.exchange, { secrets: secrets ? 'included' : 'variables', known: runs.secretsOf(runId), written: runs.writtenIn(runId, recorded) });
}
