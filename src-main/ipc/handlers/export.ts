import type { ExportFormat, ExportRequest, Result, RunEvent } from '../../contract/index.ts';
import { exportFormats, fail, foldRun, ok, PREVIEW_LIMIT, utf8Of } from '../../contract/index.ts';
import { diagnose, withoutCopies } from '../../diagnosis/index.ts';
import type { DocumentFormat, ExportedDocument, Shell } from '../../export/index.ts';
import { curlCommand, exportDocument, fileNameOf, mediaTypeOf } from '../../export/index.ts';
import type { Services } from '../../services.ts';
import type { SecretClipboard } from '../../shell/index.ts';
import type { Handlers } from '../channels.ts';
import type { MaskedRuns } from '../masked-runs.ts';

/** Asking where to put a file, and putting it there. */
export interface FilePort {
  /** @returns the chosen path, null where the person changed their mind */
  askPath(fileName: string): Promise<string | null>;
  write(path: string, chunks: Iterable<string>, options: { encoding: 'utf8' | 'latin1'; secret: boolean }): Promise<Result<null>>;
  /** Lets the person choose a JSON file. */
  askText(): Promise<Result<{ fileName: string; text: string }> | null>;
}

interface Made extends ExportedDocument { fileName: string; mediaType: string }

/** Runs and exchanges on their way out. With secrets they go to the clipboard or a file, never to the window. */
export function exportHandlers(
  services: Services, runs: MaskedRuns, clipboard: SecretClipboard, files: FilePort, version: string, now: () => number = Date.now,
): Pick<Handlers, 'export.preview' | 'export.copy' | 'export.save'> {
  const make = async ({ runId, exchangeId, format }: ExportRequest, secrets: boolean): Promise<Result<Made>> => {
    const events = services.history.read(runId);
    if (!events.ok) return events;
    const about = { fileName: nameOf(format, events.value, exchangeId), mediaType: mediaTypeOf(format) };
    const shell = shellOf(format);
    if (shell !== null) {
      const recorded = events.value.find((event) => event.type === 'exchange-recorded' && event.exchange.id === exchangeId);
      if (recorded?.type !== 'exchange-recorded') return fail({ code: 'unknown-exchange', message: 'This run has no such exchange.' });
      const command = curlCommand(recorded.exchange, { secrets: secrets ? 'included' : 'variables', known: runs.secretsOf(runId), written: runs.writtenIn(runId, recorded), shell });
      if (!command.ok) return command;
      const { text, variables, warnings } = command.value;
      return ok({ ...about, chunks: [`${text}\n`], encoding: 'text', variables: () => variables, warnings });
    }
    const masked = secrets ? events : runs.open(runId);
    if (!masked.ok) return masked;
    const shown = Array.isArray(masked.value) ? masked.value : masked.value.events;
    const report = format === 'report-markdown' || format === 'report-html';
    const diagnosis = report ? diagnose(events.value, { ledger: withoutCopies(services.ledger(), events.value) }) : null;
    const either = exportFormats.find(({ id }) => id === format)?.scope !== 'run';
    const document = await exportDocument(format as DocumentFormat, {
      events: shown, ...(exchangeId !== undefined && either && { exchangeId }),
      diagnosis: secrets ? diagnosis : runs.maskTexts(runId, diagnosis), version, now: now(),
    });
    return document.ok ? ok({ ...about, ...document.value }) : document;
  };
  return {
    'export.preview': async (request) => {
      const made = await make(request, false);
      if (!made.ok) return made;
      const { chunks, encoding, variables, fileName, mediaType, warnings } = made.value;
      let [text, total] = ['', 0];
      for (const chunk of chunks) {
        if (text.length < PREVIEW_LIMIT) text += chunk;
        total += chunk.length;
      }
      const cut = Math.max(0, total - PREVIEW_LIMIT);
      const shown = text.slice(0, PREVIEW_LIMIT);
      return ok({ text: encoding === 'bytes' ? utf8Of(shown) : shown, cut, fileName, mediaType, variables: variables(), warnings });
    },
    'export.copy': async ({ secrets, ...request }) => {
      const made = await make(request, secrets);
      if (!made.ok) return made;
      const joined = [...made.value.chunks].join('');
      const text = made.value.encoding === 'bytes' ? utf8Of(joined) : joined;
      if (secrets) clipboard.copySecret(text);
      else clipboard.copy(text);
      return ok({ warnings: made.value.warnings });
    },
    'export.save': async ({ secrets, ...request }) => {
      const made = await make(request, secrets);
      if (!made.ok) return made;
      const path = await files.askPath(made.value.fileName);
      if (path === null) return ok({ path: null, warnings: [] });
      // cmd reads files with its own line ends reliably, others not always.
      const chunks = request.format === 'curl-cmd-file' ? withCrlf(made.value.chunks) : made.value.chunks;
      const written = await files.write(path, chunks, { encoding: made.value.encoding === 'bytes' ? 'latin1' : 'utf8', secret: secrets });
      return written.ok ? ok({ path, warnings: made.value.warnings }) : written;
    },
  };
}

function* withCrlf(chunks: Iterable<string>): Generator<string> {
  for (const chunk of chunks) yield chunk.replaceAll('\n', '\r\n');
}

function shellOf(format: ExportFormat): Shell | null {
  switch (format) {
    case 'curl-sh': return 'sh';
    case 'curl-powershell': return 'powershell';
    case 'curl-cmd': return 'cmd';
    case 'curl-cmd-file': return 'cmd-file';
    default: return null;
  }
}

function nameOf(format: ExportFormat, events: readonly RunEvent[], exchangeId: string | undefined): string {
  const run = foldRun([...events]);
  const exchange = exchangeId === undefined ? undefined : run.exchanges.get(exchangeId)?.exchange;
  return fileNameOf(format, run.title, exchange?.purpose ?? '', exchange?.times.started ?? run.started?.at ?? 0);
}
