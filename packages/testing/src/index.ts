// The public surface of @millrace/testing.

export {
  CRASH_FATES,
  type CrashFate,
  type DiskFault,
  SimulatedCrash,
  SimulatedDisk,
  SimulatedDiskError,
} from './simulated-disk.ts'
