import type { ExportFormat } from '../contract/index.ts';

const kinds: Readonly<Record<ExportFormat, readonly [extension: string, mediaType: string]>> = {
  'curl-sh': ['sh', 'text/x-shellscript'], 'curl-powershell': ['ps1', 'text/plain'], 'curl-cmd': ['txt', 'text/plain'], 'curl-cmd-file': ['cmd', 'text/plain'],
  'http-raw': ['txt', 'text/plain'], 'http-file': ['http', 'text/plain'],
  'code-javascript': ['mjs', 'text/javascript'], 'code-python': ['py', 'text/x-python'], 'code-go': ['go', 'text/x-go'], 'code-java': ['java', 'text/x-java'], 'code-csharp': ['cs', 'text/plain'],
  'har': ['har', 'application/json'], 'postman': ['postman_collection.json', 'application/json'], 'report-markdown': ['md', 'text/markdown'], 'report-html': ['html', 'text/html'],
};

/** A name any file system takes, from the title of the Run, what it is and when it was recorded (UTC). */
export function fileNameOf(format: ExportFormat, title: string, what: string, at: number): string {
  const plain = `${title} ${what}`.normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+|-+$/g, '').toLowerCase().slice(0, 60).replace(/-+$/, '') || 'run';
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  return `${plain}-${time}.${kinds[format][0]}`;
}

export const mediaTypeOf = (format: ExportFormat): string => kinds[format][1];
