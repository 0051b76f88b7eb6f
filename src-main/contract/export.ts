import { z } from 'zod';
import { EXPORT_FORMATS } from './export-formats.ts';

export const exportFormatSchema = z.enum(EXPORT_FORMATS);

export const exportRequestSchema = z.object({
  runId: z.uuid(),
  /** Asked for where the format holds one exchange. */
  exchangeId: z.string().min(1).max(100).optional(),
  format: exportFormatSchema,
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

/** What will leave, masked. */
export interface ExportPreview {
  text: string;
  /** Characters that were left out at the end of `text`; what is copied or saved has them. */
  cut: number;
  fileName: string;
  mediaType: string;
  /** What stands for the secrets, and which secret each one is. */
  variables: { name: string; describes: string }[];
  warnings: string[];
}

/** Characters a preview shows. */
export const PREVIEW_LIMIT = 200_000;

/** Environments in a file, one or several. */
export const environmentImportKeepSchema = z.object({
  token: z.uuid(),
  /** By the place in the preview: what becomes of each. Absent ones are left alone. */
  choices: z.array(z.object({ index: z.number().int().min(0).max(1000), as: z.enum(['new', 'replace']) })).max(1000),
});

export interface EnvironmentImportEntry {
  index: number;
  name: string;
  /** `same`: nothing would change. `conflict`: an environment of this id or name is here and differs. */
  state: 'new' | 'same' | 'conflict';
  /** Name of the environment here that it would replace. */
  existing: string | null;
  /** Members that differ, by path, as JSON. Absent sides are null. */
  changes: { path: string; here: string | null; file: string | null }[];
}

export interface EnvironmentImportPreview { token: string; fileName: string; entries: EnvironmentImportEntry[] }
