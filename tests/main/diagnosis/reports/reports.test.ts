import { describe, expect, it } from 'vitest';
import type { Report } from './report.ts';
import { fault } from './report.ts';
import { fifth } from './fifth.ts';
import { first } from './first.ts';
import { second } from './second.ts';
import { seventh } from './seventh.ts';
import { sixth } from './sixth.ts';
import { third } from './third.ts';
import { fourth } from './fourth.ts';
import { spokenOfClients } from './voices-client.ts';
import { spoken } from './voices.ts';

const batches: Record<string, Report[]> = { first, second, third, fourth, fifth, sixth, seventh };
const crossed: Record<string, Report[]> = { 'of the grant': spoken, 'of the client and the request': spokenOfClients };

describe.each(Object.entries(batches))('reported failures, %s batch', (_name, reports) => {
  it.each(reports.map((report, index) => [`${index + 1} ${report.server}: ${report.cause ?? 'nothing'}`, report] as const))('%s', (_title, report) => {
    expect(fault(report), report.source).toBeNull();
  });
});

describe.each(Object.entries(crossed))('one fault in many voices, %s', (_name, reports) => {
  it.each(reports.map((report) => [report.server, report] as const))('%s', (_title, report) => {
    expect(fault(report)).toBeNull();
  });
});
