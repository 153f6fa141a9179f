// The settings of a broker of one node: on 127.0.0.1 alone, quick to start, with small timeouts where tests wait for them.

import { BROKER_USERS, type BrokerOptions } from './broker-options.ts'
import type { BrokerPorts } from './broker-ports.ts'
import type { BrokerCertificates } from './certificates.ts'

type Properties = Record<string, string>

const HOST = '127.0.0.1'

/** One node: nothing can be replicated, and few partitions of internal topics are enough. */
const SINGLE_NODE: Properties = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'PLAINTEXT',
  'num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '4',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  // A broker that was killed may come back only once its last life counts as dead.
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '300',
  'num.network.threads': '2',
  'num.io.threads': '4',
}

const LOGIN = 'org.apache.kafka.common.security'
const UNSECURED_TOKENS = `${LOGIN}.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler`

/** The text of server.properties. */
export function brokerProperties(
  options: BrokerOptions,
  ports: BrokerPorts,
  data: string,
  certificates: BrokerCertificates | undefined,
): string {
  const { joins } = options
  const all = {
    ...SINGLE_NODE,
    ...(joins && { 'process.roles': 'broker', 'node.id': `${joins.node}` }),
    'log.dirs': data,
    'controller.quorum.bootstrap.servers': `${HOST}:${joins?.controller ?? ports.controller}`,
    ...listeners(ports, joins === undefined),
    ...(certificates ? security(certificates) : {}),
    ...options.settings,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}=${escape(value)}\n`)
  return lines.join('')
}

interface Listener {
  readonly name: string
  readonly protocol: string
  readonly port: number
  readonly advertised: number
}

function listeners(ports: BrokerPorts, hasController: boolean): Properties {
  const listener = (name: string, port: number, protocol = name, advertised = port): Listener => {
    return { name, protocol, port, advertised }
  }
  const { secured } = ports
  const all: Listener[] = [
    listener('PLAINTEXT', ports.plaintext),
    listener('CONTROLLER', ports.controller, 'PLAINTEXT'),
    ...ports.proxied.map(({ port, advertised }, index) =>
      listener(`PROXIED${index}`, port, 'PLAINTEXT', advertised),
    ),
  ]
  if (secured) {
    all.push(
      listener('SASL_PLAINTEXT', secured.saslPlaintext),
      listener('SASL_SSL', secured.saslSsl),
      listener('SSL', secured.ssl),
    )
  }
  const join = (some: readonly Listener[], text: (one: Listener) => string): string =>
    some.map(text).join(',')
  const own = hasController ? all : all.filter(({ name }) => name !== 'CONTROLLER')
  const single = all.filter(({ name }) => name.startsWith('PROXIED'))
  return {
    listeners: join(own, ({ name, port }) => `${name}://${HOST}:${port}`),
    'advertised.listeners': join(own, ({ name, advertised }) => `${name}://${HOST}:${advertised}`),
    'listener.security.protocol.map': join(all, ({ name, protocol }) => `${name}:${protocol}`),
    ...Object.fromEntries(single.map(({ name }) => [threadsOf(name), '1'])),
  }
}

/** Each listener has threads of its own. */
function threadsOf(listener: string): string {
  return `listener.name.${listener.toLowerCase()}.num.network.threads`
}

function security(certificates: BrokerCertificates): Properties {
  return {
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': 'User:ANONYMOUS;User:admin',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': certificates.broker.keystore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': certificates.authority,
    // The user of a client certificate is its common name.
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/,DEFAULT',
    'listener.name.ssl.ssl.client.auth': 'required',
    ...sasl('sasl_plaintext'),
    ...sasl('sasl_ssl'),
  }
}

function sasl(listener: string): Properties {
  const users = Object.entries(BROKER_USERS).map(([name, password]) => `user_${name}="${password}"`)
  const scram = `${LOGIN}.scram.ScramLoginModule required;`
  const of = {
    'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER',
    'plain.sasl.jaas.config': `${LOGIN}.plain.PlainLoginModule required ${users.join(' ')};`,
    'scram-sha-256.sasl.jaas.config': scram,
    'scram-sha-512.sasl.jaas.config': scram,
    'oauthbearer.sasl.jaas.config': `${LOGIN}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
    'oauthbearer.sasl.server.callback.handler.class': UNSECURED_TOKENS,
    // A connection does not outlive its token.
    'oauthbearer.connections.max.reauth.ms': '3600000',
  }
  return Object.fromEntries(
    Object.entries(of).map(([name, value]) => [`listener.name.${listener}.${name}`, value]),
  )
}

function escape(value: string): string {
  return value.replaceAll('\\', '\\\\')
}

/** What is logged, to the standard output: warnings and errors. */
export const BROKER_LOGGING = `rootLogger.level = WARN
rootLogger.appenderRef.stdout.ref = STDOUT
appender.console.type = Console
appender.console.name = STDOUT
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c{1} %m%n
`
