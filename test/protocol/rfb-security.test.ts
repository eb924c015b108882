import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { keyOfKeysym } from '../../src/protocol/rfb-keysyms';
import { selfSignedCertificate } from '../../src/protocol/self-signed-certificate';
import { vncResponse } from '../../src/protocol/vnc-authentication';

test('the answer to a challenge is that of other VNC servers', () => {
  // What TigerVNC's vncpasswd makes of "password": enciphered with a key that is in every VNC, d3des.c and vncauth.c.
  const key = Buffer.from([23, 82, 107, 6, 35, 78, 88, 7]).toString('latin1');
  const password = Buffer.alloc(16);
  password.write('password');
  expect(vncResponse(password, key).subarray(0, 8).toString('hex')).toBe('dbd83cfd727a1458');
});

test('only the first eight characters of a password count', () => {
  const challenge = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  expect(vncResponse(challenge, 'opensesame')).toEqual(vncResponse(challenge, 'opensesa'));
  expect(vncResponse(challenge, 'opensesame')).not.toEqual(vncResponse(challenge, 'opensesb'));
  expect(vncResponse(challenge, 'open')).toHaveLength(16);
});

test('the certificate is one by its own key, for all time, and names its hosts', () => {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hosts = ['packdial', 'localhost', 'x'.repeat(63)];
  const certificate = new X509Certificate(selfSignedCertificate({ name: 'packdial', hosts }, keys));
  expect(certificate.verify(keys.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(keys.privateKey)).toBe(true);
  expect(certificate.subject).toBe('CN=packdial');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost('example.org')).toBeUndefined();
  expect([certificate.validFrom, certificate.validTo]).toEqual([
    'Jan  1 00:00:00 2020 GMT',
    'Dec 31 23:59:59 9999 GMT',
  ]);
  expect(
    createPublicKey(createPrivateKey(keys.privateKey.export({ type: 'pkcs8', format: 'pem' }))),
  ).toBeDefined();
});

test('S0.128: keysyms are the keys of the display', () => {
  const keys: [number, string][] = [
    [0x61, 'a'],
    [0x41, 'A'],
    [0x20, ' '],
    [0x7e, '~'],
    [0xe4, 'ä'],
    [0x20ac, '€'],
    [0x0100_20ac, '€'],
    [0x0101_f600, '😀'],
    [0xff0d, 'Enter'],
    [0xff8d, 'Enter'],
    [0xff1b, 'Escape'],
    [0xff08, 'Backspace'],
    [0xff51, 'Left'],
    [0xff53, 'Right'],
    [0xffb7, '7'],
    [0xffaa, '*'],
    [0xffae, '.'],
    [0xffaf, '/'],
    [0xffbd, '='],
    [0xffc9, 'F12'],
    [0xffe1, 'Shift'],
    [0xffe4, 'Control'],
    [0, 'Unknown'],
    [0x1f, 'Unknown'],
    [0x7f, 'Unknown'],
    [0x0100_000a, 'Unknown'],
    [0x0100_d800, 'Unknown'],
    [0x0111_0000, 'Unknown'],
    [0xffff_ffff, 'Unknown'],
  ];
  expect(keys.map(([keysym]) => keyOfKeysym(keysym))).toEqual(keys.map(([, key]) => key));
});
