// The public surface of @millrace/testing.

export { askForTopics } from './broker/ask-broker.ts'
export { BrokerMissingError, BrokerStartError } from './broker/broker-errors.ts'
export {
  BROKER_USERS,
  type BrokerOptions,
  type BrokerOrigin,
  type ProxiedListener,
  type SecuredListeners,
} from './broker/broker-options.ts'
export type { BrokerCertificates, KeyPair } from './broker/certificates.ts'
export { kafkaJavaProblem, runKafkaJava } from './broker/kafka-java.ts'
export type { RunningBroker } from './broker/running-broker.ts'
export { findBroker, startBroker } from './broker/start-broker.ts'
export { type ClusterOptions, startBrokerCluster, startNode } from './broker/start-cluster.ts'
export {
  type NoBroker,
  type TestBroker,
  testBroker,
  type TestBrokerOptions,
} from './broker/test-broker.ts'
export { findRegistry, type RunningRegistry, startRegistry } from './registry/start-registry.ts'
export { registryJar } from './registry/registry-app.ts'
