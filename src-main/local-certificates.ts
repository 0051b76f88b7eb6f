import type { Result } from './contract/index.ts';
import { fail, ok } from './contract/index.ts';
import { isCurrent, makeLocalCertificate, readLocalCertificate } from './flow/index.ts';
import type { LocalCertificate } from './receiver/index.ts';
import type { Vault } from './vault/index.ts';

/** In the place of an environment's id: one certificate serves every environment, so that a browser is asked about it once. */
const ID = '6c6f6361-6c2d-4365-8274-000000000001';

/** The certificate of the redirect listener, sealed in the vault like any secret. */
export class LocalCertificates {
  readonly #vault: Pick<Vault, 'getSecret' | 'setSecret' | 'deleteSecret'>;

  constructor(vault: Pick<Vault, 'getSecret' | 'setSecret' | 'deleteSecret'>) {
    this.#vault = vault;
  }

  /** The one that was given or made before; a new self-signed one where there is none, or it has run out. */
  async current(): Promise<Result<LocalCertificate>> {
    const stored = await this.#vault.getSecret(ID);
    if (!stored.ok) return fail(stored.problem);
    const known = stored.value === null ? null : readLocalCertificate(stored.value.expose());
    return known?.ok && isCurrent(known.value) ? known : this.#keep(makeLocalCertificate());
  }

  /** Takes a certificate and its key as PEM. */
  async give(pem: string): Promise<Result<LocalCertificate>> {
    const read = readLocalCertificate(pem);
    return read.ok ? this.#keep(read.value) : read;
  }

  /** Forgets the present one; the next listener makes its own. */
  forget(): Promise<Result<null>> {
    return this.#vault.deleteSecret(ID);
  }

  async #keep(certificate: LocalCertificate): Promise<Result<LocalCertificate>> {
    const written = await this.#vault.setSecret(ID, `${certificate.cert}\n${certificate.key}`);
    return written.ok ? ok(certificate) : fail(written.problem);
  }
}
