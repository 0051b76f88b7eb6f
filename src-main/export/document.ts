import type { Diagnosis, Exchange, ExportFormat, Result, RunEvent } from '../contract/index.ts';
import { fail, ok, unreachable } from '../contract/index.ts';
import type { Language } from './code.ts';
import { codeOf } from './code.ts';
import { harOf, textOf } from './har.ts';
import { httpFileOf } from './http-file.ts';
import { rawHttpOf } from './http-text.ts';
import { postmanOf } from './postman.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { htmlOf } from './report/html.ts';
import { markdownOf } from './report/markdown.ts';
import { reportOf } from './report/model.ts';

export type DocumentFormat = Exclude<ExportFormat, `curl-${string}`>;

export interface DocumentSource {
  /** Masked, every secret a marker; raw where secrets were explicitly asked for. */
  events: readonly RunEvent[];
  /** The one exchange, for the formats that hold one; a HAR holds the whole Run without it. */
  exchangeId?: string;
  /** Why it failed, masked like the events; for reports. */
  diagnosis: Diagnosis | null;
  /** The version of the app. */
  version: string;
  /** Milliseconds since 1970. */
  now: number;
}

export interface ExportedDocument {
  /** Pieces to write one after the other. */
  chunks: Iterable<string>;
  /** `bytes`: one character a byte; `text`: to be written as UTF-8. */
  encoding: 'bytes' | 'text';
  /** What stands for the secrets. Complete once all chunks were taken. */
  variables(): { name: string; describes: string }[];
  warnings: string[];
}

/** Writes a Run, or one exchange of it, in one of the formats that are no command. */
export async function exportDocument(format: DocumentFormat, source: DocumentSource): Promise<Result<ExportedDocument>> {
  const { events, exchangeId, diagnosis, version, now } = source;
  const pseudonyms = new Pseudonyms(exchangesOf(events));
  const found = exchangeId === undefined ? undefined : events.find((event) => event.type === 'exchange-recorded' && event.exchange.id === exchangeId);
  const recorded = found?.type === 'exchange-recorded' ? found.exchange : null;
  if (exchangeId !== undefined && recorded === null) return fail({ code: 'unknown-exchange', message: 'This run has no such exchange.' });
  const text = (content: string, warnings: string[] = []): Result<ExportedDocument> => ok({ chunks: [content], encoding: 'text', variables: () => pseudonyms.usedIn(content), warnings });
  switch (format) {
    case 'har': return ok({ chunks: harOf(events, pseudonyms, { name: 'Grantscope', version }, exchangeId), encoding: 'text', variables: () => pseudonyms.all(), warnings: [] });
    case 'postman': {
      const { text: content, warnings } = postmanOf(events, pseudonyms, titleOf(events));
      return text(content, warnings);
    }
    case 'report-markdown': return text(markdownOf(reportOf(events, pseudonyms, { diagnosis, creator: `Grantscope ${version}`, now })));
    case 'report-html': return text(htmlOf(reportOf(events, pseudonyms, { diagnosis, creator: `Grantscope ${version}`, now })));
    case 'http-raw': case 'http-file': case 'code-javascript': case 'code-python': case 'code-go': case 'code-java': case 'code-csharp': break;
    default: return unreachable(format);
  }
  if (recorded === null) return fail({ code: 'exchange-missing', message: 'This format holds one exchange. Choose which.' });
  const exchange = pseudonyms.exchange(recorded);
  const variables = pseudonyms.usedIn(`${exchange.url}\n${exchange.request}`);
  switch (format) {
    case 'http-raw': {
      const bytes = rawHttpOf(exchange);
      return ok({
        chunks: [bytes], encoding: 'bytes', variables: () => pseudonyms.usedIn(bytes),
        warnings: textOf(bytes) === null ? ['It holds bytes that are no UTF-8 text: the clipboard replaces them, a file has them.'] : [],
      });
    }
    case 'http-file': {
      const file = httpFileOf(exchange, recorded, variables);
      return file.ok ? text(file.value) : file;
    }
    case 'code-javascript': case 'code-python': case 'code-go': case 'code-java': case 'code-csharp': {
      const code = await codeOf(exchange, format.slice('code-'.length) as Language, variables);
      return code.ok ? ok({ chunks: [code.value.text], encoding: 'text', variables: () => variables, warnings: code.value.warnings }) : code;
    }
    default: return unreachable(format);
  }
}

function* exchangesOf(events: readonly RunEvent[]): Generator<Exchange> {
  for (const event of events) if (event.type === 'exchange-recorded') yield event.exchange;
}

function titleOf(events: readonly RunEvent[]): string {
  const started = events.find((event) => event.type === 'run-started');
  return started?.type === 'run-started' ? (started.title ?? started.environment?.name ?? 'Imported run') : 'Run';
}
