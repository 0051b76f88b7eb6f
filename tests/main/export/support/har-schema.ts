import { z } from 'zod';

/** HAR 1.2, strict: no member but those of the specification and those that begin with an underscore. http://www.softwareishard.com/blog/har-12-spec/ */
const object = <S extends z.ZodRawShape>(shape: S) => z.looseObject(shape).superRefine((value, context) => {
  for (const name of Object.keys(value)) if (!(name in shape) && !name.startsWith('_')) context.addIssue({ code: 'custom', message: `unknown member ${name}` });
});
const comment = z.string().optional();
const size = z.number().int().min(-1);
const duration = z.number().min(-1);
const pair = object({ name: z.string(), value: z.string(), comment });
const cookie = object({ name: z.string(), value: z.string(), path: z.string().optional(), domain: z.string().optional(), expires: z.string().optional(), httpOnly: z.boolean().optional(), secure: z.boolean().optional(), comment });
const request = object({
  method: z.string(), url: z.url(), httpVersion: z.string(), cookies: z.array(cookie), headers: z.array(pair), queryString: z.array(pair),
  // `encoding` is no member of 1.2, but browsers write it for bodies that are no text.
  postData: object({ mimeType: z.string(), params: z.array(object({ name: z.string(), value: z.string().optional(), fileName: z.string().optional(), contentType: z.string().optional(), comment })).optional(), text: z.string().optional(), encoding: z.literal('base64').optional(), comment }).optional(),
  headersSize: size, bodySize: size, comment,
});
const response = object({
  status: z.number().int(), statusText: z.string(), httpVersion: z.string(), cookies: z.array(cookie), headers: z.array(pair),
  content: object({ size: z.number().int(), compression: z.number().int().optional(), mimeType: z.string(), text: z.string().optional(), encoding: z.string().optional(), comment }),
  redirectURL: z.string(), headersSize: size, bodySize: size, comment,
});
export const harSchema = object({
  log: object({
    version: z.literal('1.2'), creator: object({ name: z.string(), version: z.string(), comment }), browser: object({ name: z.string(), version: z.string(), comment }).optional(),
    pages: z.array(z.unknown()).optional(),
    entries: z.array(object({
      pageref: z.string().optional(), startedDateTime: z.iso.datetime({ offset: true }), time: z.number().min(0), request, response, cache: z.object({}),
      timings: object({ blocked: duration.optional(), dns: duration.optional(), connect: duration.optional(), send: z.number().min(0), wait: z.number().min(0), receive: z.number().min(0), ssl: duration.optional(), comment }),
      serverIPAddress: z.string().optional(), connection: z.string().optional(), comment,
    })),
    comment,
  }),
});
