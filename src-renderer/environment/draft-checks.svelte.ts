import type { CommandName, CommandInput, CommandOutput } from '../../src-main/contract/commands.ts';
import type { Environment } from '../../src-main/contract/environment.ts';
import type { Problem, Result } from '../../src-main/contract/result.ts';
import type { Advise } from '../design/advice.ts';

type Call = <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<Result<CommandOutput[N]>>;

/** A pause in typing after which a setup is judged anew. */
const PAUSE = 350;

/** The setup checks of a draft while it is typed; nothing is fetched for them. */
export class DraftChecks {
  #findings = $state.raw<readonly Problem[]>([]);
  /** Metadata that was read for an issuer in this form. */
  #served = $state.raw<{ issuer: string; metadata: Record<string, unknown> } | null>(null);
  readonly #call: Call;

  constructor(call: Call) { this.#call = call; }

  /** The discovery document the person has asked for: the draft is held against it from now on. */
  served(issuer: string, metadata: Record<string, unknown>): void { this.#served = { issuer, metadata }; }

  /** Those of a member and of what lies in it. */
  readonly at: Advise = (path) => this.#findings.filter(({ field }) => field === path || field?.startsWith(`${path}.`) === true);

  /** Judges a configuration after a pause; `null` where it cannot be one yet. Returns what calls it off. For an effect. */
  follow(config: Environment | null, hasNewSecret: boolean): (() => void) | undefined {
    if (config === null || config.provider.kind === 'practice') {
      this.#findings = [];
      return undefined;
    }
    const { provider } = config;
    const served = provider.kind === 'discovery' && this.#served?.issuer === provider.issuer ? this.#served.metadata : undefined;
    let wanted = true;
    const timer = setTimeout(() => void this.#call('environment.check', { config, discover: false, ...(served && { metadata: served }) }).then((answer) => {
      if (!wanted || !answer.ok) return;
      // A secret that is typed in but not stored yet is there all the same.
      this.#findings = answer.value.findings.filter(({ field }) => !(hasNewSecret && field === 'client.secret'));
    }), PAUSE);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }
}
