// The formats of change logs.

export { canalJsonFormat } from './canal-json-format.ts'
export { changelogJsonFormat } from './changelog-json-format.ts'
export { debeziumJsonFormat } from './debezium-json-format.ts'
export { maxwellJsonFormat } from './maxwell-json-format.ts'
export { oggJsonFormat } from './ogg-json-format.ts'
