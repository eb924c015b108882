/** What the server tells of who looks at the page. */
export interface Session {
  readonly access: 'none' | 'view' | 'control';
  readonly loggedIn: boolean;
  /** A password is set, so that there is something to log in with. */
  readonly canLogIn: boolean;
  /** Whoever started packdial has an address that allows everything. */
  readonly hasKey: boolean;
  readonly version: string;
}

/** ms after which an answer is not waited for any more. */
const patience = 4000;

let version: string | undefined;

/** Asks who we are; `undefined` when packdial does not answer. A packdial of another version than this page's loads the page anew. */
export async function askSession(): Promise<Session | undefined> {
  try {
    const answer = await fetch('/api/session', { signal: AbortSignal.timeout(patience) });
    if (!answer.ok) return undefined;
    const session = (await answer.json()) as Session;
    version ??= session.version;
    if (session.version !== version) location.reload();
    return session;
  } catch {
    return undefined;
  }
}

/** Sends something to be done. @returns the answer's status and content */
export async function post(
  path: string,
  body: unknown,
): Promise<{ readonly status: number; readonly content: { readonly problem?: string } }> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
  return { status: answer.status, content: (await answer.json()) as { problem?: string } };
}

/** Goes to where the password is asked for, and afterwards back here. */
export function goToLogin(): void {
  location.assign(`/login?to=${encodeURIComponent(location.pathname + location.search)}`);
}
