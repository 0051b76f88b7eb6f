import { z } from 'zod';
import type { ImportPreview } from '../../contract/import.ts';
import { importKeepSchema } from '../../contract/import.ts';
import type { Result } from '../../contract/result.ts';
import type { RunEvent } from '../../contract/run.ts';

/** What the app tells the process that reads an import. Orders are answered in turn, one answer each. */
export const orderSchema = z.discriminatedUnion('order', [
  z.object({ order: z.literal('preview'), text: z.string(), answer: z.string().optional(), fileName: z.string().optional() }),
  z.object({ order: z.literal('begin'), title: z.string(), what: importKeepSchema.shape.what, importedAt: z.number() }),
  z.object({ order: z.literal('next') }),
]);
export type Order = z.infer<typeof orderSchema>;

export interface Answers { preview: Result<ImportPreview>; begin: Result<null>; next: Result<RunEvent[]> }
