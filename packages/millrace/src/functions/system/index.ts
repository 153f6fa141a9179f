// The functions about nothing in particular.

import type { ScalarFunction } from '../function-definition.ts'
import { currentDatabase } from './current-database.ts'
import { uuid } from './uuid.ts'

export const systemFunctions: readonly ScalarFunction[] = [currentDatabase, uuid]
