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
export { type BrokerCertificates, type KeyPair, makeCertificates } from './broker/certificates.ts'
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
export { registryJavaProblem, runRegistryJava } from './registry/registry-java.ts'
export { PythonFailedError, PythonMissingError, pythonProblem, runPython } from './python/python.ts'
export { type TestRegistry, testRegistry } from './registry/test-registry.ts'
export type { KafkaApi } from './kafka-proxy/api-keys.ts'
export type { ActiveRule, Fault, FaultRule } from './kafka-proxy/fault-rules.ts'
export type { RequestHeader } from './kafka-proxy/kafka-frames.ts'
export { KafkaProxy } from './kafka-proxy/kafka-proxy.ts'
export { Choices, numbersOf, randomOf } from './generator/choices.ts'
export { generateMatch } from './generator/generate-match.ts'
export { generatePlan } from './generator/generate-plan.ts'
export { type GeneratedQuery, generateQuery } from './generator/queries/generate-query.ts'
export {
  generateQueryTable,
  MAX_DISORDER_MS,
  type QueryChange,
  type QueryTable,
  type QueryValue,
  withHistory,
} from './generator/queries/query-rows.ts'
export { eventsOf } from './generator/plan-parts.ts'
export { type GeneratedTable, generateTable, type RowBounds } from './generator/generate-rows.ts'
export type { ReferenceInput } from './reference/arrivals.ts'
export {
  evaluatePlan,
  type ReferenceMode,
  type ReferenceResult,
} from './reference/evaluate-plan.ts'
export { type ReplayRows, replaySource } from './simulator/replay-source.ts'
export {
  CRASH_FATES,
  type CrashFate,
  type DiskFault,
  SimulatedCrash,
  SimulatedDisk,
  SimulatedDiskError,
} from './simulated-disk.ts'
export { type LifeEnd, runSeed, type SeedResult } from './simulator/run-seed.ts'
export { FOUND_SEEDS } from './simulator/found-seeds.ts'
export { SimulatedScheduler, StuckError } from './simulator/scheduler.ts'
