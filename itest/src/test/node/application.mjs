// Two relying parties by openid-client. "web" has a secret, and PKCE. "bank" registers itself and does what it can: keys in place
// of a secret, pushed requests, signed answers, tokens that are bound to a key.
//
// node application.mjs PORT ISSUER, with CLIENT_ID, CLIENT_SECRET and INITIAL_TOKEN in the environment.
// GET /NAME/login begins a sign-in, /NAME/cb ends it and says in JSON what came of it, /NAME/logout signs out.

import { createServer } from 'node:http'
import { webcrypto } from 'node:crypto'

globalThis.crypto ??= webcrypto
const oidc = await import('openid-client')

const [port, issuer] = process.argv.slice(2)
const origin = `http://127.0.0.1:${port}`
const insecure = { execute: [oidc.allowInsecureRequests] }

async function web() {
  const { CLIENT_ID, CLIENT_SECRET } = process.env
  const config = await oidc.discovery(
    new URL(issuer), CLIENT_ID, undefined, oidc.ClientSecretBasic(CLIENT_SECRET), insecure)
  return { config, begin: oidc.buildAuthorizationUrl, options: {} }
}

async function bank() {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', keys.publicKey)
  const metadata = {
    client_name: 'Bank',
    redirect_uris: [`${origin}/bank/cb`],
    post_logout_redirect_uris: [`${origin}/bye`],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ kty, crv, x, y, kid: 'k1', use: 'sig', alg: 'ES256' }] },
    id_token_signed_response_alg: 'ES256',
    authorization_signed_response_alg: 'ES256',
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
  }
  const proof = oidc.PrivateKeyJwt({ key: keys.privateKey, kid: 'k1' })
  const config = await oidc.dynamicClientRegistration(
    new URL(issuer), metadata, proof, { ...insecure, initialAccessToken: process.env.INITIAL_TOKEN })
  oidc.useJwtResponseMode(config)
  const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
  return { config, begin: oidc.buildAuthorizationUrlWithPAR, options: { DPoP } }
}

const parties = { web: await web(), bank: await bank() }
const begun = new Map()
const idTokens = {}

async function login(name) {
  const { config, begin, options } = parties[name]
  const verifier = oidc.randomPKCECodeVerifier()
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()]
  begun.set(name, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
  return begin(config, {
    redirect_uri: `${origin}/${name}/cb`,
    scope: 'openid profile email',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  }, options)
}

async function callback(name, url) {
  const { config, options } = parties[name]
  const tokens = await oidc.authorizationCodeGrant(config, url, begun.get(name), undefined, options)
  const claims = tokens.claims()
  idTokens[name] = tokens.id_token
  const userinfo = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub, options)
  const next = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, options)
  const before = await oidc.tokenIntrospection(config, next.access_token)
  await oidc.tokenRevocation(config, next.refresh_token)
  const after = await oidc.tokenIntrospection(config, next.access_token)
  return { claims, userinfo, type: tokens.token_type, again: next.claims().sub, before, after }
}

function logout(name) {
  return oidc.buildEndSessionUrl(parties[name].config, {
    id_token_hint: idTokens[name],
    post_logout_redirect_uri: `${origin}/bye`,
    state: 'over',
  })
}

async function answer(url) {
  const [, name, action] = url.pathname.split('/')
  switch (action) {
    case 'login':
      return { location: (await login(name)).href }
    case 'cb':
      return { body: await callback(name, url) }
    case 'logout':
      return { location: logout(name).href }
    default:
      return { body: { path: url.pathname, query: url.search } }
  }
}

createServer(async (request, response) => {
  try {
    const { location, body } = await answer(new URL(request.url, origin))
    response.writeHead(location ? 303 : 200, location ? { location } : { 'content-type': 'application/json' })
    response.end(body ? JSON.stringify(body) : '')
  } catch (failed) {
    const { name, message, code, error, error_description: description, cause } = failed
    response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ name, message, code, error, description, cause: String(cause) }))
  }
}).listen(Number(port), '127.0.0.1', () => console.log('ready'))
