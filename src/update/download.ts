import { certificateFault, type CertificateFault } from '../base/certificate-fault';
import { failureWords } from '../base/failure-words';
import type { Unreached } from '../model/update-steps';
import { UserError } from '../base/user-error';
import { isUpdateUrl } from './update-url';

/** Redirections that are followed. */
const mostRedirects = 5;

/** How long is waited for a server. */
export interface Patience {
  /** ms until it has answered. */
  readonly answer: number;
  /** ms without a byte. */
  readonly silence: number;
}

const usualPatience: Patience = { answer: 30_000, silence: 30_000 };

/** There is no network, or none that leads to the server: nothing that an owner did wrong. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';

  constructor(readonly server: Unreached) {
    super(server.host);
  }
}

/**
 * Fetches a file over the network, chunk by chunk.
 *
 * @param address an update address; `{arch}` in it is replaced by Node's name of this processor
 * @throws Unreachable when there is no way to the server; UserError when the server has no such file, can't be trusted, stops
 *   in the middle, or leads on to what is no update address
 */
export async function* download(
  address: string,
  arch: string = process.arch,
  patience: Patience = usualPatience,
): AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  const timer = new Deadline(() => stop.abort());
  try {
    timer.set(patience.answer);
    const body = await answer(address.replaceAll('{arch}', arch), stop.signal);
    timer.set(patience.silence);
    try {
      for await (const chunk of body) {
        // Who takes the chunk may take his time.
        timer.clear();
        yield chunk;
        timer.set(patience.silence);
      }
    } catch (error) {
      if (error instanceof UserError) throw error;
      throw new UserError('The download broke off: try again.');
    }
  } finally {
    timer.clear();
    stop.abort();
  }
}

async function answer(first: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
  let address = first;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if (!isUpdateUrl(address))
      throw new UserError(`Releases are fetched over https only, not from ${address}.`);
    const { host } = new URL(address);
    let response: Response;
    try {
      response = await fetch(address, {
        redirect: 'manual',
        signal,
        headers: { 'accept-encoding': 'identity' },
      });
    } catch (error) {
      throw signal.aborted ? new Unreachable({ host, reason: undefined }) : whyNot(host, error);
    }
    const { status, headers, body } = response;
    const location = headers.get('location');
    if (status >= 300 && status < 400 && location !== null) {
      await body?.cancel();
      if (!URL.canParse(location, address)) break;
      address = new URL(location, address).href;
      continue;
    }
    if (status === 200 && body !== null) return body as AsyncIterable<Uint8Array>;
    await body?.cancel();
    throw new UserError(`${host} has no release at the update address (it answers ${status}).`);
  }
  throw new UserError(`The update address ${first} leads nowhere: it redirects too often.`);
}

/** Codes of the C library, the resolver and fetch for a network that is not there or does not lead to the server. */
const unreachable =
  /^(EAI_|ENOTFOUND|ENETUNREACH|ENETDOWN|EHOSTUNREACH|EHOSTDOWN|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)/;

function whyNot(host: string, error: unknown): Error {
  const codes = allCodes(error);
  const [code = 'it gives no reason'] = codes;
  const lost = codes.find((one) => unreachable.test(one));
  if (lost !== undefined) return new Unreachable({ host, reason: failureWords({ code: lost }) });
  const fault = certificateFault(code);
  if (fault !== undefined || /CERT|SELF_SIGNED|SSL|TLS|ALTNAME/.test(code)) {
    const reason = fault === undefined ? code : certificateWords[fault];
    return new UserError(`${host} can't be trusted: ${reason}; a clock that is wrong makes it look so, too.`);
  }
  return new UserError(`${host} does not hand out releases: ${failureWords({ code })}.`);
}

const certificateWords: Readonly<Record<CertificateFault, string>> = {
  'not yet valid': 'its certificate is not valid yet',
  expired: 'its certificate has expired',
  'other host': 'its certificate is for another name',
  'self-signed': 'it has signed its certificate itself',
  'unknown issuer': 'no known authority has signed its certificate',
};

/** What tells errors apart, from the innermost cause; of several attempts at once, all. */
function allCodes(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  return [
    ...allCodes(cause),
    ...(Array.isArray(errors) ? errors.flatMap(allCodes) : []),
    ...(typeof code === 'string' ? [code] : []),
  ];
}

class Deadline {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly passed: () => void) {}

  set(ms: number): void {
    this.clear();
    this.timer = setTimeout(this.passed, ms);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
