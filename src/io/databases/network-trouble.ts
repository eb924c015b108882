import { certificateFault } from '../../base/certificate-fault';
import { errorCode } from '../../base/error-code';
import type { DatabaseTrouble } from '../../model/database-reports';
import type { DatabaseAddress } from '../../protocol/database-address';

/** What an error of the network or of TLS means for a database; `undefined` for any other. */
export function networkTrouble(
  error: unknown,
  { place, host: name, port }: Pick<DatabaseAddress, 'place' | 'host' | 'port'>,
): DatabaseTrouble | undefined {
  const code = errorCode(error);
  const reason = certificateFault(code);
  if (reason !== undefined) return { code: 'database-certificate', values: { host: place, reason } };
  switch (code) {
    case 'ENOTFOUND':
      return { code: 'database-name-unknown', values: { host: name } };
    case 'EAI_AGAIN':
      return { code: 'database-name-lookup', values: { host: name } };
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'EADDRNOTAVAIL':
      return { code: 'database-no-route', values: { host: name } };
    case 'ECONNREFUSED':
    case 'ENOENT':
      return {
        code: 'database-not-listening',
        values: { host: name, port: name.startsWith('/') ? 0 : port },
      };
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
      return { code: 'database-no-answer', values: { host: place } };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'PROTOCOL_CONNECTION_LOST':
      return { code: 'database-closed', values: { host: place } };
    default:
      return undefined;
  }
}
