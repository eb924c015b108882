import { errorCode } from '../../src/base/error-code';

test('an error of the system goes by its name, any other by what it says', () => {
  expect(errorCode(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }))).toBe('ENOSPC');
  expect(errorCode(new Error('nobody knows why'))).toBe('Error: nobody knows why');
  expect(errorCode('a word')).toBe('a word');
  expect(errorCode(undefined)).toBe('undefined');
});
