import type { Exchange, ExportFormat, ExportPreview, Problem, RunEvent } from '../../../src-main/contract/index.ts';
import { harOf } from '../../../src-main/export/har.ts';
import { fileNameOf, mediaTypeOf } from '../../../src-main/export/file-names.ts';
import { httpFileOf } from '../../../src-main/export/http-file.ts';
import { rawHttpOf } from '../../../src-main/export/http-text.ts';
import { postmanOf } from '../../../src-main/export/postman.ts';
import { Pseudonyms } from '../../../src-main/export/pseudonyms.ts';
import { markdownOf } from '../../../src-main/export/report/markdown.ts';
import { reportOf } from '../../../src-main/export/report/model.ts';

/** The writers run in the page, over the masked events. Commands need the raw ones, code and HTML need Node; the app writes those in main. */
export function previewOf(events: readonly RunEvent[], format: ExportFormat, exchangeId?: string): ExportPreview | { problem: { code: string; message: string; why?: string } } {
  const exchanges = events.flatMap((event): Exchange[] => (event.type === 'exchange-recorded' ? [event.exchange] : []));
  const pseudonyms = new Pseudonyms(exchanges);
  const answer = (text: string, warnings: string[] = []): ExportPreview => ({
    cut: 0, fileName: fileNameOf(format, 'Practice', 'token', 1_767_225_600_000), mediaType: mediaTypeOf(format), text, variables: pseudonyms.usedIn(text), warnings,
  });
  const one = exchanges.find(({ id }) => id === exchangeId);
  const refused = ({ code, message, why }: Problem): { problem: { code: string; message: string; why?: string } } => ({ problem: { code, message, ...(why !== undefined && { why }) } });
  switch (format) {
    case 'har': return answer([...harOf(events, pseudonyms, { name: 'Grantscope', version: '0.1.0' }, exchangeId)].join(''));
    case 'postman': return answer(postmanOf(events, pseudonyms, 'Practice').text);
    case 'report-markdown': case 'report-html': return answer(markdownOf(reportOf(events, pseudonyms, { diagnosis: null, creator: 'Grantscope 0.1.0', now: 1_767_225_600_000 })));
    case 'http-raw': return answer(one ? rawHttpOf(pseudonyms.exchange(one)) : '');
    case 'http-file': {
      const file = one ? httpFileOf(pseudonyms.exchange(one), one, []) : null;
      return file?.ok ? answer(file.value) : refused(file?.problem ?? { code: 'unknown-exchange', message: 'This run has no such exchange.' });
    }
    case 'curl-cmd': return { problem: { code: 'not-exportable', message: 'This request cannot be written as a curl command that sends the same bytes.', why: 'The request holds a line break. cmd has no way to write it.' } };
    default: return {
      ...answer(`# ${format}\ncurl --disable --silent --config - <<CURL_CONFIG\nheader = "Authorization: Basic \${AUTHORIZATION}"\nCURL_CONFIG\n`),
      variables: [{ name: 'AUTHORIZATION', describes: 'authorization' }],
    };
  }
}
