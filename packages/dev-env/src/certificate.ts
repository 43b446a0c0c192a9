import { generateKeyPairSync, sign } from 'node:crypto'

/** A key and a certificate signed by itself, made on the spot: no key lies in the repository, and no other program is needed. */
export function certificate(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const ecdsaWithSha256 = der(0x30, hex('06082a8648ce3d040302'))
  const localhost = der(0x30, der(0x31, der(0x30, hex('0603550403'), der(0x0c, Buffer.from('localhost')))))
  const validity = der(0x30, utcTime('200101000000Z'), utcTime('490101000000Z'))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const content = der(0x30, der(0x02, hex('01')), ecdsaWithSha256, localhost, validity, localhost, spki)
  const signature = der(0x03, hex('00'), sign('sha256', content, privateKey))
  const whole = der(0x30, content, ecdsaWithSha256, signature)
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  }
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function utcTime(time: string): Buffer {
  return der(0x17, Buffer.from(time))
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex')
}
