// A chart that fits its place: made anew when the colours change, resized with the window.
import '../styles/plot.css'

import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'

export interface PlotProps {
  /** Read when the chart is made; `colour` gives a token of the styles. */
  readonly options: (colour: (name: string) => string) => Omit<uPlot.Options, 'width' | 'height'>
  readonly data: uPlot.AlignedData
  /** px */
  readonly height: number
  readonly label: string
  /** Another one makes the chart anew: its lines are others. */
  readonly shape?: string
}

export function Plot({ options, data, height, label, shape }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | undefined>(undefined)
  const newest = useRef(data)
  newest.current = data
  useEffect(() => {
    const element = place.current as HTMLDivElement
    const make = () => {
      plot.current?.destroy()
      const styles = getComputedStyle(element)
      const made = options(name => styles.getPropertyValue(name).trim())
      plot.current = new uPlot(
        { ...made, width: element.clientWidth, height },
        newest.current,
        element,
      )
    }
    make()
    const resize = new ResizeObserver(() =>
      plot.current?.setSize({ width: element.clientWidth, height }),
    )
    resize.observe(element)
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    scheme.addEventListener('change', make)
    return () => {
      resize.disconnect()
      scheme.removeEventListener('change', make)
      plot.current?.destroy()
    }
  }, [shape, height])
  useEffect(() => plot.current?.setData(data), [data])
  return <div ref={place} class="plot" role="img" aria-label={label} />
}

/** How axes look. */
export const axisStyle = (colour: (name: string) => string) => ({
  stroke: colour('--muted'),
  font: '11px system-ui, sans-serif',
  grid: { stroke: colour('--line'), width: 1 },
  ticks: { show: false },
})
