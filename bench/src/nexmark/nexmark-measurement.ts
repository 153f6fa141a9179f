// What a measured process tells the one that started it.

const MARK = 'RESULT '

export interface NexmarkMeasurement {
  readonly events: number
  /** Rows that reached the sink: equal for equal answers. */
  readonly rows: number
  readonly wallMs: number
  /** Processor time of all threads of the process meanwhile. */
  readonly cpuMs: number
  readonly peakRssBytes: number
}

/** Measures from now on; the returned function ends and prints it. */
export function startMeasurement(): (events: number, rows: number) => void {
  const cpu = process.cpuUsage()
  const started = performance.now()
  return (events, rows) => {
    const wallMs = performance.now() - started
    const { user, system } = process.cpuUsage(cpu)
    const measurement: NexmarkMeasurement = {
      events,
      rows,
      wallMs,
      cpuMs: (user + system) / 1000,
      peakRssBytes: process.resourceUsage().maxRSS * 1024,
    }
    console.log(MARK + JSON.stringify(measurement))
  }
}

export function readMeasurement(output: string): NexmarkMeasurement {
  const line = output.split('\n').find(l => l.startsWith(MARK))
  if (line === undefined) throw new Error(`the process printed no result:\n${output}`)
  return JSON.parse(line.slice(MARK.length)) as NexmarkMeasurement
}
