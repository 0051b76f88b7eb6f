// Apart from the schemas: the window shows this list and needs no schema library for it.

/** What a Run or one of its exchanges can be written as. */
export const EXPORT_FORMATS = [
  'curl-sh', 'curl-powershell', 'curl-cmd', 'curl-cmd-file', 'http-raw', 'http-file',
  'code-javascript', 'code-python', 'code-go', 'code-java', 'code-csharp',
  'har', 'postman', 'report-markdown', 'report-html',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportFormatView {
  id: ExportFormat;
  label: string;
  group: 'Command' | 'HTTP' | 'Code' | 'Whole run';
  /** Whether it holds one exchange or the whole Run; `either` follows what was chosen. */
  scope: 'exchange' | 'run' | 'either';
  explanation: string;
}

export const exportFormats: readonly ExportFormatView[] = [
  { id: 'curl-sh', label: 'curl for sh, bash, zsh', group: 'Command', scope: 'exchange', explanation: 'Sends the same bytes. Secrets are shell variables.' },
  { id: 'curl-powershell', label: 'curl for PowerShell', group: 'Command', scope: 'exchange', explanation: 'For 5.1 and 7. The options go to curl on its standard input, so neither version quotes them.' },
  { id: 'curl-cmd', label: 'curl for the cmd prompt', group: 'Command', scope: 'exchange', explanation: 'To paste. curl 8.3 or later reads the secrets from the environment by itself.' },
  { id: 'curl-cmd-file', label: 'curl as a .cmd file', group: 'Command', scope: 'exchange', explanation: 'The same for a file, where cmd reads percent signs in another way.' },
  { id: 'http-raw', label: 'Raw HTTP', group: 'HTTP', scope: 'exchange', explanation: 'Request and answer as they went over the connection.' },
  { id: 'http-file', label: '.http file', group: 'HTTP', scope: 'exchange', explanation: 'For the HTTP clients of editors.' },
  { id: 'har', label: 'HAR 1.2', group: 'HTTP', scope: 'either', explanation: 'For the network panel of a browser and other tools.' },
  { id: 'code-javascript', label: 'JavaScript (fetch)', group: 'Code', scope: 'exchange', explanation: 'A starting point: the library decides about headers such as Host and Content-Length.' },
  { id: 'code-python', label: 'Python (requests)', group: 'Code', scope: 'exchange', explanation: 'A starting point: the library decides about headers such as Host and Content-Length.' },
  { id: 'code-go', label: 'Go (net/http)', group: 'Code', scope: 'exchange', explanation: 'A starting point: the library decides about headers such as Host and Content-Length.' },
  { id: 'code-java', label: 'Java (java.net.http)', group: 'Code', scope: 'exchange', explanation: 'A starting point: the library decides about headers such as Host and Content-Length.' },
  { id: 'code-csharp', label: 'C# (HttpClient)', group: 'Code', scope: 'exchange', explanation: 'A starting point: the library decides about headers such as Host and Content-Length.' },
  { id: 'report-markdown', label: 'Report, Markdown', group: 'Whole run', scope: 'run', explanation: 'For a ticket with the provider: request ids, steps, the failing exchange, the diagnosis.' },
  { id: 'report-html', label: 'Report, HTML', group: 'Whole run', scope: 'run', explanation: 'The same as one file without script, for a browser.' },
  { id: 'postman', label: 'Postman collection v2.1', group: 'Whole run', scope: 'run', explanation: 'Every request of the run, secrets as collection variables.' },
];
