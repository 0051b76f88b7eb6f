import { z } from 'zod';
import type { Purpose } from './exchange.ts';
import type { Problem } from './result.ts';
import { IMPORT_TEXT_LIMIT } from './import-limit.ts';

const importId = z.object({ importId: z.uuid() });
const tooLarge = `An import takes at most ${IMPORT_TEXT_LIMIT / 1_048_576} Mi characters. Export fewer requests, for instance only those to the authorization server.`;

/** The name is the window's, so that it can cancel a reading that has not answered. */
export const importPreviewSchema = importId.extend({
  text: z.string().min(1, 'There is nothing to read.').max(IMPORT_TEXT_LIMIT, tooLarge),
  /** What came back for the last request, where the text holds no answer. */
  answer: z.string().max(IMPORT_TEXT_LIMIT, tooLarge).optional(),
  /** Of the file, without its folder. */
  fileName: z.string().max(255).optional(),
});
export const importKeepSchema = importId.extend({
  title: z.string().trim().min(1, 'Give it a title.').max(200, 'A title has at most 200 characters.'),
  /** `sign-in`: only requests that belong to a grant, and where there are none, all. */
  what: z.enum(['all', 'sign-in']),
});
export const importCancelSchema = importId;
export type ImportScope = z.infer<typeof importKeepSchema>['what'];

/** One request of an import as the preview lists it, without query, header or body. */
export interface ImportLine { place: string; method: string; url: string; purpose: Purpose; status: number | null; error: string | null }

/** What was recognised in a text, before it is kept. Holds no secret. */
export interface ImportPreview {
  kind: 'har' | 'curl' | 'powershell' | 'http';
  /** A title to begin with. */
  title: string;
  exchanges: number;
  /** Those that belong to a grant: authorization, callback, token endpoint and what stands around them. */
  signIn: number;
  tokenRequests: number;
  refused: number;
  /** Milliseconds since 1970; null where the text holds no times. */
  from: number | null;
  to: number | null;
  /** The token request without an answer that an answer can be added to, else null. */
  unanswered: string | null;
  /** Names of the kinds of secrets in it. */
  secrets: string[];
  /** What could not be read, and where. */
  remarks: Problem[];
  /** Requests of the grant, or of everything where there are none; at most 50. */
  lines: ImportLine[];
}
