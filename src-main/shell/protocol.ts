import { readFileSync, readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { Protocol } from 'electron';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://grantscope';
export const APP_URL = `${APP_ORIGIN}/index.html`;

/**
 * The policy of the window. Nothing remote, no inline script, no eval; Svelte's templates go through its own trusted-types policy.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types svelte-trusted-html',
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2',
};

/** Every file of a folder that has a known type, by its path with `/`. Read once: nothing else can ever be served. */
export function manifestOf(folder: string): ReadonlyMap<string, { bytes: Buffer; type: string }> {
  const manifest = new Map<string, { bytes: Buffer; type: string }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = contentTypes[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    manifest.set(`/${relative(folder, path).split(sep).join('/')}`, { bytes: readFileSync(path), type });
  }
  return manifest;
}

/** Answers `app://grantscope/…` from the manifest with fixed headers; everything else is 404, 405 or 400. */
export function serveFrom(manifest: ReturnType<typeof manifestOf>): (request: Request) => Response {
  return (request) => {
    if (request.method !== 'GET') return refusal(405);
    if (!request.url.startsWith(`${APP_ORIGIN}/`)) return refusal(400);
    const file = manifest.get(request.url.slice(APP_ORIGIN.length).replace(/[?#].*$/, ''));
    if (!file) return refusal(404);
    return new Response(new Uint8Array(file.bytes), {
      headers: {
        'content-type': file.type,
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      },
    });
  };
}

function refusal(status: number): Response {
  return new Response(null, { status });
}

/** Must run before the app is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}
