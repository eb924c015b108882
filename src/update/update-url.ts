import * as v from 'valibot';

/** What an update address may be: https, and http for this machine itself. */
export function isUpdateUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

/** The setting `updateUrl`. */
export const updateUrlSetting = {
  flag: 'update-url',
  placeholder: 'url',
  schema: v.pipe(
    v.string(),
    v.maxLength(2048),
    v.check((url) => url === '' || isUpdateUrl(url)),
  ),
  fallback: '',
  accepts: 'an https address of a release archive, such as https://example.org/packdial-{arch}.pdr',
  help: 'where UPDATE SOFTWARE fetches releases; {arch} stands for the processor (default: only the stick)',
};
