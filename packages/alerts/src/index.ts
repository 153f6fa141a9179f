// The public surface of @millrace/alerts.

export {
  alert,
  type AlertConnection,
  type AlertOptions,
  alertSinkFactory,
  type SilenceSpec,
} from './alert-sink.ts'
